"""What a client writes down for a job, as one value."""

from dataclasses import dataclass, replace
from datetime import date

from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.money import Yen


@dataclass(frozen=True)
class JobDraft:
    """The contents of a job. `char_rate_sen` is the pay per character in hundredths of a yen (文字単価)."""

    category: str
    title: str
    description: str
    budget_min_yen: Yen
    budget_max_yen: Yen
    closes_on: date
    delivery_on: date | None = None
    requirements: str = ""
    hires_max: int = 1
    no_experience_ok: bool = False
    beginner_welcome: bool = False
    continuing: bool = False
    char_rate_sen: int | None = None

    def tidied(self) -> "JobDraft":
        """The same with texts as they are stored."""
        return replace(
            self,
            title=tidy_line(self.title),
            description=tidy_text(self.description),
            requirements=tidy_text(self.requirements),
        )
