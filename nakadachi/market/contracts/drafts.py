"""What people write down for a contract, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.money import Yen


@dataclass(frozen=True)
class MilestoneDraft:
    """One piece of the work as the client offers it."""

    title: str
    amount_yen: Yen
    due_on: date

    def tidied(self) -> "MilestoneDraft":
        """The same with its title as it is stored."""
        return replace(self, title=tidy_line(self.title))


@dataclass(frozen=True)
class RateDraft:
    """単価交渉: another price of a unit, from a day on."""

    amount_yen: Yen
    from_on: date


@dataclass(frozen=True)
class ChangeDraft:
    """What one side proposes to change: days and prices by milestone id, further milestones, scope, rate, and a later
    day for the deal deadline."""

    dates: Mapping[int, date] = field(default_factory=dict)
    prices: Mapping[int, Yen] = field(default_factory=dict)
    added: Sequence[MilestoneDraft] = ()
    scope: str = ""
    rate: RateDraft | None = None
    deal_ends_on: date | None = None

    def tidied(self) -> "ChangeDraft":
        """The same with texts as they are stored."""
        return replace(self, added=[draft.tidied() for draft in self.added], scope=tidy_text(self.scope))

    @property
    def is_empty(self) -> bool:
        """True when nothing would change."""
        return not (self.dates or self.prices or self.added or self.scope or self.rate or self.deal_ends_on)
