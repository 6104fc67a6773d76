"""Open jobs made directly, as the index sees them: the actions of a posting are tested in tests/market."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nakadachi.market.jobs.models import Job
from nakadachi.people.models import Member
from nakadachi.search import indexing

OPENED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture
def client_member(db: None) -> Member:
    return Member.objects.create(email=f"{uuid4().hex}@example.jp", display_name="みなと", joined_at=OPENED)


@pytest.fixture
def post(client_member: Member) -> Callable[..., Job]:
    """`post("title", "text", budget_max_yen=…)`: an open job in the index; each later than the one before."""
    count = 0

    def make(title: str, description: str = "内容です。", *, index: bool = True, **columns: Any) -> Job:
        nonlocal count
        count += 1
        values = {
            "category": "writing",
            "budget_min_yen": 10_000,
            "budget_max_yen": 30_000,
            "closes_on": date(2026, 12, 1),
            "status": "open",
            "opened_at": OPENED + timedelta(hours=count),
            "created_at": OPENED,
        } | columns
        job = Job.objects.create(client=client_member, title=title, description=description, **values)
        if index:
            indexing.index_job(job.pk)
        return job

    return make
