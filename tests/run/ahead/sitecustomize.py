"""Read by Python when it starts, where this folder stands on its path: the clock of the process runs ahead.

By how many seconds stands in the file that `CLOCK_AHEAD` names, read anew each time somebody looks. That is the one
clock of the program, and those of Python and Django for what packages keep in sessions. Nothing else is touched: rules,
pages, jobs and timers are those that everybody runs.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from nakadachi.infra import clock

_file, _real_now, _real_time = Path(os.environ["CLOCK_AHEAD"]), clock.now, time.time


def _seconds() -> int:
    return int(_file.read_text())


def now() -> datetime:
    """Aware, in UTC, as the program's own."""
    return _real_now() + timedelta(seconds=_seconds())


clock.now = timezone.now = now
time.time = lambda: _real_time() + _seconds()
