"""The way of a run, and which step comes next."""

from django.utils.translation import pgettext

from nakadachi.money.payouts.models import ClosingRun
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import Step, StepState


def of(run: ClosingRun) -> list[Step]:
    """Closed, file made, executed by the bank, marked as sent."""
    done = {"open": 1, "filed": 2, "sent": 4}[run.status]
    names = [
        (pgettext("console", "Run closed"), figures.short_day(run.closed_at)),
        (pgettext("console", "Make the file"), figures.short_day(run.filed_at)),
        (
            pgettext("console", "Executed by the bank"),
            pgettext("console", "by %(day)s") % {"day": figures.short_day(run.pays_on)},
        ),
        (pgettext("console", "Mark as sent"), figures.short_day(run.sent_at)),
    ]
    return [Step(label, _state(number, done), note) for number, (label, note) in enumerate(names)]


def _state(number: int, done: int) -> StepState:
    if number < done:
        return "done"
    return "now" if number == done else "todo"
