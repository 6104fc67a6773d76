"""Jobs, proposals, counters, contracts, milestones, proposals to end, changes of the terms."""

from datetime import datetime
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.lifecycle import CONTRACT, END_PROPOSAL, MILESTONE, TERMS_CHANGE
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.lifecycle import COUNTER, PROPOSAL
from nakadachi.market.sourcing.models import Counter, Proposal
from tests import cast, walk
from tests.cast import by
from tests.matrices.table import BOTH, LATER, NOW, THE_CLOCK, Act, Table, who


def declined_proposal() -> Proposal:
    return sourcing.decline(proposal=walk.proposal(), by=by(cast.minato()), at=NOW)


def withdrawn_proposal() -> Proposal:
    return sourcing.withdraw(proposal=walk.proposal(), by=by(cast.hanako()), at=NOW)


def declined_contract() -> Contract:
    return contracts.decline(contract=walk.offered(), by=by(cast.hanako()), at=NOW)


def withdrawn_offer() -> Contract:
    return contracts.withdraw_offer(contract=walk.offered(), by=by(cast.minato()), at=NOW)


def lapsed_contract() -> Contract:
    contract = walk.offered()
    return contracts.lapse(contract=contract, at=contract.answer_by)


def contract_of(milestone: Milestone) -> Contract:
    return Contract.objects.get(pk=milestone.contract_id)


def last_delivered() -> Contract:
    return contract_of(walk.delivered())


def offer(proposal: Proposal, actor: Actor, at: datetime) -> Contract:
    return contracts.offer(
        proposal=proposal, scope=walk.SCOPE, milestones=walk.pieces([10_000], walk.DUE_ON), by=actor, at=at
    )


def reopen(job: Job, actor: Actor, at: datetime) -> Job:
    return jobs.reopen(job=job, closes_on=job.closes_on, delivery_on=job.delivery_on, by=actor, at=at)


def passed_over_proposal() -> Proposal:
    """Declined by itself, since the job's only place was filled."""
    sent = walk.proposal()
    walk.agreed(job=sent.job, worker=cast.ren())
    return Proposal.objects.get(pk=sent.pk)


def take_offer_back(proposal: Proposal, actor: Actor, at: datetime) -> object:
    contract = Contract.objects.filter(proposal=proposal).order_by("-pk").first()
    if contract is None:
        return sourcing.withdraw(proposal=proposal, by=Actor.member(0), at=at)
    return contracts.withdraw_offer(contract=contract, by=actor, at=at)


def counter_in(state: str) -> Counter:
    counter = walk.counter()
    if state == "accepted":
        sourcing.accept_counter(counter=counter, by=by(cast.hanako()), at=NOW)
    if state == "declined":
        sourcing.decline_counter(counter=counter, by=by(cast.hanako()), at=NOW)
    if state == "withdrawn":
        sourcing.withdraw_counter(counter=counter, by=by(cast.minato()), at=NOW)
    if state == "replaced":
        sourcing.withdraw(proposal=counter.proposal, by=by(cast.hanako()), at=NOW)
    return Counter.objects.get(pk=counter.pk)


def counter_again(counter: Counter, actor: Actor, at: datetime) -> object:
    """A newer one takes its place; of those that are over, none can be replaced."""
    if not counter.is_open:
        return sourcing.withdraw(proposal=counter.proposal, by=Actor.member(0), at=at)
    return walk.counter(counter.proposal, amount_yen=11_000, actor=actor, at=at)


def only_milestone(contract: Contract) -> Milestone:
    return walk.milestone(contract)


def agree_to_end(milestone: Milestone, actor: Actor, at: datetime) -> object:
    """The other side's answer to a proposal that waits; without one, the attempt to propose it."""
    end = EndProposal.objects.filter(contract=milestone.contract, status="open").first()
    if end is None:
        key = uuid4()
        return contracts.propose_end(
            contract=milestone.contract, settlement={}, reason="都合により", request_key=key, by=actor, at=at
        )
    return contracts.accept_end(end=end, by=actor, at=at)


def end_alone(milestone: Milestone, actor: Actor, at: datetime) -> object:
    return contracts.end_alone(contract=milestone.contract, reason="都合により", by=actor, at=at)


def with_end(milestone: Milestone) -> Milestone:
    walk.propose_end(milestone)
    return walk.milestone(milestone.contract)


def end_in(state: str) -> EndProposal:
    end = walk.propose_end(walk.funded())
    if state == "accepted":
        contracts.accept_end(end=end, by=by(cast.hanako()), at=NOW)
    if state == "declined":
        contracts.decline_end(end=end, by=by(cast.hanako()), at=NOW)
    if state == "withdrawn":
        contracts.withdraw_end(end=end, by=by(cast.minato()), at=NOW)
    if state == "lapsed":
        contracts.lapse_end(end_id=end.pk, at=LATER)
    return EndProposal.objects.select_related("contract").get(pk=end.pk)


