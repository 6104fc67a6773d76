"""The one place that reads the clock. Only `web/`, commands and the edges of background jobs may call it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
