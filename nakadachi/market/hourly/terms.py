"""What the written terms say of hourly work. Japanese, whatever language the pages are read in; kept as agreed."""

from typing import Any

from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import Engagement
from nakadachi.money import rulebook
from nakadachi.money.rulebook.model import HourlyRules

HELD = (
    "クライアントは、各週の予定時間分の報酬とクライアント手数料を、その週が始まる前の日曜24時までに仮払いする"
    "(初めの週は、その週のうちに仮払いできる)。仮払いのない週に作業は始まらず、報酬も発生しない。"
    "承認されなかった残りは翌週以降の仮払いに繰り越し、契約の終了時に返金する。"
)
NOT_HELD = (
    "この契約では仮払いを行わない。クライアントは、承認した週の報酬とクライアント手数料を、"
    "承認した日から{pay_days}日後の23時59分までに支払う。支払いがないときは、その時に作業が終了する。"
    "支払いがあるまで、報酬は保全されない。"
)
COUNTING = (
    "1週間は月曜0時から日曜24時までとする。作業時間は分単位で記録し、1週間の合計に時間単価を掛けて60で割り、"
    "1円未満は四捨五入する。週の上限を超える作業は記録できず、報酬は発生しない。"
)
REPORT = (
    "ワーカーは翌週月曜{report_hours}時までに記録を直して報告する。報告がないときは、その時の記録のまま報告したものとする。"
    "クライアントは週の終わりから{review_days}日以内(2週目の日曜24時まで)に承認するか、行ごとに理由を示して差し戻す。"
    "どちらもないときは、その時に承認したものとする。報告と差し戻しは週ごとに1回とする。"
)
ANSWER = (
    "差し戻された行に、ワーカーは{answer_days}日以内に説明・訂正・取り消しのいずれかで答える。答えのない行は取り消したものとする。"
    "答えた行は、クライアントがその後{last_review_days}日以内に承認し、返事がないときは承認したものとする。"
)
TIMER = "計測中のタイマーは、操作のないまま{timer_hours_max}時間が過ぎると自動で止まる。"
END = (
    "双方は、いつでも作業を終了できる。終了までの記録は上の手順で承認と支払いを行い、"
    "始まっていない週の仮払いは直ちに返金する。"
)
SKIPS = (
    "仮払いのない週、または新たな仮払いも作業の記録もない週が合わせて{skips_max}週続いたときは、契約は自動で終了する。"
)
IDLE = "作業の記録のない週が{skips_max}週続いたときは、契約は自動で終了する。"


def of(engagement: Engagement) -> dict[str, Any]:
    """For `contracts.terms`: the figures, and the rules in words."""
    rules = rulebook.current().hourly
    return {
        "unit": "hour",
        "hours_per_week": engagement.weekly_minutes // HOUR,
        "starts_on": engagement.starts_on.isoformat(),
        "holds_money": engagement.holds_money,
        "rates": [{"from_on": rate.from_on.isoformat(), "rate_yen": rate.rate_yen} for rate in engagement.rates],
        "words": words_of(engagement, rules),
    }


def words_of(engagement: Engagement, rules: HourlyRules) -> list[str]:
    """The cycle in sentences, with the waiting times in force."""
    facts = {name: getattr(rules, name) for name in HourlyRules.__dataclass_fields__}
    money, silence = (HELD, SKIPS) if engagement.holds_money else (NOT_HELD, IDLE)
    hours = f"時間単価で働き、1週間の上限は{engagement.weekly_minutes // HOUR}時間とする。"
    return [hours, *(text.format(**facts) for text in [money, COUNTING, REPORT, ANSWER, TIMER, END, silence])]
