"""Proposals the member sent and received, what was said back about their conditions, and parts kept for reuse."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.shapes import ABOVE, FILES, INSIDE, KEY, TEXT, Me, Shape, chunks, list_of, under
from nakadachi.market.sourcing.models import Counter, Proposal, ProposalTemplate, ProposalVersion

_SAID = (
    "id", "job", "introduction", "track_record", "approach", "amount_yen", "deliver_on", "wishes_continuation",
    "status", "sent_at", "closed_at", "back_at", "version", "revised_at", "job_version", "decline_reason",
    "decline_note",
)  # fmt: skip
_KEYS = {"request_key": KEY, "revise_key": KEY}

VERSION = Shape(
    ProposalVersion,
    ("number", "contents", "job_version", "written_at", "replaced_at"),
    without={"id": INSIDE, "proposal": ABOVE},
)
COUNTER = Shape(
    Counter,
    ("amount_yen", "deliver_on", "note", "status", "proposed_at", "answered_at"),
    people=("proposed_by",),
    without={"id": INSIDE, "proposal": ABOVE, "request_key": KEY},
)
_MORE = {
    "job_title": TEXT,
    "earlier_versions": list_of(VERSION.schema),
    "conditions": list_of(COUNTER.schema),
    "files": FILES,
}
SENT = Shape(
    Proposal,
    _SAID,
    without={"worker": "the member", "kept_at": "the client's own short list", **_KEYS},
    more={"client": {"type": "string"}, **_MORE},
)
RECEIVED = Shape(Proposal, (*_SAID, "kept_at"), people=("worker",), without=_KEYS, more=_MORE)
TEMPLATE = Shape(
    ProposalTemplate, ("name", "introduction", "track_record"), without={"id": INSIDE, "member": "the member"}
)


def sent(me: Me) -> Iterator[dict[str, Any]]:
    """What the member offered to others."""
    found = Proposal.objects.filter(worker=me.id).select_related("job__client").order_by("pk")
    for one, more in _with_all(found, me):
        yield SENT.row(one, me, client=one.job.client.display_name, **more)


def received(me: Me) -> Iterator[dict[str, Any]]:
    """What came in for the member's postings; what its worker withdrew is the worker's again."""
    found = Proposal.objects.filter(job__client=me.id).exclude(status=Proposal.Status.WITHDRAWN)
    for one, more in _with_all(found.select_related("job").order_by("pk"), me):
        yield RECEIVED.row(one, me, **more)


def templates(me: Me) -> Iterator[dict[str, Any]]:
    """What the member keeps for the next proposal."""
    yield from TEMPLATE.rows(ProposalTemplate.objects.filter(member=me.id).order_by("pk"), me)


def _with_all(found: QuerySet[Proposal], me: Me) -> Iterator[tuple[Proposal, dict[str, Any]]]:
    for some in chunks(found):
        ids = [one.pk for one in some]
        versions = under(ProposalVersion.objects.filter(proposal__in=ids).order_by("number"), "proposal_id")
        counters = under(Counter.objects.filter(proposal__in=ids).order_by("pk"), "proposal_id")
        files = ids_by_owner(me.id, Proposal, ids)
        me.meet(one.worker_id for one in some)
        for one in some:
            yield (
                one,
                {
                    "job_title": one.job.title,
                    "earlier_versions": [VERSION.row(each, me) for each in versions.get(one.pk, [])],
                    "conditions": [COUNTER.row(each, me) for each in counters.get(one.pk, [])],
                    "files": files.get(one.pk, []),
                },
            )
