"""Inquiries through the real actions."""

from datetime import datetime
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member
from nakadachi.trust.inquiries import actions
from nakadachi.trust.inquiries.models import Inquiry

QUESTION = "出金がまだ届きません。いつ振り込まれますか。"


def by_member(member: Member, *, at: datetime, text: str = QUESTION, **more: object) -> Inquiry:
    """A member asks about a payout."""
    return actions.ask(
        member=member,
        category="money",
        text=text,
        request_key=more.pop("request_key", None) or uuid4(),
        by=Actor.member(member.pk),
        at=at,
        **more,
    )


def by_letter(*, at: datetime, email: str = "visitor@example.jp", text: str = QUESTION) -> Inquiry:
    """Somebody without an account asks; the address is not confirmed yet."""
    return actions.ask_by_mail(
        name="訪問者", email=email, language="ja", category="other", text=text, request_key=uuid4(), at=at
    )
