"""The clock of the pages stands where the story of `tests.walk` begins."""

from datetime import datetime

import pytest

from tests import walk


class PageClock:
    """What the edge of every request reads as now."""

    def __init__(self) -> None:
        self.now = walk.START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def page_clock(monkeypatch) -> PageClock:
    clock = PageClock()
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", clock)
    return clock
