"""お問い合わせ: a member's, or a letter of somebody without an account."""

from datetime import datetime
from uuid import uuid4

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.trust.inquiries import actions
from nakadachi.trust.inquiries.lifecycle import INQUIRY
from nakadachi.trust.inquiries.models import Inquiry
from tests import ask, cast
from tests.cast import by
from tests.matrices.table import NOW, WITH_OFFICES, Act, Table, who


def asked() -> Inquiry:
    return ask.by_member(cast.hanako(), at=NOW)


def answered(inquiry: Inquiry) -> Inquiry:
    write(actions.answer, "振込日は15日です。")(inquiry, by(cast.offices()["support"]), NOW)
    return inquiry


def closed(inquiry: Inquiry) -> Inquiry:
    actions.close(inquiry=inquiry, by=by(cast.offices()["support"]), at=NOW)
    return inquiry


def letter() -> Inquiry:
    return ask.by_letter(at=NOW)


def confirmed() -> Inquiry:
    return actions.confirm(inquiry=letter(), by=SYSTEM, at=NOW)


def write(verb, text: str):
    def call(inquiry: Inquiry, actor: Actor, at: datetime) -> object:
        return verb(inquiry=inquiry, text=text, request_key=uuid4(), by=actor, at=at)

    return call


OFFICE = who("staff", "support")
LETTERS = who("unconfirmed", "open:letter", "answered:letter", "closed:letter")
MEMBERS = who("open", "answered", "closed")
REPLY = write(actions.reply, "まだ届きません。")


def close(inquiry: Inquiry, actor: Actor, at: datetime) -> object:
    return actions.close(inquiry=inquiry, by=actor, at=at)


INQUIRIES = Table(
    INQUIRY,
    Inquiry,
    roles=WITH_OFFICES,
    states={
        "unconfirmed": letter,
        "open": asked,
        "open:letter": confirmed,
        "answered": lambda: answered(asked()),
        "answered:letter": lambda: answered(confirmed()),
        "closed": lambda: closed(asked()),
        "closed:letter": lambda: closed(confirmed()),
    },
    acts={
        "confirm": Act(
            lambda inquiry, actor, at: actions.confirm(inquiry=inquiry, by=actor, at=at), who("system"), is_quiet=True
        ),
        "answer": Act(write(actions.answer, "確認します。"), OFFICE),
        "reply": Act(REPLY, who("worker"), not_in=LETTERS | {"closed"}),
        "reply:by_link": Act(REPLY, who("system"), not_in=MEMBERS | {"closed:letter"}),
        "reopen": Act(REPLY, who("worker"), not_in=LETTERS | {"open", "answered"}, may_repeat=True),
        "reopen:by_link": Act(
            REPLY, who("system"), not_in=MEMBERS | {"open:letter", "answered:letter"}, may_repeat=True
        ),
        "close": Act(close, OFFICE | {"worker"}, not_in=LETTERS),
        "close:letter": Act(close, OFFICE | {"system"}, not_in=MEMBERS),
    },
)
TABLES = (INQUIRIES,)