def change_in(state: str) -> TermsChange:
    if state == "agreed":
        change = walk.raised()
        return TermsChange.objects.select_related("contract").get(pk=change.pk)
    change = walk.propose_change(walk.funded(), by_worker=False)
    if state == "accepted":
        contracts.accept_change(change=change, by=by(cast.hanako()), at=NOW)
    if state == "declined":
        contracts.decline_change(change=change, by=by(cast.hanako()), at=NOW)
    if state == "withdrawn":
        contracts.withdraw_change(change=change, by=by(cast.minato()), at=NOW)
    if state == "lapsed":
        contracts.lapse_change(change_id=change.pk, at=LATER)
    return TermsChange.objects.select_related("contract").get(pk=change.pk)


def overtake(end: EndProposal, actor: Actor, at: datetime) -> object:
    """The worker hands the money back while the proposal waits."""
    return contracts.hand_back(milestone=walk.milestone(end.contract), by=actor, at=at)


def deliver(milestone: Milestone, actor: Actor, at: datetime) -> object:
    return contracts.deliver(milestone=milestone, note="できました", request_key=uuid4(), by=actor, at=at)


def revise(milestone: Milestone, actor: Actor, at: datetime) -> object:
    return contracts.request_revision(milestone=milestone, reason="見出しを足してください", by=actor, at=at)


