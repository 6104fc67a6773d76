"""Closing postings, taking proposals and offers back, declining offers and suggestions, asking for an answer."""

from collections.abc import Sequence
from uuid import uuid4

from django.db.models import Q

from nakadachi.closing.remedies.deed import Deed, Press, client, side, worker
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.people.models import Member

_OFFERED = Q(status=Contract.Status.OFFERED)
_OPEN = Q(status=Counter.Status.OPEN)


def _withdraw_all(member: Member, ids: Sequence[int], press: Press) -> object:
    return sourcing.withdraw_all(worker=member, proposal_ids=ids, by=press.by, at=press.at)


def _remind(contract: Contract, press: Press) -> object:
    return contracts.prompt(contract=contract, request_key=uuid4(), by=press.by, at=press.at)


DEEDS = {
    "remind": Deed(Contract, side(), Q(status__in=[Contract.Status.OFFERED, Contract.Status.ACTIVE]), _remind),
    "close_job": Deed(
        Job,
        client(),
        Q(status=Job.Status.OPEN),
        lambda job, press: jobs.close(job=job, by=press.by, at=press.at),
    ),
    "withdraw_proposal": Deed(
        Proposal,
        worker(),
        Q(status=Proposal.Status.SENT),
        lambda proposal, press: sourcing.withdraw(proposal=proposal, by=press.by, at=press.at),
        _withdraw_all,
    ),
    "decline_offer": Deed(
        Contract,
        worker(),
        _OFFERED,
        lambda contract, press: contracts.decline(contract=contract, by=press.by, at=press.at),
    ),
    "take_offer_back": Deed(
        Contract,
        client(),
        _OFFERED,
        lambda contract, press: contracts.withdraw_offer(contract=contract, by=press.by, at=press.at),
    ),
    "withdraw_counter": Deed(
        Counter,
        lambda member: Q(proposed_by=member),
        _OPEN,
        lambda counter, press: sourcing.withdraw_counter(counter=counter, by=press.by, at=press.at),
    ),
    "decline_counter": Deed(
        Counter,
        lambda member: Q(proposal__job__client=member) & ~Q(proposed_by=member),
        _OPEN,
        lambda counter, press: sourcing.decline_counter(counter=counter, by=press.by, at=press.at),
    ),
}
