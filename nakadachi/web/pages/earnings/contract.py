"""The money of one contract, milestone by milestone: the frozen calculation and every journal that touched it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.hourly import queries as hourly
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import queries as payments
from nakadachi.web.pages.contracts.money import quote_of
from nakadachi.web.pages.earnings import words
from nakadachi.web.pages.hourly.words import span


@dataclass(frozen=True)
class OpenJournal:
    """One journal with its lines in words."""

    id: int
    on: date
    title: str
    lines: list[words.Line]


@dataclass(frozen=True)
class MilestoneProof:
    """A milestone, how its figures came about, and what was booked so far."""

    milestone: Milestone
    sums: list[words.Sum]
    rule: str
    source: str
    quoted_on: str
    frozen: bool
    journals: list[OpenJournal]


def contract_proof(contract: Contract, *, viewer_id: int, now: datetime) -> list[MilestoneProof]:
    """For every milestone in order; the journals of its hold, and of refunds and disputes of what was paid for it."""
    milestones = contracts.milestones_of(contract)
    hold_ids = [milestone.hold_id for milestone in milestones if milestone.hold_id]
    journals = journals_of_holds(hold_ids)
    lines = ledger.lines_of([head.journal_id for heads in journals.values() for head in heads])
    return [
        _proof(milestone, journals.get(milestone.hold_id or 0, ()), lines, viewer_id=viewer_id, now=now)
        for milestone in milestones
    ]


@dataclass(frozen=True)
class WeekProof:
    """A week of hourly work: its frozen calculation and what was booked."""

    week: WorkWeek
    title: str
    sums: list[words.Sum]
    rule: str
    source: str
    quoted_on: str
    journals: list[OpenJournal]


def week_proofs(contract: Contract, *, viewer_id: int) -> list[WeekProof]:
    """For every week with money of its own, in order."""
    weeks = hourly.weeks_with_money(contract)
    journals = journals_of_holds([week.hold_id for week in weeks if week.hold_id is not None])
    lines = ledger.lines_of([head.journal_id for heads in journals.values() for head in heads])
    return [_week_proof(week, journals.get(week.hold_id or 0, ()), lines, viewer_id) for week in weeks]


def _week_proof(
    week: WorkWeek,
    heads: Sequence[ledger.JournalHead],
    lines: dict[int, tuple[ledger.JournalLine, ...]],
    viewer_id: int,
) -> WeekProof:
    assert week.hold is not None
    data = week.hold.terms.as_json()
    return WeekProof(
        week=week,
        title=span(week),
        sums=words.sums_of(data["rates"], data),
        rule=data["rule"],
        source=data["source"],
        quoted_on=data["on"],
        journals=[_open(head, lines, viewer_id=viewer_id, hold=week.hold) for head in heads],
    )


def _open(
    head: ledger.JournalHead, lines: dict[int, tuple[ledger.JournalLine, ...]], *, viewer_id: int, hold: Hold | None
) -> OpenJournal:
    return OpenJournal(
        id=head.journal_id,
        on=head.effective_at,
        title=words.title_of(head.kind),
        lines=[words.line_of(line, viewer_id=viewer_id, hold=hold) for line in lines[head.journal_id]],
    )


def journals_of_holds(hold_ids: Sequence[int]) -> dict[int, list[ledger.JournalHead]]:
    """Every journal of what was paid into several holds, oldest first, by hold id."""
    found = ledger.journals_of("hold", hold_ids)
    parts = payments.parts_of(escrow.PURPOSE, hold_ids)
    for kind in ("refund", "dispute"):
        holds = {part_id: hold_id for name, part_id, hold_id in parts if name == kind}
        for part_id, heads in (ledger.journals_of(kind, holds) if holds else {}).items():
            found.setdefault(holds[part_id], []).extend(heads)
    return {hold_id: sorted(heads, key=lambda head: head.journal_id) for hold_id, heads in found.items()}


def _proof(
    milestone: Milestone,
    heads: Sequence[ledger.JournalHead],
    lines: dict[int, tuple[ledger.JournalLine, ...]],
    *,
    viewer_id: int,
    now: datetime,
) -> MilestoneProof:
    quote = quote_of(milestone, now=now)
    data = quote.as_json()
    opened = [_open(head, lines, viewer_id=viewer_id, hold=milestone.hold) for head in heads]
    return MilestoneProof(
        milestone=milestone,
        sums=words.sums_of(data["rates"], data),
        rule=quote.rule,
        source=quote.source,
        quoted_on=data["on"],
        frozen=milestone.hold is not None,
        journals=opened,
    )
