"""What stands in the way of closing an account: each with who must act, what it is about, and when it clears by itself.

Reads the present state and nothing else: the same member at the same moment has the same obstacles, whoever asks.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from nakadachi.closing import talks, tasks, words
from nakadachi.closing.obstacle import Obstacle, Text, Who
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.queries import milestones_of_holds
from nakadachi.market.contracts.timers import last_minute
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts import queries as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.people.models import Member
from nakadachi.trust.mediation import queries as mediation
from nakadachi.trust.mediation.models import Case


def obstacles_of(member: Member, at: datetime) -> list[Obstacle]:
    """All of them, those the member can resolve first; in a fixed number of queries."""
    found = [
        *_work(member),
        *_balance(member, at),
        *_offers(member),
        *_payouts(member),
        *_payments(member),
        *_refunds(member),
        *_jobs(member),
        *_proposals(member),
        *_disputes(member),
        *tasks.of(member),
        *talks.of(member),
        *_mediations(member),
    ]
    return sorted(found, key=lambda obstacle: obstacle.who != "you")


def over_by(obstacles: list[Obstacle]) -> datetime | None:
    """The day on which all would be over by themselves; unknown while one of them has no such day."""
    days = [obstacle.clears_by for obstacle in obstacles]
    return max((day for day in days if day is not None), default=None) if all(days) else None


def _jobs(member: Member) -> Iterator[Obstacle]:
    for job in Job.objects.filter(client=member, status=Job.Status.OPEN).exclude(format=Job.Format.TASK).order_by("pk"):
        clears_by = last_minute(job.closes_on)
        yield Obstacle(
            "job.open", job.title, words.JOB, "you", "jobs:detail", (job.pk,), words.CLOSE_JOB, None, clears_by
        )


def _proposals(member: Member) -> Iterator[Obstacle]:
    waiting = Proposal.objects.filter(worker=member, status=Proposal.Status.SENT).select_related("job")
    for one in waiting.order_by("pk"):
        yield Obstacle(
            "proposal.open", one.job.title, words.PROPOSAL, "you", "proposals:detail", (one.pk,), words.WITHDRAW
        )


def _offers(member: Member) -> Iterator[Obstacle]:
    offered = Contract.objects.filter(_side(member, ""), status=Contract.Status.OFFERED)
    for contract in offered.order_by("pk"):
        mine = contract.worker_id == member.pk
        yield Obstacle(
            "offer.waiting",
            contract.title,
            words.OFFER_TO_YOU if mine else words.OFFER_BY_YOU,
            "you" if mine else "other",
            "contracts:detail",
            (contract.pk,),
            words.ANSWER if mine else words.SEE_CONTRACT,
            contract.amount_yen,
            contract.answer_by,
        )


def _work(member: Member) -> Iterator[Obstacle]:
    pending = Milestone.objects.filter(
        _side(member, "contract__"),
        contract__status=Contract.Status.ACTIVE,
        status__in=[Milestone.Status.OPEN, Milestone.Status.DELIVERED],
    )
    unfunded: dict[int, Milestone] = {}
    for one in pending.select_related("contract", "hold").order_by("contract_id", "position"):
        if one.is_disputed:
            yield _frozen(one)
        elif one.is_claimed:
            continue
        elif one.status == Milestone.Status.DELIVERED:
            yield _delivered(one, is_client=one.contract.client_id == member.pk)
        elif one.is_funded:
            yield _funded(one, is_client=one.contract.client_id == member.pk)
        else:
            unfunded.setdefault(one.contract_id, one)
    between = Contract.objects.filter(_side(member, ""), status=Contract.Status.ACTIVE).exclude(
        milestones__status__in=[Milestone.Status.OPEN, Milestone.Status.DELIVERED]
    )
    for contract in [one.contract for one in unfunded.values()] + list(between.order_by("pk")):
        page = ("contracts:detail", (contract.pk,))
        yield Obstacle("contract.active", contract.title, words.CONTRACT, "you", *page, words.SEE_CONTRACT)


def _frozen(one: Milestone) -> Obstacle:
    page = ("contracts:detail", (one.contract_id,))
    return Obstacle(
        "escrow.frozen", _title(one), words.FROZEN, "card", *page, words.SEE_CONTRACT, amount_yen=one.amount_yen
    )


def _delivered(one: Milestone, *, is_client: bool) -> Obstacle:
    return Obstacle(
        "delivery.waiting",
        _title(one),
        words.DELIVERY_FOR_YOU if is_client else words.DELIVERY_OF_YOURS,
        "you" if is_client else "other",
        "contracts:acceptance" if is_client else "contracts:detail",
        (one.contract_id, one.pk) if is_client else (one.contract_id,),
        words.INSPECT if is_client else words.SEE_CONTRACT,
        one.amount_yen,
        one.auto_accept_at,
    )


def _funded(one: Milestone, *, is_client: bool) -> Obstacle:
    return Obstacle(
        "escrow.funded",
        _title(one),
        words.ESCROW_OF_CLIENT if is_client else words.ESCROW_OF_WORKER,
        "other" if is_client else "you",
        "contracts:detail",
        (one.contract_id,),
        words.SEE_CONTRACT if is_client else words.DELIVER_OR_HAND_BACK,
        one.amount_yen,
    )


def _payments(member: Member) -> Iterator[Obstacle]:
    waiting = list(Payment.objects.filter(payer=member, status="processing").order_by("pk"))
    pieces = milestones_of_holds([payment.purpose_id for payment in waiting])
    for payment in waiting:
        page = _page_of(pieces.get(payment.purpose_id))
        yield Obstacle(
            "payment.unsettled", words.CARD, words.PAYMENT, "provider", *page, words.SEE_CONTRACT, payment.amount_yen
        )


def _disputes(member: Member) -> Iterator[Obstacle]:
    """Objections to payments whose money has already left its hold; the others are in `_work`."""
    waiting = Dispute.objects.filter(payment__payer=member, status="open").select_related("payment")
    holds = {dispute.payment.purpose_id: dispute for dispute in waiting.order_by("pk")}
    pieces = milestones_of_holds(list(holds))
    for hold_id, dispute in holds.items():
        piece = pieces.get(hold_id)
        if piece is None or not piece.is_pending:
            page = _page_of(piece)
            yield Obstacle(
                "payment.disputed", words.CARD, words.DISPUTED, "card", *page, words.SEE_CONTRACT, dispute.amount_yen
            )


def _balance(member: Member, at: datetime) -> Iterator[Obstacle]:
    offer = payouts.offer_for(member.pk, at)
    if offer.balance_yen <= 0:
        return
    code = "balance.lt_min" if payouts.is_too_little(offer) else "balance.ge_min"
    sentence, page, remedy = words.BALANCE, "earnings:payouts:new", words.ASK_PAYOUT
    clears_by = None
    if code == "balance.lt_min":
        sentence, page, remedy = words.BALANCE_SMALL, "earnings:board", words.SEE_EARNINGS
    elif offer.account is None or offer.account.refused_at:
        sentence, page, remedy = words.BALANCE_NO_ACCOUNT, "settings:bank_new", words.REGISTER_ACCOUNT
    elif member.payout_mode == Member.PayoutMode.AUTO and offer.rest is None:
        sentence, clears_by = words.BALANCE_AUTO, last_minute(offer.pays_on)
    yield Obstacle(code, words.BALANCE_TITLE, sentence, "you", page, (), remedy, offer.balance_yen, clears_by)


def _mediations(member: Member) -> Iterator[Obstacle]:
    for case in mediation.of_member(member.pk):
        who, sentence = _whose_case(case, member)
        yield Obstacle(
            "mediation.open",
            case.contract.title,
            sentence,
            who,
            "mediation:detail",
            (case.pk,),
            words.SEE_MEDIATION,
            case.rest_yen,
            mediation.over_by(case),
        )


def _whose_case(case: Case, member: Member) -> tuple[Who, Text]:
    if case.status == Case.Status.TALKING:
        return "you", words.MEDIATION_TALK
    if case.status != Case.Status.DECIDED:
        return "operator", words.MEDIATION_RULING
    accepted = getattr(case, f"{case.side_of(member.pk)}_accepts")
    return ("other" if accepted else "you"), words.MEDIATION_ANSWER


def _payouts(member: Member) -> Iterator[Obstacle]:
    flying = Payout.objects.filter(member=member, status__in=payouts.IN_FLIGHT)
    for payout in flying.select_related("run").defer("run__file").order_by("pk"):
        yield Obstacle(
            "payout.transit",
            words.PAYOUT_TITLE,
            words.PAYOUT,
            "operator",
            "earnings:payouts:detail",
            (payout.pk,),
            words.SEE_PAYOUT,
            payout.pays_yen,
            last_minute(payouts.goes_with(payout)[1]),
        )


def _refunds(member: Member) -> Iterator[Obstacle]:
    waiting = Refund.objects.filter(payment__payer=member).exclude(status="settled").select_related("payment")
    refunds = list(waiting.order_by("pk"))
    pieces = milestones_of_holds([refund.payment.purpose_id for refund in refunds])
    for refund in refunds:
        is_stuck = refund.status == "refused"
        page = _page_of(pieces.get(refund.payment.purpose_id))
        sentence = words.REFUND_STUCK if is_stuck else words.REFUND
        who: Who = "operator" if is_stuck else "provider"
        yield Obstacle(
            "refund.transit", words.REFUND_TITLE, sentence, who, *page, words.SEE_CONTRACT, refund.amount_yen
        )


def _page_of(piece: Milestone | None) -> tuple[str, tuple[Any, ...]]:
    return ("contracts:detail", (piece.contract_id,)) if piece is not None else ("contracts:list", ())


def _side(member: Member, prefix: str) -> Q:
    return Q(**{f"{prefix}client": member}) | Q(**{f"{prefix}worker": member})


def _title(one: Milestone) -> str:
    return f"{one.contract.title} / {one.title}"
