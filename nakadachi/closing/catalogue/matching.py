"""How people meet: postings, proposals, and offers that wait for their answer."""

from typing import Any

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from nakadachi.closing import words
from nakadachi.closing.kind import Do, Go, Kind, LastMinute, Whose
from nakadachi.infra.prepared import Param
from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal


def _jobs(member: Whose) -> "QuerySet[Any]":
    return Job.objects.filter(client=member, status=Job.Status.OPEN).exclude(format=Job.Format.TASK)


def _proposals(member: Whose) -> "QuerySet[Any]":
    return Proposal.objects.filter(worker=member, status=Proposal.Status.SENT)


def _offers_to(member: Whose) -> "QuerySet[Any]":
    return Contract.objects.filter(worker=member, status=Contract.Status.OFFERED)


def _offers_by(member: Whose) -> "QuerySet[Any]":
    return Contract.objects.filter(client=member, status=Contract.Status.OFFERED)


def _passed_over() -> ExpressionWrapper:
    """A client who stays silent passes a proposal over so long after the closing of the job (`sourcing.silence`)."""
    closed = Greatest("job__closed_at", Coalesce("back_at", "sent_at"))
    since = Case(When(job__closed_at=None, then=LastMinute(F("job__closes_on"))), default=closed)
    return ExpressionWrapper(since + Param("proposals"), output_field=DateTimeField())


_TITLE = Subquery(Job.objects.filter(pk=OuterRef("job")).values("title"))
"""Looked up for the few rows that are shown, not joined to all of a long list."""
KINDS = (
    Kind(
        name="job.open",
        code="job.open",
        who="you",
        rows=_jobs,
        sentence=words.JOB,
        page="jobs:detail",
        title="title",
        day=LastMinute(F("closes_on")),
        buttons=(Do("close_job"),),
        if_silent=words.JOB_SILENT,
    ),
    Kind(
        name="proposal.open",
        code="proposal.open",
        who="you",
        rows=_proposals,
        sentence=words.PROPOSAL,
        page="proposals:detail",
        title=_TITLE,
        day=_passed_over(),
        buttons=(Do("withdraw_proposal"),),
        if_silent=words.PROPOSAL_SILENT,
    ),
    Kind(
        name="offer.waiting.worker",
        code="offer.waiting",
        who="you",
        rows=_offers_to,
        sentence=words.OFFER_TO_YOU,
        page="contracts:detail",
        title="title",
        amount="amount_yen",
        day="answer_by",
        buttons=(Do("decline_offer"), Go("answer_offer", "contracts:detail", ("pk",))),
        if_silent=words.OFFER_SILENT,
    ),
    Kind(
        name="offer.waiting.client",
        code="offer.waiting",
        who="other",
        rows=_offers_by,
        sentence=words.OFFER_BY_YOU,
        page="contracts:detail",
        title="title",
        amount="amount_yen",
        day="answer_by",
        buttons=(Do("remind"), Do("take_offer_back")),
        if_silent=words.OFFER_SILENT,
    ),
)
