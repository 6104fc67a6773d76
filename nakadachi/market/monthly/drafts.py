"""What a client writes down for an offer by the month, as one value."""

from dataclasses import dataclass, replace
from datetime import date

from nakadachi.infra.text import tidy_line


@dataclass(frozen=True)
class PlanDraft:
    """`on_the_first`: months are calendar months, so the first is a part of one unless it begins on the 1st."""

    month_scope: str
    starts_on: date
    notice_days: int
    on_the_first: bool = False

    @property
    def anchor_day(self) -> int:
        """The day on which a month begins."""
        return 1 if self.on_the_first else self.starts_on.day

    def tidied(self) -> "PlanDraft":
        """The same with its line as it is stored."""
        return replace(self, month_scope=tidy_line(self.month_scope))
