"""The figures of a contract's page: what each milestone costs and brings, and when it is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import terms
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.money import rulebook
from nakadachi.money.rulebook import Part, Quote
from nakadachi.money.rulebook.model import Tier
from nakadachi.people.models import Member


@dataclass(frozen=True)
class Totals:
    """The figures of several milestones together, under the names of a quote."""

    amount_yen: int
    client_fee_yen: int
    client_pays_yen: int
    worker_fee_yen: int
    worker_receives_yen: int
    worker_fee_tax_yen: int
    client_fee_tax_yen: int
    withholding_yen: int
    worker_fee_bps: int | None
    client_fee_bps: int | None


@dataclass(frozen=True)
class PayDay:
    """When the reward is transferred; `accepted_on` when that still depends on an acceptance."""

    pays_on: date
    accepted_on: date | None


def quote_of(milestone: Milestone, *, now: datetime) -> Quote:
    """The quote frozen with the hold; before there is one, what the rule of the agreement (or of today) gives."""
    if milestone.hold is not None:
        return milestone.hold.terms
    return terms.quote_for(milestone.contract, milestone, jst_date(milestone.contract.agreed_at or now))


def totals_of(contract: Contract, milestones: Sequence[Milestone], *, now: datetime) -> Totals:
    """What the contract costs and brings in all: closed milestones as they ended, the others as agreed."""
    quotes = {milestone.pk: quote_of(milestone, now=now) for milestone in milestones}
    parts = [_part(contract, milestone, quotes[milestone.pk]) for milestone in milestones]
    rates = [quote.rates for quote in quotes.values()]
    return Totals(
        amount_yen=sum(part.amount_yen for part in parts),
        client_fee_yen=sum(part.client_fee_yen for part in parts),
        client_pays_yen=sum(part.client_pays_yen for part in parts),
        worker_fee_yen=sum(part.worker_fee_yen for part in parts),
        worker_receives_yen=sum(part.worker_receives_yen for part in parts),
        worker_fee_tax_yen=sum(part.worker_fee_tax_yen for part in parts),
        client_fee_tax_yen=sum(part.client_fee_tax_yen for part in parts),
        withholding_yen=sum(part.withholding_yen for part in parts),
        worker_fee_bps=_flat_bps([rate.worker_tiers for rate in rates]),
        client_fee_bps=_flat_bps([rate.client_tiers for rate in rates]),
    )


def _part(contract: Contract, milestone: Milestone, quote: Quote) -> Part:
    if milestone.hold is not None and milestone.hold.closed_at is not None:
        return quote.part(0, milestone.hold.released_yen)
    if contract.agreed_at is not None and not milestone.is_pending:
        return quote.part(0, 0)
    return quote.whole


def _flat_bps(tiers: Sequence[Sequence[Tier]]) -> int | None:
    """The rate, where one rate holds for everything."""
    rates = {tier.rate_bps for steps in tiers for tier in steps}
    return rates.pop() if len(rates) == 1 else None


def pay_day(contract: Contract, milestone: Milestone, *, member: Member, now: datetime) -> PayDay | None:
    """For the worker: the day of the transfer, as far as it can be named."""
    if contract.worker_id != member.pk or member.payout_mode != Member.PayoutMode.AUTO or contract.agreed_at is None:
        return None
    if milestone.accepted_at is not None:
        return PayDay(rulebook.payout_dates(jst_date(milestone.accepted_at))[1], None)
    if not milestone.is_pending:
        return None
    accepted = jst_date(milestone.auto_accept_at) if milestone.auto_accept_at else max(milestone.due_on, jst_date(now))
    return PayDay(rulebook.payout_dates(accepted)[1], accepted)
