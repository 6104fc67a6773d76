"""What was written: threads with others, inquiries to the operator, mediations."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.shapes import (
    ABOVE,
    FILES,
    INSIDE,
    KEY,
    TEXT,
    YES_OR_NO,
    Me,
    Shape,
    chunks,
    list_of,
    or_none,
    under,
)
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.trust.inquiries.models import Message as Letter
from nakadachi.trust.mediation.models import Case, Ruling, SealedOffer, Statement
from nakadachi.trust.messaging.models import Message, Seat, Thread

SEAT = Shape(
    Seat,
    ("read_id", "unread_count"),
    without={"id": INSIDE, "thread": ABOVE, "member": "the member", "newest": INSIDE, "tell_at": "a timer"},
)
THREAD = Shape(
    Thread,
    ("id", "job", "opened_at"),
    people=("client", "worker", "opened_by"),
    without={"taken_back_count": "counted from the messages"},
    more={"job_title": TEXT, "seat": or_none(SEAT.schema)},
)
MESSAGE = Shape(
    Message,
    ("id", "thread", "text", "files_count", "at", "taken_back_at"),
    people=("author",),
    without={"request_key": KEY},
    more={"files": FILES},
)
LETTER = Shape(
    Letter,
    ("id", "kind", "text", "at"),
    without={"inquiry": ABOVE, "author": "the member, or the operator: the kind says it", "request_key": KEY},
)
INQUIRY = Shape(
    Inquiry,
    (
        "id", "category", "about_kind", "about_id", "status", "language", "asked_at", "waiting_since", "closed_at",
    ),
    without={
        "member": "the member",
        "name": "of inquiries without an account",
        "email": "of inquiries without an account",
        "excerpt": "the beginning of the first letter",
        "assignee": "who of the operator's people answers",
        "request_key": KEY,
    },
    more={"letters": list_of(LETTER.schema)},
)  # fmt: skip
STATEMENT = Shape(
    Statement,
    ("id", "text", "at"),
    without={"case": ABOVE, "author": "the member", "request_key": KEY},
    more={"files": FILES},
)
OFFER = Shape(
    SealedOffer,
    ("number", "side", "worker_amount_yen", "at"),
    without={"id": INSIDE, "case": ABOVE, "request_key": KEY},
)
RULING = Shape(
    Ruling,
    ("number", "worker_amount_yen", "reasons", "at"),
    without={"id": INSIDE, "case": ABOVE, "by": "one of the operator's people"},
)
CASE = Shape(
    Case,
    ("id", "contract", "rest_yen", "status", "opened_at", "due_at", "outcome", "result_yen", "closed_at", "hold"),
    people=("opened_by", "appealed_by"),
    without={
        "reason": "told below when it is the member's own",
        "appeal_reason": "told below when it is the member's own",
        "client_accepts": "told below as the member's own answer",
        "worker_accepts": "told below as the member's own answer",
        "request_key": KEY,
    },
    more={
        "contract_title": TEXT,
        "own_reason": or_none(TEXT),
        "own_appeal": or_none(TEXT),
        "accepted": YES_OR_NO,
        "statements": list_of(STATEMENT.schema),
        "offers": list_of(OFFER.schema),
        "rulings": list_of(RULING.schema),
    },
)


def threads(me: Me) -> Iterator[dict[str, Any]]:
    """With whom about what, and how far the member has read."""
    mine = Thread.objects.filter(Q(client=me.id) | Q(worker=me.id)).select_related("job").order_by("pk")
    for some in chunks(mine):
        seats = under(Seat.objects.filter(thread__in=[one.pk for one in some], member=me.id), "thread_id")
        me.meet(side for one in some for side in (one.client_id, one.worker_id))
        for one in some:
            seat = next(iter(seats.get(one.pk, [])), None)
            yield THREAD.row(one, me, job_title=one.job.title, seat=SEAT.row(seat, me) if seat else None)


def messages(me: Me) -> Iterator[dict[str, Any]]:
    """Both sides' words in the order of time; of what was taken back, only that it was."""
    mine = Message.objects.filter(Q(thread__client=me.id) | Q(thread__worker=me.id)).order_by("pk")
    for some in chunks(mine):
        having = [one.pk for one in some if one.files_count and not one.is_taken_back]
        files = ids_by_owner(me.id, Message, having)
        me.meet(one.author_id for one in some)
        for one in some:
            if one.is_taken_back:
                one.text = ""
            yield MESSAGE.row(one, me, files=files.get(one.pk, []))


def inquiries(me: Me) -> Iterator[dict[str, Any]]:
    """Questions and answers; notes among the operator's people are no part of it."""
    for some in chunks(Inquiry.objects.filter(member=me.id).order_by("pk")):
        ids = [one.pk for one in some]
        told = (Letter.Kind.QUESTION, Letter.Kind.ANSWER)
        letters = under(Letter.objects.filter(inquiry__in=ids, kind__in=told).order_by("pk"), "inquiry_id")
        for one in some:
            yield INQUIRY.row(one, me, letters=[LETTER.row(each, me) for each in letters.get(one.pk, [])])


def mediations(me: Me) -> Iterator[dict[str, Any]]:
    """The course of each case, the member's own words and sealed offers, and how the operator ruled."""
    sides = Q(contract__client=me.id) | Q(contract__worker=me.id)
    for some in chunks(Case.objects.filter(sides).select_related("contract").order_by("pk")):
        ids = [case.pk for case in some]
        statements = under(Statement.objects.filter(case__in=ids, author=me.id).order_by("pk"), "case_id")
        offers = under(SealedOffer.objects.filter(case__in=ids).order_by("number"), "case_id")
        rulings = under(Ruling.objects.filter(case__in=ids).order_by("number"), "case_id")
        files = ids_by_owner(me.id, Statement, [one.pk for found in statements.values() for one in found])
        for case in some:
            side = case.side_of(me.id)
            yield CASE.row(
                case,
                me,
                contract_title=case.contract.title,
                own_reason=case.reason if case.opened_by_id == me.id else None,
                own_appeal=case.appeal_reason if case.appealed_by_id == me.id else None,
                accepted=getattr(case, f"{side}_accepts"),
                statements=[STATEMENT.row(one, me, files=files.get(one.pk, [])) for one in statements.get(case.pk, [])],
                offers=[OFFER.row(one, me) for one in offers.get(case.pk, []) if one.side == side],
                rulings=[RULING.row(one, me) for one in rulings.get(case.pk, [])],
            )
