"""A change of the terms as pages show it: what moves from when to when, what is added and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.market.jobs.models import Job
from nakadachi.market.monthly import queries as monthly
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.money import rulebook
from nakadachi.money.escrow.adjusting import missing_yen
from nakadachi.money.escrow.models import Hold
from nakadachi.money.rulebook import Quote
from nakadachi.web.pages.jobs.differences import Line, lines_between


@dataclass(frozen=True)
class Moved:
    """One delivery date, before and after."""

    title: str
    before: date
    after: date


@dataclass(frozen=True)
class Priced:
    """One price, before and after, with what both sides pay and get then.

    Where the present price is set aside: what the client pays in besides, below zero what comes back, fee included.
    """

    title: str
    before_yen: int
    after_yen: int
    quote: Quote
    missing_yen: int

    @property
    def back_yen(self) -> int:
        """What goes back to the client."""
        return max(0, -self.missing_yen)


@dataclass(frozen=True)
class Rated:
    """Another price of a unit from a day on; of work by the month, `first_on` is the first month that costs it."""

    before_yen: int
    after_yen: int
    from_on: date
    first_on: date | None
    quote: Quote


@dataclass(frozen=True)
class Added:
    """One further milestone with what both sides pay and get."""

    title: str
    due_on: date
    quote: Quote


@dataclass(frozen=True)
class Changed:
    """All of a change."""

    moved: list[Moved]
    priced: list[Priced]
    added: list[Added]
    scope: list[Line]
    rated: Rated | None
    deadline: tuple[date, date] | None


def changed_by(change: TermsChange, milestones: Sequence[Milestone], *, now: datetime) -> Changed:
    """What a proposed change would do."""
    titles = {milestone.pk: milestone.title for milestone in milestones}
    holds = {milestone.pk: milestone.hold for milestone in milestones if milestone.is_funded}
    return Changed(
        moved=[
            Moved(titles[line["milestone_id"]], _day(line["before"]), _day(line["due_on"])) for line in change.dates
        ],
        priced=[
            Priced(
                titles[line["milestone_id"]],
                line["before"],
                line["amount_yen"],
                _quote(change.contract, line["amount_yen"], now),
                _missing_yen(holds.get(line["milestone_id"]), line["amount_yen"]),
            )
            for line in change.prices
        ],
        scope=lines_between(change.contract.scope, change.scope) if change.scope else [],
        rated=_rated(change, now),
        deadline=_deadline(change),
        added=[
            Added(line["title"], _day(line["due_on"]), _quote(change.contract, line["amount_yen"], now))
            for line in change.added
        ],
    )


def _missing_yen(hold: Hold | None, amount_yen: int) -> int:
    return missing_yen(hold, amount_yen) if hold is not None else 0


def _rated(change: TermsChange, now: datetime) -> Rated | None:
    rate = change.rate
    if rate is None:
        return None
    quote = _quote(change.contract, rate["amount_yen"], now)
    from_on = _day(rate["from_on"])
    return Rated(rate["before"], rate["amount_yen"], from_on, _first_month(change.contract, from_on), quote)


def _first_month(contract: Contract, from_on: date) -> date | None:
    if contract.format != Job.Format.MONTHLY:
        return None
    return monthly.first_month_at(MonthlyPlan.objects.get(contract=contract), from_on)


def _deadline(change: TermsChange) -> tuple[date, date] | None:
    """The deal deadline as it is, and as it would be."""
    ends_at = change.contract.deal_ends_at
    return (jst_date(ends_at), change.deal_ends_on) if ends_at and change.deal_ends_on else None


def _quote(contract: Contract, amount_yen: int, now: datetime) -> Quote:
    on = jst_date(contract.agreed_at or now)
    return rulebook.quote(service=contract.service, format=contract.format, amount_yen=amount_yen, on=on)


def _day(text: str) -> date:
    return date.fromisoformat(text)
