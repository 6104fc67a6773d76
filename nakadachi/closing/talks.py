"""What two sides still talk about, as obstacles to leaving; and what is said to the operator, which is none."""

from collections.abc import Iterator

from django.db.models import Q

from nakadachi.closing import words
from nakadachi.closing.obstacle import Obstacle, Text, Who
from nakadachi.market.contracts.models import Contract, EndProposal, TermsChange
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.people.models import Member
from nakadachi.trust.inquiries.models import Inquiry


def of(member: Member) -> Iterator[Obstacle]:
    """Suggested conditions, changes of terms, ends by agreement. Any of them the member can answer or take back."""
    yield from _counters(member)
    yield from _changes(member)
    yield from _ends(member)


def unanswered_inquiries(member: Member) -> int:
    """How many of the member's inquiries wait for the operator."""
    return Inquiry.objects.filter(member=member, status=Inquiry.Status.OPEN).count()


def _counters(member: Member) -> Iterator[Obstacle]:
    """On the client's side. A worker's go with the proposal, which is an obstacle of its own."""
    waiting = Counter.objects.filter(
        status=Counter.Status.OPEN, proposal__job__client=member, proposal__status=Proposal.Status.SENT
    )
    for one in waiting.select_related("proposal__job").order_by("pk"):
        sentence = words.COUNTER_OF_YOURS if one.proposed_by_id == member.pk else words.COUNTER_FOR_YOU
        yield Obstacle(
            "counter.open",
            one.proposal.job.title,
            sentence,
            "you",
            "proposals:detail",
            (one.proposal_id,),
            words.SEE_PROPOSAL,
            one.amount_yen,
        )


def _changes(member: Member) -> Iterator[Obstacle]:
    waiting = TermsChange.objects.filter(_side(member), status=TermsChange.Status.OPEN)
    for one in waiting.select_related("contract").order_by("pk"):
        sentence = words.CHANGE_OF_YOURS if one.proposed_by_id == member.pk else words.CHANGE_FOR_YOU
        yield _of_contract("change.open", one.contract, sentence)


def _ends(member: Member) -> Iterator[Obstacle]:
    waiting = EndProposal.objects.filter(_side(member), status=EndProposal.Status.OPEN)
    for one in waiting.select_related("contract").order_by("pk"):
        if one.proposed_by_id == member.pk:
            yield _of_contract("end.open", one.contract, words.END_OF_YOURS, is_mine=False)
        else:
            yield _of_contract("end.open", one.contract, words.END_FOR_YOU)


def _of_contract(code: str, contract: Contract, sentence: Text, *, is_mine: bool = True) -> Obstacle:
    who: Who = "you" if is_mine else "other"
    return Obstacle(code, contract.title, sentence, who, "contracts:detail", (contract.pk,), words.SEE_CONTRACT)


def _side(member: Member) -> Q:
    return Q(contract__client=member) | Q(contract__worker=member)
