"""What the written terms say of hourly work. Japanese, whatever language the pages are read in; kept as agreed."""

from datetime import date
from typing import Any

from nakadachi.kernel.money import format_yen
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
    "差し戻された行に、ワーカーは{answer_days}日以内に説明・訂正(報告した長さまで)・取り消しのいずれかで答える。答えのない行は取り消したものとする。"
    "答えた行は、クライアントがその後{last_review_days}日以内に承認し、返事がないときは承認したものとする。"
)
TIMER = "計測中のタイマーは、操作のないまま{timer_hours_max}時間が過ぎると自動で止まる。"
END = (
    "双方は、いつでも作業を終了できる。終了までの記録は上の手順で承認と支払いを行い、"
    "始まっていない週の仮払いは直ちに返金する。"
)
END_NOT_HELD = "双方は、いつでも作業を終了できる。終了までの記録は上の手順で承認と支払いを行う。"
SKIPS = (
    "仮払いのない週、または新たな仮払いも作業の記録もない週が合わせて{skips_max}週続いたときは、契約は自動で終了する。"
)
IDLE = "作業の記録のない週が{skips_max}週続いたときは、契約は自動で終了する。"
PLACE = (
    "作業の時間と内容を、本サイトに記録する。成果物は、本サイトのメッセージにファイルまたは文章で渡す。"
    "追加したマイルストーンの成果物は、本サイトの契約ページに納品する。"
)
INSPECTION = (
    "各週の作業は、その週の承認をもって検収とし、期日と手順は「報酬の形式」のとおりとする。"
    "次の定めは、双方の合意により追加したマイルストーンに適用する。"
)
_PAID_OUT = "システム手数料を差し引いた受取額を、運営者がワーカーの登録した銀行口座へ振り込む。"
_ADDED = "追加したマイルストーンの分は、その作業の開始前に仮払いし、検収の完了により報酬が確定する。"
PAYMENT_HELD = (
    "クライアントが各週の分を「報酬の形式」に定める時までに、本サービスの運営者に仮払いする。"
    f"週の承認により報酬が確定し、{_PAID_OUT}{_ADDED}"
)
PAYMENT_NOT_HELD = (
    "仮払いは行わず、クライアントが承認した週の分を「報酬の形式」に定める時までに、本サービスの運営者に支払う。"
    f"支払いにより報酬が確定し、{_PAID_OUT}{_ADDED}"
)
RIGHTS = (
    "成果物の著作権(著作権法第27条および第28条に定める権利を含む)は、その作業をした週またはマイルストーンの報酬が確定した時に"
    "ワーカーからクライアントへ移転する。その対価は報酬に含まれる。報酬が確定しなかった作業の成果物の権利は、ワーカーに残る。"
)


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
        "instead": {
            "place": PLACE,
            "inspection": [INSPECTION],
            "payment": PAYMENT_HELD if engagement.holds_money else PAYMENT_NOT_HELD,
            "rights": RIGHTS,
        },
    }


def words_of(engagement: Engagement, rules: HourlyRules) -> list[str]:
    """The cycle in sentences, with the waiting times in force."""
    facts = {name: getattr(rules, name) for name in HourlyRules.__dataclass_fields__}
    money, end, silence = (HELD, END, SKIPS) if engagement.holds_money else (NOT_HELD, END_NOT_HELD, IDLE)
    hours = f"時間単価で働き、1週間の上限は{engagement.weekly_minutes // HOUR}時間とする。"
    rules_said = [money, COUNTING, REPORT, ANSWER, TIMER, end, silence]
    return [*_rates(engagement), hours, *(text.format(**facts) for text in rules_said)]


def _rates(engagement: Engagement) -> list[str]:
    """The price of an hour, and from which day another; before the agreement that of the offer."""
    first_yen = engagement.rates[0].rate_yen if engagement.rates else engagement.contract.amount_yen
    later = [(_day(rate.from_on), format_yen(rate.rate_yen)) for rate in engagement.rates[1:]]
    return [
        f"報酬は1時間につき{format_yen(first_yen)}(税込)とする。",
        *(f"{day}以降の作業は、1時間につき{price}(税込)とする。" for day, price in later),
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
