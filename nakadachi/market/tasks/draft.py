"""What a client writes down for a task, as one value; the questions are added one by one."""

from dataclasses import dataclass, replace
from datetime import datetime

from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks.models import Task


@dataclass(frozen=True)
class TaskDraft:
    """The contents of a task besides its questions. `opens_at`: none means as soon as the money is there."""

    category: str
    title: str
    description: str
    price_yen: Yen
    slots_count: int
    closes_at: datetime
    minutes: int
    opens_at: datetime | None = None
    repeats_max: int = 1
    verified_only: bool = False
    certified_only: bool = False
    approval_bps_min: int | None = None
    is_instant: bool = False

    def tidied(self) -> "TaskDraft":
        """The same with texts as they are stored."""
        return replace(self, title=tidy_line(self.title), description=tidy_text(self.description))

    def posting(self) -> JobDraft:
        """The part of it that every posting has."""
        return JobDraft(
            format=Job.Format.TASK.value,
            category=self.category,
            title=self.title,
            description=self.description,
            budget_min_yen=self.price_yen,
            budget_max_yen=self.price_yen,
            closes_on=jst_date(self.closes_at),
        )

    def columns(self) -> dict[str, object]:
        """The part of it that only a task has."""
        return {name: getattr(self, name) for name in COLUMNS}

    @classmethod
    def of(cls, task: Task) -> "TaskDraft":
        """The contents as they stand."""
        job = task.job
        own = {name: getattr(task, name) for name in COLUMNS}
        return cls(category=job.category, title=job.title, description=job.description, **own)


COLUMNS = (
    "price_yen",
    "slots_count",
    "closes_at",
    "minutes",
    "opens_at",
    "repeats_max",
    "verified_only",
    "certified_only",
    "approval_bps_min",
    "is_instant",
)
