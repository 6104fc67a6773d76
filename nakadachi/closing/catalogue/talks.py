"""What two sides still talk about: conditions, changes of terms, ends by agreement. Each can be answered or taken back;
with its contract it is overtaken."""

from typing import Any

from django.db.models import Q, QuerySet

from nakadachi.closing import words
from nakadachi.closing.kind import Do, Go, Kind, Whose
from nakadachi.market.contracts.models import EndProposal, TermsChange
from nakadachi.market.sourcing.models import Counter, Proposal


def _side(member: Whose) -> Q:
    return Q(contract__client=member) | Q(contract__worker=member)


def _counters(member: Whose) -> "QuerySet[Any]":
    """On the client's side. A worker's go with the proposal, which is an obstacle of its own."""
    open_ones = {"status": Counter.Status.OPEN, "proposal__status": Proposal.Status.SENT}
    return Counter.objects.filter(proposal__job__client=member, **open_ones)


def _own_counters(member: Whose) -> "QuerySet[Any]":
    return _counters(member).filter(proposed_by=member)


def _other_counters(member: Whose) -> "QuerySet[Any]":
    return _counters(member).exclude(proposed_by=member)


def _own_changes(member: Whose) -> "QuerySet[Any]":
    return TermsChange.objects.filter(_side(member), status=TermsChange.Status.OPEN, proposed_by=member)


def _other_changes(member: Whose) -> "QuerySet[Any]":
    return TermsChange.objects.filter(_side(member), status=TermsChange.Status.OPEN).exclude(proposed_by=member)


def _agreed_changes(member: Whose) -> "QuerySet[Any]":
    return TermsChange.objects.filter(_side(member), status=TermsChange.Status.AGREED)


def _own_ends(member: Whose) -> "QuerySet[Any]":
    return EndProposal.objects.filter(_side(member), status=EndProposal.Status.OPEN, proposed_by=member)


def _other_ends(member: Whose) -> "QuerySet[Any]":
    return EndProposal.objects.filter(_side(member), status=EndProposal.Status.OPEN).exclude(proposed_by=member)


_COUNTER = {
    "code": "counter.open",
    "who": "you",
    "page": "proposals:detail",
    "arguments": ("proposal_id",),
    "title": "proposal__job__title",
    "amount": "amount_yen",
    "if_silent": words.COUNTER_SILENT,
}
_CONTRACT = {
    "page": "contracts:detail",
    "arguments": ("contract_id",),
    "title": "contract__title",
    "day": "contract__deal_ends_at",
}
_CHANGE = {"code": "change.open", "who": "you", **_CONTRACT, "if_silent": words.CHANGE_SILENT}
_READ = Go("answer_offer", "contracts:detail", ("contract_id",))

KINDS = (
    Kind(
        name="counter.open.own",
        rows=_own_counters,
        sentence=words.COUNTER_OF_YOURS,
        buttons=(Do("withdraw_counter"),),
        **_COUNTER,
    ),
    Kind(
        name="counter.open.other",
        rows=_other_counters,
        sentence=words.COUNTER_FOR_YOU,
        buttons=(Do("decline_counter"),),
        **_COUNTER,
    ),
    Kind(
        name="change.open.own",
        rows=_own_changes,
        sentence=words.CHANGE_OF_YOURS,
        buttons=(Do("withdraw_change"),),
        **_CHANGE,
    ),
    Kind(
        name="change.open.other",
        rows=_other_changes,
        sentence=words.CHANGE_FOR_YOU,
        buttons=(Do("decline_change"), _READ),
        **_CHANGE,
    ),
    Kind(
        name="change.open.agreed",
        rows=_agreed_changes,
        sentence=words.CHANGE_AGREED,
        buttons=(Do("drop_change"),),
        **_CHANGE,
    ),
    Kind(
        name="end.open.own",
        code="end.open",
        who="other",
        rows=_own_ends,
        sentence=words.END_OF_YOURS,
        buttons=(Do("withdraw_end"),),
        if_silent=words.END_SILENT,
        **_CONTRACT,
    ),
    Kind(
        name="end.open.other",
        code="end.open",
        who="you",
        rows=_other_ends,
        sentence=words.END_FOR_YOU,
        buttons=(Do("accept_end"), _READ),
        if_silent=words.END_SILENT,
        **_CONTRACT,
    ),
)
