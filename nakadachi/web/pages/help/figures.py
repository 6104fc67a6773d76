"""The rulebook in words: rates of each format, payout days."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from nakadachi.money.rulebook import Rulebook
from nakadachi.money.rulebook.calendar import Run
from nakadachi.money.rulebook.model import FeeSchedule, Tiers
from nakadachi.web.ui.figures import percent, yen

FORMATS: dict[str, str | Promise] = {
    "project": gettext_lazy("Project"),
    "task": gettext_lazy("Task"),
    "hourly": gettext_lazy("Hourly"),
    "monthly": gettext_lazy("Monthly"),
}
LAST_OF_MONTH = 31


@dataclass(frozen=True)
class Rates:
    """One row of the fee table."""

    format: str
    label: str
    worker: list[str]
    client: list[str]


def rates(book: Rulebook, on: date) -> list[Rates]:
    """The fee table in force on a day."""
    return rates_of(book.schedule(on))


def rates_of(schedule: FeeSchedule) -> list[Rates]:
    """The table of one schedule, a row for each format."""
    return [
        Rates(name, str(FORMATS.get(name, name)), _tiers(fees.worker), _tiers(fees.client))
        for name, fees in schedule.formats.items()
    ]


def _tiers(tiers: Tiers) -> list[str]:
    """`16.5%`, or a line for each tier."""
    if len(tiers) == 1:
        return [percent(tiers[0].rate_bps) if tiers[0].rate_bps else pgettext("work", "None")]
    lines, floor_yen = [], 0
    for tier in tiers:
        figures = {"rate": percent(tier.rate_bps), "floor": yen(floor_yen), "ceiling": yen(tier.up_to_yen)}
        if tier.up_to_yen is None:
            lines.append(_("%(rate)s of what is above %(floor)s") % figures)
        elif floor_yen == 0:
            lines.append(_("%(rate)s up to %(ceiling)s") % figures)
        else:
            lines.append(_("%(rate)s of what is between %(floor)s and %(ceiling)s") % figures)
        floor_yen = tier.up_to_yen or floor_yen
    return lines


def payout_runs(book: Rulebook) -> list[str]:
    """`Closed on the 15th, paid on the last day of the month`, a line for each run."""
    return [_run(run) for run in book.payout.runs]


def _run(run: Run) -> str:
    last = run.closes_day == LAST_OF_MONTH
    closes = _("the end of the month") if last else _("the %(day)sth") % {"day": run.closes_day}
    return _("Confirmed by %(closes)s → paid on %(pays)s") % {"closes": closes, "pays": _pay_day(run)}


def _pay_day(run: Run) -> str:
    figures = {"day": run.pays_day, "months": run.pays_months_later}
    if run.pays_day == LAST_OF_MONTH:
        ends = (_("the last day of the same month"), _("the last day of the next month"))
        later = _("the last day, %(months)s months later")
    else:
        ends = (_("the %(day)sth of the same month"), _("the %(day)sth of the next month"))
        later = _("the %(day)sth, %(months)s months later")
    return (ends[run.pays_months_later] if run.pays_months_later < len(ends) else later) % figures
