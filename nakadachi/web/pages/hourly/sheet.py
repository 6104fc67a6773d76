"""The recorded times as a file for a spreadsheet."""

import csv
import io

from django.utils.translation import pgettext

from nakadachi.infra.sheets import safe_cell
from nakadachi.kernel.calendar import jst
from nakadachi.market.hourly import queries
from nakadachi.market.hourly.minutes import rate_on
from nakadachi.market.hourly.models import Engagement
from nakadachi.web.pages.hourly.words import clock


def file_name(engagement: Engagement) -> str:
    """Named after the contract."""
    return pgettext("hours", "times-%(number)s.csv") % {"number": engagement.contract_id}


def as_csv(engagement: Engagement) -> str:
    """One row a line, deleted ones left out: day, from, to, minutes, rate, how it was recorded, what became of it."""
    out = io.StringIO()
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            pgettext("csv", "Date"),
            pgettext("csv", "From"),
            pgettext("csv", "To"),
            pgettext("csv", "Minutes"),
            pgettext("csv", "Rate (yen an hour)"),
            pgettext("csv", "What was worked on"),
            pgettext("csv", "Recorded"),
            pgettext("csv", "Decision"),
        ]
    )
    for entry in queries.all_entries(engagement):
        day = jst(entry.started_at).date()
        writer.writerow(
            [
                day.isoformat(),
                clock(entry.started_at),
                clock(entry.ended_at, ends=True),
                entry.minutes_at(entry.ended_at or entry.started_at),
                rate_on(engagement.rates, day),
                safe_cell(entry.memo),
                str(entry.get_source_display()),
                str(entry.get_decision_display()),
            ]
        )
    return out.getvalue()
