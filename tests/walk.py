"""Reaches any state of a piece of work through the real actions only, so that ledger and events are always true.

Every function takes `at` and returns fresh rows. Amounts are those of the worked example unless said otherwise:
¥10,000, of which the worker receives ¥8,350 while the client pays ¥10,550.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import LASTING, Job
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from nakadachi.people.models import Member
from tests import cast
from tests.cast import by

START = datetime(2026, 11, 2, 10, 0, tzinfo=JST)
DUE_ON = date(2026, 12, 1)

JOB = JobDraft(
    category="writing",
    title="珈琲豆の選び方の記事",
    description="はじめての方に向けた、豆の選び方の記事を1本お願いします。\n3,000字ほど。",
    requirements="納品日を守れる方",
    budget_min_yen=10_000,
    budget_max_yen=30_000,
    closes_on=date(2026, 11, 16),
    delivery_on=DUE_ON,
    no_experience_ok=True,
)
PROPOSAL = ProposalDraft(
    introduction="食の記事を書いています。",
    track_record="珈琲店の記事を12本書きました。",
    approach="産地ごとの味の違いを図にして説明します。",
    amount_yen=10_000,
    deliver_on=DUE_ON,
)
SCOPE = "珈琲豆の選び方の記事1本(3,000字)。構成案を含む。"


def upload(name: str = "記事.txt", content: bytes = "浅煎りは酸味、深煎りは苦味。".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# Jobs


def draft_job(*, client: Member | None = None, at: datetime = START, **changes) -> Job:
    client = client or cast.minato()
    day = "starts_on" if changes.get("format") in LASTING else "delivery_on"
    dates = {
        "delivery_on": None,
        "closes_on": jst_date(at) + timedelta(days=14),
        day: jst_date(at) + timedelta(days=29),
    }
    draft = replace(JOB, **{**dates, **changes})
    return jobs.write(client=client, draft=draft, request_key=uuid4(), by=by(client), at=at)


def open_job(*, client: Member | None = None, at: datetime = START, **changes) -> Job:
    job = draft_job(client=client, at=at, **changes)
    return jobs.publish(job=job, by=by(job.client), at=at)


def closed_job(*, client: Member | None = None, at: datetime = START, **changes) -> Job:
    job = open_job(client=client, at=at, **changes)
    return jobs.close(job=job, by=by(job.client), at=at)


def edited_job(job: Job | None = None, *, at: datetime = START, **changes) -> Job:
    """Published, then published with another title."""
    job = job or open_job(at=at)
    draft = replace(JobDraft.of(job), **({"title": "珈琲豆の選び方の記事(2本)"} | changes))
    return jobs.edit(job=job, draft=draft, by=by(job.client), at=at)


# Proposals


def proposal(job: Job | None = None, *, worker: Member | None = None, at: datetime = START, **changes) -> Proposal:
    job, worker = job or open_job(at=at), worker or cast.hanako()
    draft = replace(PROPOSAL, **{"deliver_on": jst_date(at) + timedelta(days=29), **changes})
    return sourcing.send(job=job, worker=worker, draft=draft, request_key=uuid4(), by=by(worker), at=at)


def revised(sent: Proposal | None = None, *, at: datetime = START, **changes) -> Proposal:
    """Sent, then for a lower amount."""
    sent = sent or proposal(at=at)
    draft = replace(ProposalDraft.of(sent), **({"amount_yen": 9_000} | changes))
    return sourcing.revise(proposal=sent, draft=draft, by=by(sent.worker), at=at)


def counter(
    sent: Proposal | None = None, *, amount_yen: int = 9_000, actor: Actor | None = None, at: datetime = START
) -> Counter:
    """The client suggests less, unless somebody else suggests something else."""
    sent = sent or proposal(at=at)
    return sourcing.counter(
        proposal=sent,
        amount_yen=amount_yen,
        deliver_on=sent.deliver_on,
        note="この金額ではいかがでしょうか。",
        request_key=uuid4(),
        by=actor or by(sent.job.client),
        at=at,
    )


# Contracts


def pieces(amounts: Sequence[int], due_on: date) -> list[contracts.MilestoneDraft]:
    return [
        contracts.MilestoneDraft(f"第{number}回の記事", amount_yen, due_on)
        for number, amount_yen in enumerate(amounts, start=1)
    ]


def offered(
    amounts: Sequence[int] = (10_000,),
    *,
    job: Job | None = None,
    worker: Member | None = None,
    due_on: date | None = None,
    at: datetime = START,
) -> Contract:
    sent = proposal(job, worker=worker, amount_yen=sum(amounts), at=at)
    due_on = due_on or jst_date(at) + timedelta(days=29)
    client = by(sent.job.client)
    return contracts.offer(proposal=sent, scope=SCOPE, milestones=pieces(amounts, due_on), by=client, at=at)


def agreed(amounts: Sequence[int] = (10_000,), *, at: datetime = START, **who) -> Contract:
    contract = offered(amounts, at=at, **who)
    return contracts.confirm(contract=contract, by=by(contract.worker), at=at)


def milestone(contract: Contract, position: int = 1) -> Milestone:
    """That milestone as it is now."""
    found = Milestone.objects.select_related("contract__client", "contract__worker", "hold")
    return found.get(contract=contract, position=position)


def pay(one: Milestone, *, card: str = SUCCESS, at: datetime = START) -> Payment:
    client = by(one.contract.client)
    payment = contracts.start_funding(milestone=one, request_key=uuid4(), by=client, at=at)
    return payments.charge(payment_id=payment.pk, card_token=card, by=client, at=at)


def funded(amounts: Sequence[int] = (10_000,), *, at: datetime = START, **who) -> Milestone:
    """The first milestone of a new contract, funded."""
    one = milestone(agreed(amounts, at=at, **who))
    pay(one, at=at)
    return milestone(one.contract)


def deliver(
    one: Milestone, *, at: datetime = START, files: Sequence = (), note: str = "よろしくお願いします。"
) -> Milestone:
    worker = by(one.contract.worker)
    contracts.deliver(milestone=one, note=note, files=files, request_key=uuid4(), by=worker, at=at)
    return milestone(one.contract, one.position)


def delivered(amounts: Sequence[int] = (10_000,), *, at: datetime = START, **who) -> Milestone:
    return deliver(funded(amounts, at=at, **who), at=at)


def accept(one: Milestone, *, at: datetime = START) -> Milestone:
    contracts.accept(milestone=one, by=by(one.contract.client), at=at)
    return milestone(one.contract, one.position)


def accepted(amounts: Sequence[int] = (10_000,), *, at: datetime = START, **who) -> Milestone:
    return accept(delivered(amounts, at=at, **who), at=at)


def handed_back(amounts: Sequence[int] = (10_000,), *, at: datetime = START, **who) -> Milestone:
    one = funded(amounts, at=at, **who)
    contracts.hand_back(milestone=one, by=by(one.contract.worker), at=at)
    return milestone(one.contract)


def propose_change(
    one: Milestone,
    due_on: date | None = DUE_ON + timedelta(days=7),
    *,
    added: Sequence[contracts.MilestoneDraft] = (),
    reason: str = "取材の日程が変わったため",
    by_worker: bool = True,
    request_key: UUID | None = None,
    at: datetime = START,
) -> TermsChange:
    """Propose another date for a milestone, milestones to add, or both."""
    side = one.contract.worker if by_worker else one.contract.client
    return contracts.propose_change(
        contract=one.contract,
        dates={one.pk: due_on} if due_on else {},
        added=added,
        reason=reason,
        request_key=request_key or uuid4(),
        by=by(side),
        at=at,
    )


def raised(amount_yen: int = 15_000, *, at: datetime = START) -> TermsChange:
    """Both agreed on a higher price of a funded milestone; the difference is not set aside yet."""
    one = funded(at=at)
    change = contracts.propose_change(
        contract=one.contract,
        prices={one.pk: amount_yen},
        reason="作業が増えたため",
        request_key=uuid4(),
        by=by(one.contract.client),
        at=at,
    )
    contracts.accept_change(change=change, by=by(one.contract.worker), at=at)
    return TermsChange.objects.select_related("contract__client", "contract__worker").get(pk=change.pk)


def top_up(change: TermsChange, *, card: str = SUCCESS, at: datetime = START) -> Payment:
    client = by(change.contract.client)
    payment = contracts.start_top_up(change=change, request_key=uuid4(), by=client, at=at)
    return payments.charge(payment_id=payment.pk, card_token=card, by=client, at=at)


def propose_end(
    one: Milestone, worker_amount_yen: int = 4_000, *, by_worker: bool = False, at: datetime = START
) -> EndProposal:
    """Propose to end the contract of a funded milestone, the only one with money in it."""
    side = one.contract.worker if by_worker else one.contract.client
    return contracts.propose_end(
        contract=one.contract,
        settlement={one.pk: worker_amount_yen},
        reason="企画が変わったため",
        request_key=uuid4(),
        by=by(side),
        at=at,
    )


def settled(worker_amount_yen: int = 4_000, *, at: datetime = START, **who) -> Milestone:
    one = funded(at=at, **who)
    end = propose_end(one, worker_amount_yen, at=at)
    contracts.accept_end(end=end, by=by(one.contract.worker), at=at)
    return milestone(one.contract)
