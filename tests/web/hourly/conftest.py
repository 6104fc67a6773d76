"""The clock of the pages stands where the story of `tests.walk` begins."""

from tests.web.contracts.conftest import PageClock, page_clock

__all__ = ["PageClock", "page_clock"]
