"""What the operator decided, with dates: fee schedules, timers, the payout calendar, the tax tables.

Owns `presets/*.toml`; pure Python without tables, so that a price can be named before anything runs.
Invariants: a file with an unknown key, overlapping periods or a waiting time that would break the 60 days of the
Freelance Act is not loaded; a `Quote` carries everything it was computed from, so that it can be computed again for
ever; the parts of a quote always add up to the whole.
"""

from nakadachi.money.rulebook.calendar import PayoutCalendar
from nakadachi.money.rulebook.loading import current, preset, services
from nakadachi.money.rulebook.model import BadRulebook, NoRule, Rulebook, TaskRules, Timers
from nakadachi.money.rulebook.quoting import Part, Quote, Withholding, payout_dates, quote

__all__ = [
    "BadRulebook",
    "NoRule",
    "Part",
    "PayoutCalendar",
    "Quote",
    "Rulebook",
    "TaskRules",
    "Timers",
    "Withholding",
    "current",
    "payout_dates",
    "preset",
    "quote",
    "services",
]
