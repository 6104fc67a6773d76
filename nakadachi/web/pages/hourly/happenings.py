"""The history of hourly work in sentences, beside those of the contract."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from nakadachi.infra.events.models import Event
from nakadachi.web.pages.hourly.words import duration
from nakadachi.web.ui import figures


def _approved(event: Event) -> str:
    facts = {"time": duration(event.data.get("minutes", 0)), "amount": figures.yen(event.data.get("amount_yen", 0))}
    if not event.data.get("minutes"):
        return _("A week without recorded time is over")
    if event.actor_kind == "system":
        return _("A week was approved automatically: %(time)s, %(amount)s") % facts
    return _("%(who)s approved a week. The reward is confirmed")


def _reported(event: Event) -> str:
    time = {"time": duration(event.data.get("minutes", 0))}
    if event.actor_kind == "system":
        return _("The recorded times were reported automatically: %(time)s") % time
    return _("%(who)s reported a week")


def _finished(event: Event) -> str:
    if event.actor_kind == "system":
        return _("The work ended by rule, since it was not paid")
    return _("%(who)s ended the work. What was recorded is still approved and paid")


def _settled(event: Event) -> str:
    if event.data.get("claim_id"):
        return _("The money of a week was divided by the mediation")
    return _("A week was closed with the contract")


SENTENCES: dict[str, Callable[[Event], str]] = {
    "workweek.fund": lambda event: _("The money for a week is set aside"),
    "workweek.pay": lambda event: _("%(who)s paid for an approved week. The reward is confirmed"),
    "workweek.unpaid": lambda event: _("An approved week was not paid in time"),
    "workweek.skip": lambda event: _("A week did not begin, since it was not paid in"),
    "workweek.report": _reported,
    "workweek.send_back": lambda event: _("%(who)s sent lines of a week back"),
    "workweek.answer": lambda event: _("%(who)s answered the lines that were sent back"),
    "workweek.approve": _approved,
    "workweek.settle": _settled,
    "workweek.claim": lambda event: _("%(who)s asked the operator to mediate about a week. Its money is on hold"),
    "workweek.unclaim": lambda event: _("%(who)s took the mediation back. The work goes on"),
    "workweek.freeze": lambda event: _("The client's card company is deciding on an objection. The money is on hold"),
    "workweek.unfreeze": lambda event: _("The card company has decided. The work goes on"),
    "engagement.end_renewal": lambda event: _("%(who)s lets no further week follow. Those that are there go on"),
    "engagement.finish": _finished,
}


def _approved_unheld(event: Event) -> str:
    is_by_hand = event.data.get("minutes") and event.actor_kind != "system"
    return _("%(who)s approved a week. The reward is confirmed once it is paid") if is_by_hand else _approved(event)


UNHELD: dict[str, Callable[[Event], str]] = {"workweek.approve": _approved_unheld}
"""What is said otherwise where nothing is held."""
