"""How long somebody waits after too many tries, and until what time that is."""

from datetime import datetime, timedelta

from nakadachi.kernel.calendar import jst

TOO_MANY_SECONDS = 300
"""How long the counters of `ACCOUNT_RATE_LIMITS` remember a try."""
A_MINUTE = timedelta(minutes=1)


def clock_after(at: datetime, seconds: int = TOO_MANY_SECONDS) -> str:
    """The minute on a Japanese clock from which one may try again, so long after `at`: 14:05. Never too early."""
    over = jst(at + timedelta(seconds=seconds))
    full = over.replace(second=0, microsecond=0)
    return f"{full if full == over else full + A_MINUTE:%H:%M}"
