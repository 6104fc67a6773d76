"""要対応 in words: each thing that waits, with its remedy beside it and its day in front of it."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.todos import ToDo as Waiting
from nakadachi.web.pages.earnings.board import work_words
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import ToDo

PRESSING = timedelta(days=2)


def row_of(waiting: Waiting, *, viewer_id: int, now: datetime) -> ToDo:
    """One row of the inbox."""
    if waiting.kind == "look_at_proposals":
        return _proposals(waiting)
    contract = waiting.contract
    assert contract is not None
    title, text, href, label = _words(waiting, contract, viewer_id)
    pressing = waiting.is_late or (waiting.until is not None and waiting.until - now < PRESSING)
    return ToDo(title, text, href, label, "warn" if pressing else "turn", _due(waiting))


def _due(waiting: Waiting) -> str:
    if waiting.until is None:
        return ""
    facts = {"day": figures.short_day(waiting.until)}
    return _("was due %(day)s") % facts if waiting.is_late else _("by %(day)s") % facts


def _proposals(waiting: Waiting) -> ToDo:
    assert waiting.job is not None
    title = ngettext("%(count)s proposal has come in", "%(count)s proposals have come in", waiting.count)
    return ToDo(
        title % {"count": waiting.count},
        _("“%(work)s”: read them and choose, or decline.") % {"work": waiting.job.title},
        reverse("proposals:of_job", args=[waiting.job.pk]),
        _("Read the proposals"),
    )


def _words(waiting: Waiting, contract: Contract, viewer_id: int) -> tuple[str, str, str, str]:
    """Title, text, address and label of the remedy."""
    facts = {
        "work": contract.title,
        "milestone": work_words(waiting.milestone) if waiting.milestone else "",
        "amount": figures.yen(waiting.milestone.amount_yen) if waiting.milestone else "",
        "other": contract.other_side(viewer_id).display_name,
    }

    def at(name: str, *ids: int) -> str:
        return reverse(f"contracts:{name}", args=[contract.pk, *ids])

    detail = at("detail")
    if waiting.kind == "answer_offer":
        text = _("“%(work)s” from %(other)s") % facts
        return _("Please answer an offer"), text, at("confirmation"), _("Read the terms")
    if waiting.kind == "answer_change":
        text = _("“%(work)s”: %(other)s proposes to change the terms.") % facts
        return _("Please answer a proposal to change the terms"), text, detail, _("Look at the change")
    if waiting.kind == "top_up":
        text = _("“%(work)s”: the higher price holds once the difference is set aside.") % facts
        return _("Please set the difference aside"), text, detail, _("Look at the change")
    if waiting.kind == "answer_end":
        text = _("“%(work)s”: %(other)s wishes to end it.") % facts
        return _("Please answer a proposal to end"), text, at("end_acceptance", waiting.end_id), _("See the division")
    assert waiting.milestone is not None
    milestone_id = waiting.milestone.pk
    if waiting.kind == "inspect":
        text = _("“%(milestone)s” by %(other)s. Without an answer it is accepted by itself.") % facts
        return _("Please inspect a delivery"), text, f"{detail}#milestone-{milestone_id}", _("Look at the delivery")
    if waiting.kind == "fund":
        text = _("“%(milestone)s”, %(amount)s. %(other)s starts after that.") % facts
        return _("Please set the money aside"), text, at("funding", milestone_id), _("Set the money aside")
    if waiting.kind == "revise":
        text = _("“%(milestone)s”: %(other)s asked for a revision.") % facts
        return _("Please revise and deliver again"), text, detail, _("Read the wish")
    text = _("“%(milestone)s”: %(amount)s is set aside.") % facts
    return _("Please deliver"), text, at("delivery", milestone_id), _("Deliver")
