"""What people write down for a contract, as values."""

from dataclasses import dataclass, replace
from datetime import date

from nakadachi.infra.text import tidy_line
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
