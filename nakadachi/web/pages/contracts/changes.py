"""A change of the terms as pages show it: what moves from when to when, what is added and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.money import rulebook
from nakadachi.money.rulebook import Quote


@dataclass(frozen=True)
class Moved:
    """One delivery date, before and after."""

    title: str
    before: date
    after: date


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
    added: list[Added]


def changed_by(change: TermsChange, milestones: Sequence[Milestone], *, now: datetime) -> Changed:
    """What a proposed change would do."""
    titles = {milestone.pk: milestone.title for milestone in milestones}
    return Changed(
        moved=[
            Moved(titles[line["milestone_id"]], _day(line["before"]), _day(line["due_on"])) for line in change.dates
        ],
        added=[
            Added(line["title"], _day(line["due_on"]), _quote(change.contract, line["amount_yen"], now))
            for line in change.added
        ],
    )


def _quote(contract: Contract, amount_yen: int, now: datetime) -> Quote:
    on = jst_date(contract.agreed_at or now)
    return rulebook.quote(service=contract.service, format=contract.format, amount_yen=amount_yen, on=on)


def _day(text: str) -> date:
    return date.fromisoformat(text)
