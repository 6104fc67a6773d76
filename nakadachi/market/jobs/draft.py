"""What a client writes down for a job, as one value."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.money import Yen
from nakadachi.market.jobs.models import LASTING, Job


@dataclass(frozen=True)
class JobDraft:
    """The contents of a job. `char_rate_sen` is the pay per character in hundredths of a yen (文字単価).

    The budget is per job, per hour or per month by `format`; `hours_per_week` are expected of hourly work, and
    `month_scope` says what a month's sum is for.
    """

    category: str
    title: str
    description: str
    budget_min_yen: Yen
    budget_max_yen: Yen
    closes_on: date
    format: str = Job.Format.PROJECT.value
    delivery_on: date | None = None
    starts_on: date | None = None
    hours_per_week: int | None = None
    month_scope: str = ""
    requirements: str = ""
    hires_max: int = 1
    no_experience_ok: bool = False
    beginner_welcome: bool = False
    continuing: bool = False
    char_rate_sen: int | None = None

    @property
    def is_lasting(self) -> bool:
        """As that of the job."""
        return self.format in LASTING

    def tidied(self) -> "JobDraft":
        """The same with texts as they are stored."""
        return replace(
            self,
            title=tidy_line(self.title),
            month_scope=tidy_line(self.month_scope),
            description=tidy_text(self.description),
            requirements=tidy_text(self.requirements),
        )

    def as_json(self) -> dict[str, Any]:
        """As it is kept in a version: days as ISO dates."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def of_json(cls, contents: dict[str, Any]) -> "JobDraft":
        """Read back from a version; what else stands there is left out."""
        values = {field.name: contents[field.name] for field in fields(cls) if field.name in contents}
        for name in ("closes_on", "delivery_on", "starts_on"):
            if values.get(name):
                values[name] = date.fromisoformat(values[name])
        return cls(**values)

    @classmethod
    def of(cls, job: Job) -> "JobDraft":
        """The contents of a job as they stand."""
        return cls(**{field.name: getattr(job, field.name) for field in fields(cls)})
