"""The clock of the pages stands where the story of `tests.walk` begins."""

import pytest

from tests import walk


@pytest.fixture(autouse=True)
def page_clock(monkeypatch) -> None:
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: walk.START)