JOBS = Table(
    JOB,
    Job,
    states={
        "draft": walk.draft_job,
        "open": walk.open_job,
        "closed": walk.closed_job,
        "closed:filled": lambda: Job.objects.get(pk=walk.agreed().job_id),
        "dropped": lambda: jobs.discard(job=walk.draft_job(), by=by(cast.minato()), at=NOW),
    },
    acts={
        "open": Act(lambda job, actor, at: jobs.publish(job=job, by=actor, at=at), who("client")),
        "discard": Act(lambda job, actor, at: jobs.discard(job=job, by=actor, at=at), who("client")),
        "close": Act(lambda job, actor, at: jobs.close(job=job, by=actor, at=at), who("client")),
        "reopen": Act(reopen, who("client"), only_in=who("closed")),
    },
    follows={
        "expire": "tests/market/test_clock.py",
        "fill": "tests/market/test_many_proposals.py",
    },
)
PROPOSALS = Table(
    PROPOSAL,
    Proposal,
    states={
        "sent": walk.proposal,
        "chosen": lambda: Proposal.objects.get(pk=walk.offered().proposal_id),
        "accepted": lambda: Proposal.objects.get(pk=walk.agreed().proposal_id),
        "withdrawn": withdrawn_proposal,
        "declined": declined_proposal,
        "declined:filled": passed_over_proposal,
    },
    acts={
        "withdraw": Act(lambda one, actor, at: sourcing.withdraw(proposal=one, by=actor, at=at), who("worker")),
        "decline": Act(lambda one, actor, at: sourcing.decline(proposal=one, by=actor, at=at), who("client")),
        "choose": Act(offer, who("client")),
        "release": Act(take_offer_back, who("client")),
        "reconsider": Act(
            lambda one, actor, at: sourcing.reconsider(proposal=one, by=actor, at=at),
            who("client"),
            only_in=who("declined"),
        ),
    },
    follows={
        "pass_over": "tests/market/test_many_proposals.py",
        "run_out": "the clock's: tests/market/test_unanswered.py",
        "accept": "the contract's `confirm`",
        "turn_down": "the contract's `decline`",
        "lapse": "the contract's `lapse`: tests/market/test_clock.py",
    },
)
COUNTERS = Table(
    COUNTER,
    Counter,
    states={state: (lambda state=state: counter_in(state)) for state in COUNTER.states},
    acts={
        "accept": Act(lambda one, actor, at: sourcing.accept_counter(counter=one, by=actor, at=at), who("worker")),
        "decline": Act(lambda one, actor, at: sourcing.decline_counter(counter=one, by=actor, at=at), who("worker")),
        "withdraw": Act(lambda one, actor, at: sourcing.withdraw_counter(counter=one, by=actor, at=at), who("client")),
        "replace": Act(counter_again, BOTH, only_in=who("open")),
    },
)
CONTRACTS = Table(
    CONTRACT,
    Contract,
    states={
        "offered": walk.offered,
        "active": walk.agreed,
        "active:delivered": last_delivered,
        "completed": lambda: contract_of(walk.accepted()),
        "ended": lambda: contract_of(walk.handed_back()),
        "declined": declined_contract,
        "lapsed": lapsed_contract,
        "withdrawn": withdrawn_offer,
    },
    acts={
        "confirm": Act(lambda one, actor, at: contracts.confirm(contract=one, by=actor, at=at), who("worker")),
        "decline": Act(lambda one, actor, at: contracts.decline(contract=one, by=actor, at=at), who("worker")),
        "withdraw": Act(lambda one, actor, at: contracts.withdraw_offer(contract=one, by=actor, at=at), who("client")),
        "end": Act(
            lambda one, actor, at: contracts.end_alone(contract=one, reason="都合により", by=actor, at=at),
            BOTH,
            only_in=who("active"),
        ),
        "complete": Act(
            lambda one, actor, at: contracts.accept(milestone=only_milestone(one), by=actor, at=at),
            who("client"),
            only_in=who("active:delivered"),
        ),
        "complete:silence": Act(
            lambda one, actor, at: contracts.accept(milestone=only_milestone(one), by=actor, at=at),
            who("client", "system"),
            at=LATER,
            only_in=who("active:delivered"),
        ),
    },
    follows={
        "lapse": "tests/market/test_clock.py",
    },
)
MILESTONES = Table(
    MILESTONE,
    Milestone,
    states={
        "open:unfunded": lambda: walk.milestone(walk.agreed()),
        "open": lambda: with_end(walk.funded()),
        "delivered": lambda: with_end(walk.delivered()),
        "accepted": walk.accepted,
        "handed_back": walk.handed_back,
        "settled": walk.settled,
    },
    acts={
        "deliver": Act(deliver, who("worker"), only_in=who("open")),
        "withdraw_delivery": Act(
            lambda one, actor, at: contracts.withdraw_delivery(milestone=one, by=actor, at=at), who("worker")
        ),
        "request_revision": Act(revise, who("client")),
        "request_revision:too_late": Act(revise, who(), at=LATER),
        "accept": Act(lambda one, actor, at: contracts.accept(milestone=one, by=actor, at=at), who("client")),
        "accept:silence": Act(
            lambda one, actor, at: contracts.accept(milestone=one, by=actor, at=at), who("client", "system"), at=LATER
        ),
        "hand_back": Act(
            lambda one, actor, at: contracts.hand_back(milestone=one, by=actor, at=at),
            who("worker"),
            only_in=who("open", "delivered"),
        ),
        "settle": Act(agree_to_end, who("worker"), only_in=who("open", "delivered")),
        "settle:alone": Act(end_alone, BOTH, only_in=who("open:unfunded")),
    },
)
ENDS = Table(
    END_PROPOSAL,
    EndProposal,
    states={state: (lambda state=state: end_in(state)) for state in END_PROPOSAL.states},
    acts={
        "accept": Act(lambda end, actor, at: contracts.accept_end(end=end, by=actor, at=at), who("worker")),
        "decline": Act(lambda end, actor, at: contracts.decline_end(end=end, by=actor, at=at), who("worker")),
        "withdraw": Act(lambda end, actor, at: contracts.withdraw_end(end=end, by=actor, at=at), who("client")),
        "accept:too_late": Act(lambda end, actor, at: contracts.accept_end(end=end, by=actor, at=at), who(), at=LATER),
        "lapse": Act(
            lambda end, actor, at: contracts.lapse_end(end_id=end.pk, at=at),
            THE_CLOCK,
            at=LATER,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "lapse:early": Act(
            lambda end, actor, at: contracts.lapse_end(end_id=end.pk, at=at),
            who(),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
    follows={
        "overtake": "tests/market/test_refusals.py",
    },
)
CHANGES = Table(
    TERMS_CHANGE,
    TermsChange,
    states={state: (lambda state=state: change_in(state)) for state in TERMS_CHANGE.states},
    acts={
        "accept": Act(lambda one, actor, at: contracts.accept_change(change=one, by=actor, at=at), who("worker")),
        "decline": Act(lambda one, actor, at: contracts.decline_change(change=one, by=actor, at=at), who("worker")),
        "withdraw": Act(lambda one, actor, at: contracts.withdraw_change(change=one, by=actor, at=at), who("client")),
        "drop": Act(lambda one, actor, at: contracts.drop_change(change=one, by=actor, at=at), BOTH),
        "accept:too_late": Act(
            lambda one, actor, at: contracts.accept_change(change=one, by=actor, at=at), who(), at=LATER
        ),
        "lapse": Act(
            lambda one, actor, at: contracts.lapse_change(change_id=one.pk, at=at),
            THE_CLOCK,
            at=LATER,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "lapse:early": Act(
            lambda one, actor, at: contracts.lapse_change(change_id=one.pk, at=at),
            who(),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
    follows={
        "overtake": "tests/market/test_changes.py",
        "agree": "tests/market/test_price_changes.py",
        "take_effect": "tests/market/test_price_changes.py",
    },
)
TABLES = (JOBS, PROPOSALS, COUNTERS, CONTRACTS, MILESTONES, ENDS, CHANGES)
