"""What must be true after every step, and at the end when everybody is silent. Counted from the rows anew."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, Sum

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, Nudge, TermsChange
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.market.jobs.models import Job
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.market.sourcing.models import Proposal
from nakadachi.market.tasks.lifecycle import UNDECIDED
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.escrow.models import HELD, Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts.models import Payout
from nakadachi.trust.mediation.models import OPEN, Case
from tests.market.state import assert_clean

OVER = ["accepted", "handed_back", "settled"]


def after_every_step() -> None:
    """The audit is clean, nothing is below zero, and money lies only where work is that it is for."""
    assert_clean()
    balances = balances_yen()
    assert min((yen for name, yen in balances.items() if name.startswith(("hold:", "member:"))), default=0) >= 0
    held = {f"hold:{hold.pk}": hold.balance_yen for hold in Hold.objects.filter(status__in=HELD)}
    assert {name: yen for name, yen in balances.items() if name.startswith("hold:")} == {
        name: yen for name, yen in held.items() if yen
    }
    assert not Milestone.objects.filter(status__in=OVER, hold__status__in=HELD).exists(), "work is over, money is held"
    over = Contract.objects.exclude(status__in=["offered", "active"])
    assert not Milestone.objects.filter(contract__in=over, hold__status__in=HELD).exists()
    assert not WorkWeek.objects.filter(engagement__contract__in=over, hold__status__in=HELD).exists()
    assert not Milestone.objects.filter(
        contract__in=over.exclude(agreed_at=None), status__in=["open", "delivered"]
    ).exists()
    everybody_got_what_was_said()


def balances_yen() -> dict[str, int]:
    return {row.account: row.balance_yen for row in ledger.trial_balance() if row.balance_yen}


def everybody_got_what_was_said() -> None:
    """What each finished piece paid, by how it ended; and what each worker has by the frozen prices."""
    for one in Milestone.objects.filter(status__in=OVER).select_related("hold"):
        released_yen = one.hold.released_yen if one.hold is not None else 0
        assert released_yen == _said_yen(one), f"{one}: {released_yen} released, {_said_yen(one)} were said"
    for week in WorkWeek.objects.filter(status="approved", hold__isnull=False).select_related("hold"):
        if week.engagement.holds_money or week.hold.status != "unfunded":
            assert week.hold.released_yen == week.approved_yen, f"{week}"
    expected: Counter[int] = Counter()
    for hold in Hold.objects.filter(payee__isnull=False, released_yen__gt=0):
        expected[hold.payee_id] += hold.terms.part(0, hold.released_yen).worker_receives_yen
    for claim in Claim.objects.filter(status="approved").select_related("task__hold"):
        expected[claim.worker_id] += claim.task.hold.terms.unit_parts(0, claim.task.price_yen, 1)[0].worker_receives_yen
    have = Counter({int(name[7:]): yen for name, yen in balances_yen().items() if name.startswith("member:")})
    have.update(dict(Payout.objects.values_list("member_id").annotate(sum=Sum("amount_yen"))))
    assert +have == +expected


def _said_yen(one: Milestone) -> int:
    """The gross reward of a finished milestone, by the event that finished it."""
    if one.status == "accepted":
        return one.amount_yen
    kind = "milestone.hand_back" if one.status == "handed_back" else "milestone.settle"
    event = Event.objects.filter(kind=kind, subject_id=one.pk).get()
    if event.data.get("by_rule"):
        return one.amount_yen if event.data["before"] == "delivered" else 0
    if event.data.get("paid"):
        return one.amount_yen
    return int(event.data.get("worker_amount_yen", 0))


# The end


def waiting() -> list[str]:
    """Everything that somebody could still be waiting for."""
    rows: list[tuple[type[Model], Q]] = [
        (Contract, Q(status__in=["offered", "active"])),
        (Milestone, Q(status__in=["open", "delivered"], contract__agreed_at__isnull=False)),
        (EndProposal, Q(status="open")),
        (TermsChange, Q(status__in=["open", "agreed"])),
        (Nudge, Q(status="open")),
        (Proposal, Q(status="chosen")),
        (MonthlyPlan, Q(status__in=["running", "leaving"])),
        (WorkWeek, Q(act_by__isnull=False) | Q(fund_by__isnull=False) | Q(pay_by__isnull=False)),
        (TimeEntry, Q(ended_at=None)),
        (Task, Q(status__in=["funded", "open", "closed"])),
        (Claim, Q(status__in=UNDECIDED)),
        (Slot, Q()),
        (Job, Q(status="open")),
        (Case, Q(status__in=OPEN)),
        (Dispute, Q(status="open")),
        (Payment, Q(status__in=PENDING)),
        (Refund, Q(status__in=["requested", "pending", "refused"])),
        (Hold, Q(status__in=HELD)),
    ]
    return [f"{thing!r} {getattr(thing, 'status', '')}" for model, which in rows for thing in _found(model, which)]


def _found(model: type[Model], which: Q) -> Any:
    return model._default_manager.filter(which)


def at_the_end(at: datetime) -> None:
    """Every hold is 0 and closed, nothing waits, nothing is due; every yen that came in has gone where it belongs."""
    left = waiting()
    assert left == [], left
    assert not [name for name in balances_yen() if name.startswith("hold:")]
    assert not any(timers.run(at=at).values()), "the clock has nothing left to do"
    after_every_step()
    came_yen = _sum(Payment.objects.filter(status="captured"), "amount_yen")
    holds = Hold.objects.all()
    back_yen = _sum(Refund.objects.filter(status__in=["settled", "charged_back"]), "amount_yen")
    taken_yen = _sum(holds, "charged_back_yen")
    balances = balances_yen()
    workers_yen = sum(yen for name, yen in balances.items() if name.startswith("member:"))
    fees_yen = sum(
        balances.get(name, 0) for name in ("fee_revenue_worker", "fee_revenue_client", "consumption_tax_payable")
    )
    assert came_yen == workers_yen + fees_yen + back_yen + taken_yen
    assert _sum(holds, "settled_yen") == workers_yen + fees_yen


def _sum(rows: Any, column: str) -> int:
    return rows.aggregate(sum=Sum(column))["sum"] or 0
