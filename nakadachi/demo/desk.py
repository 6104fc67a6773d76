"""What the operator's desk deals with: inquiries in every state, checks, certified members, a suspended one, notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.kernel.actor import SYSTEM
from nakadachi.people.standing.certifying import certify
from nakadachi.people.standing.checking import ask_check, confirm_check, refuse_check
from nakadachi.people.standing.notes import add_note
from nakadachi.people.standing.sanctions import suspend
from nakadachi.trust.inquiries import actions
from nakadachi.trust.inquiries.models import Inquiry


@dataclass(frozen=True)
class Letter:
    """An inquiry without an account."""

    days: int
    name: str
    email: str
    text: str
    is_confirmed: bool


OPERATOR = "desk"
SUSPENDED = "kazu"
ASKED = (
    ("neko", 26, "money", "先月の出金が1回だけ戻ってきました。口座番号を直したので、次回の締めで振り込まれますか。"),
    ("hanako", 9, "work", "検収の期限は、修正の依頼を受けると延びますか。契約ページの日付が変わったように見えました。"),
    ("koto", 3, "trouble", "発注者から、サイトの外で直接やり取りしたいと言われました。どうすればよいでしょうか。"),
    ("suzuki", 1, "account", "登録しているメールアドレスを、会社のものに変更したいです。手順を教えてください。"),
)
ANSWERS = {
    "neko": "ご連絡ありがとうございます。新しい口座の登録を確認しました。次回の締めで、自動で振り込みます。",
    "hanako": "はい。修正を依頼されると検収は一度取り消され、次の納品から新しい期限が始まります。",
}
CERTIFIED = (
    (38, "hanako", "本人確認済み。検収された記事が続いており、差し戻しもほとんどありません。"),
    (21, "midori", "クライアント2社から、ていねいな仕事だったと連絡がありました。期限の遅れもありません。"),
)
"""Days before the load, who, and why. `demo.tasks` has work for them alone."""
LETTERS = (
    Letter(5, "高橋 一郎", "ichiro@example.com", "登録の前に、手数料の請求書をもらえるか知りたいです。", True),
    Letter(1, "田村", "tamura@example.com", "取材のお願いです。担当の方のご連絡先を教えてください。", False),
)


def steps(past: Past) -> Iterator[Step]:
    """In the last weeks before the load."""
    for who, days, category, text in ASKED:
        yield Step(past.moment(days, 10.5), partial(_ask, who, category, text))
        if who in ANSWERS:
            yield Step(past.moment(days - 1, 11), partial(_answer, who))
    yield Step(past.moment(20, 15), partial(_close, "neko"))
    yield Step(past.moment(2, 14), partial(_note_inquiry, "koto"))
    for letter in LETTERS:
        yield Step(past.moment(letter.days, 13), partial(_write, letter))
    yield Step(past.loaded_at - timedelta(minutes=5), _suspend)
    yield from _checks(past)


def _checks(past: Past) -> Iterator[Step]:
    yield Step(past.moment(40, 10), partial(_check, "hanako", "identity"))
    yield Step(past.moment(39, 10), partial(_confirm, "hanako", "identity"))
    for days, who, reason in CERTIFIED:
        yield Step(past.moment(days, 10), partial(_certify, who, reason))
    yield Step(past.moment(8, 10), partial(_check, "suzuki", "identity"))
    yield Step(past.moment(7, 10), partial(_refuse, "suzuki"))
    yield Step(past.moment(2, 12), partial(_check, "koto", "identity"))
    yield Step(past.moment(1, 12), partial(_check, "neko", "phone"))


def _inquiry(who: str) -> Inquiry:
    return Inquiry.objects.get(request_key=demo_key("inquiry", who))


def _ask(who: str, category: str, text: str, stage: Stage, at: datetime) -> None:
    key = demo_key("inquiry", who)
    actions.ask(member=stage.members[who], category=category, text=text, request_key=key, by=stage.actor(who), at=at)


def _answer(who: str, stage: Stage, at: datetime) -> None:
    key = demo_key("inquiry.answer", who)
    actions.answer(inquiry=_inquiry(who), text=ANSWERS[who], request_key=key, by=stage.actor(OPERATOR), at=at)


def _close(who: str, stage: Stage, at: datetime) -> None:
    actions.close(inquiry=_inquiry(who), by=stage.actor(OPERATOR), at=at)


def _note_inquiry(who: str, stage: Stage, at: datetime) -> None:
    inquiry, by = _inquiry(who), stage.actor(OPERATOR)
    actions.assign(inquiry=inquiry, by=by, at=at)
    text = "相手方のメッセージを確認中。規約の案内文を添えて回答する。"
    actions.write_note(inquiry=inquiry, text=text, request_key=demo_key("inquiry.note", who), by=by, at=at)


def _write(letter: Letter, stage: Stage, at: datetime) -> None:
    asked = actions.ask_by_mail(
        name=letter.name,
        email=letter.email,
        language="ja",
        category="other",
        text=letter.text,
        request_key=demo_key("letter", letter.email),
        at=at,
    )
    if letter.is_confirmed:
        actions.confirm(inquiry=asked, by=SYSTEM, at=at)


def _suspend(stage: Stage, at: datetime) -> None:
    """At the very end, since nothing new can be begun after it."""
    reason = (
        "仮払いの前に、サイトの外での支払いを複数の受注者に求めました(利用規約の直接取引の禁止)。"
        "お問い合わせから経緯をお知らせください。"
    )
    member, by = stage.members[SUSPENDED], stage.actor(OPERATOR)
    suspend(member=member, reason=reason, by=by, at=at)
    add_note(member=member, text="3名の受注者から同じ内容の連絡。スクリーンショットを受領済み。", by=by, at=at)


def _check(who: str, what: str, stage: Stage, at: datetime) -> None:
    ask_check(member=stage.members[who], what=what, by=stage.actor(who), at=at)


def _confirm(who: str, what: str, stage: Stage, at: datetime) -> None:
    confirm_check(member=stage.members[who], what=what, by=stage.actor(OPERATOR), at=at)


def _certify(who: str, reason: str, stage: Stage, at: datetime) -> None:
    certify(member=stage.members[who], reason=reason, by=stage.actor(OPERATOR), at=at)


def _refuse(who: str, stage: Stage, at: datetime) -> None:
    reason = "書類の有効期限が切れています。期限内の書類で、もう一度お送りください。"
    refuse_check(member=stage.members[who], what="identity", reason=reason, by=stage.actor(OPERATOR), at=at)
