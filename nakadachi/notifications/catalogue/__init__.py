"""Every sentence that notices are made of. An event without a row here stands in `silent.SILENT`, with the reason.

Words are read when the event is spread, so a row must not promise what may have changed since.
"""

from collections import defaultdict

from nakadachi.notifications.catalogue import (
    account,
    contracts,
    deliveries,
    hours,
    mediation,
    messages,
    money,
    monthly,
    proposals,
    tasks,
)
from nakadachi.notifications.catalogue.reminders import REMINDERS
from nakadachi.notifications.rows import Row

ROWS: tuple[Row, ...] = (
    *proposals.ROWS,
    *messages.ROWS,
    *contracts.ROWS,
    *monthly.ROWS,
    *deliveries.ROWS,
    *hours.ROWS,
    *mediation.ROWS,
    *money.ROWS,
    *tasks.ROWS,
    *account.ROWS,
)
OF_EVENT: dict[str, list[Row]] = defaultdict(list)
for _row in ROWS:
    OF_EVENT[_row.event].append(_row)
SENTENCES: dict[str, tuple[str, str]] = {
    **{row.kind: (row.title, row.text) for row in ROWS},
    **{reminder.kind: (reminder.title, reminder.text) for reminder in REMINDERS},
}
"""Title and text by the kind that notices keep."""
ALWAYS_MAILED = frozenset({row.kind for row in ROWS if row.must} | {reminder.kind for reminder in REMINDERS})
"""Kinds whose mails no decision about their group stops."""
