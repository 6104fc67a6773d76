"""Somebody asks, confirms the address, writes again."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.queue import defer
from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, require
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.money.payments import queries as payments
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.models import Member
from nakadachi.trust.inquiries import policy
from nakadachi.trust.inquiries.lifecycle import INQUIRY
from nakadachi.trust.inquiries.locking import locked
from nakadachi.trust.inquiries.models import EXCERPT_LENGTH_MAX, NAME_LENGTH_MAX, Inquiry, Message

_LOCK = 7_310_008


@transaction.atomic
def ask(
    *,
    member: Member,
    category: str,
    text: str,
    about_kind: str = "",
    about_id: int | None = None,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Inquiry:
    """A member asks; about a contract or job only if they may see it. The same form again is the same inquiry.

    Refused without words, and when too many came in a day.
    """
    require(None if by.is_member(member.pk) else policy.NOT_YOURS)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = Inquiry.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.member_id == member.pk else policy.KEY_REUSED)
        return known
    require(policy.flood_refusal(member.pk, "", at))
    _look_at(by, about_kind, about_id)
    inquiry = Inquiry(member=member, language=member.language, about_kind=about_kind, about_id=about_id)
    return _begin(inquiry, category=category, text=text, request_key=request_key, by=by, at=at)


@transaction.atomic
def ask_by_mail(
    *, name: str, email: str, language: str, category: str, text: str, request_key: UUID, at: datetime
) -> Inquiry:
    """Somebody without an account asks; nobody reads it before the address is confirmed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    known = Inquiry.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.member_id is None and known.email == email else policy.KEY_REUSED)
        return known
    called = tidy_line(name)[:NAME_LENGTH_MAX]
    require(None if called else policy.NAME_MISSING)
    require(None if email else policy.EMAIL_MISSING)
    require(policy.flood_refusal(None, email, at))
    inquiry = Inquiry(name=called, email=email, language=language, status=Inquiry.Status.UNCONFIRMED)
    return _begin(inquiry, category=category, text=text, request_key=request_key, by=SYSTEM, at=at)


def _begin(inquiry: Inquiry, *, category: str, text: str, request_key: UUID, by: Actor, at: datetime) -> Inquiry:
    words = tidy_text(text)
    require(None if category in Inquiry.Category.values else policy.CATEGORY_UNKNOWN)
    require(policy.text_refusal(words))
    inquiry.category, inquiry.request_key = category, request_key
    inquiry.excerpt = tidy_line(words)[:EXCERPT_LENGTH_MAX]
    inquiry.asked_at = inquiry.waiting_since = at
    inquiry.save(force_insert=True)
    Message.objects.create(
        inquiry=inquiry, kind=Message.Kind.QUESTION, author_id=by.id, text=words, at=at, request_key=request_key
    )
    record("inquiry.ask", inquiry, by=by, at=at, category=category)
    defer("inquiries.send_receipt", inquiry_id=inquiry.pk)
    return inquiry


def _look_at(by: Actor, about_kind: str, about_id: int | None) -> None:
    if about_kind == Inquiry.About.CONTRACT and about_id is not None:
        contracts.contract_for(by, about_id)
    elif about_kind == Inquiry.About.JOB and about_id is not None:
        jobs.job_for(by, about_id)
    elif about_kind == Inquiry.About.PAYMENT and about_id is not None:
        payments.payment_for(by, about_id)
    elif about_kind == Inquiry.About.PAYOUT and about_id is not None:
        payouts.payout_for(by, about_id)
    elif about_kind or about_id is not None:
        raise NotVisible


@transaction.atomic
def confirm(*, inquiry: Inquiry, by: Actor, at: datetime) -> Inquiry:
    """The link of the mail was followed: the question is with the operator now. Again, it changes nothing."""
    inquiry = locked(inquiry.pk)
    require(None if policy.is_asker(by, inquiry) else policy.NOT_YOURS)
    if inquiry.status != Inquiry.Status.UNCONFIRMED:
        return inquiry
    return move(inquiry, INQUIRY, "confirm", by=by, at=at, waiting_since=at)


@transaction.atomic
def reply(*, inquiry: Inquiry, text: str, request_key: UUID, by: Actor, at: datetime) -> Message:
    """The one who asked writes again; a closed inquiry is open again. The same form again is the same message.

    Refused without words, and when too much was written in a day.
    """
    inquiry = locked(inquiry.pk)
    require(policy.can_reply(by, inquiry))
    known = Message.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.inquiry_id == inquiry.pk else policy.KEY_REUSED)
        return known
    require(policy.writing_refusal(inquiry, at))
    words = tidy_text(text)
    require(policy.text_refusal(words))
    waiting_since = inquiry.waiting_since if inquiry.status == Inquiry.Status.OPEN else at
    name = "reopen" if inquiry.is_over else "reply"
    move(inquiry, INQUIRY, name, by=by, at=at, waiting_since=waiting_since, closed_at=None)
    return Message.objects.create(
        inquiry=inquiry, kind=Message.Kind.QUESTION, author_id=by.id, text=words, at=at, request_key=request_key
    )
