"""The money of one contract, milestone by milestone: the frozen calculation and every journal that touched it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.money.ledger import queries as ledger
from nakadachi.web.pages.contracts.money import quote_of
from nakadachi.web.pages.earnings import words


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
    """For every milestone in order; all journals in two queries."""
    milestones = contracts.milestones_of(contract)
    hold_ids = [milestone.hold_id for milestone in milestones if milestone.hold_id]
    journals = ledger.journals_of("hold", hold_ids)
    lines = ledger.lines_of([head.journal_id for heads in journals.values() for head in heads])
    return [
        _proof(milestone, journals.get(milestone.hold_id or 0, ()), lines, viewer_id=viewer_id, now=now)
        for milestone in milestones
    ]


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
    opened = [
        OpenJournal(
            id=head.journal_id,
            on=head.effective_at,
            title=words.title_of(head.kind),
            lines=[words.line_of(line, viewer_id=viewer_id, hold=milestone.hold) for line in lines[head.journal_id]],
        )
        for head in heads
    ]
    return MilestoneProof(
        milestone=milestone,
        sums=words.sums_of(data["rates"], data),
        rule=quote.rule,
        source=quote.source,
        quoted_on=data["on"],
        frozen=milestone.hold is not None,
        journals=opened,
    )
