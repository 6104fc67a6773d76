"""What waits about tasks, as rows of 要対応."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakadachi.kernel.actor import Actor
from nakadachi.market.tasks import queries
from nakadachi.market.tasks.queries import Waiting
from nakadachi.web.pages.mypage.inbox import PRESSING
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import ToDo


def task_rows(actor: Actor, now: datetime) -> list[ToDo]:
    """The most pressing first."""
    return [_row(waiting, now) for waiting in queries.todo_for(actor)]


def _row(waiting: Waiting, now: datetime) -> ToDo:
    title, text, href, label = _words(waiting)
    assert waiting.until is not None
    tone = "warn" if waiting.until - now < PRESSING else "turn"
    due = _("by %(day)s") % {"day": figures.short_day(waiting.until)}
    return ToDo(title, text, href, label, tone, due)


def _words(waiting: Waiting) -> tuple[str, str, str, str]:
    facts = {"work": waiting.title, "count": waiting.count}
    if waiting.kind == "approve":
        title = ngettext("%(count)s answer waits for approval", "%(count)s answers wait for approval", waiting.count)
        text = _("“%(work)s”: what you do not look at is approved by itself.") % facts
        return title % facts, text, reverse("tasks:answers", args=[waiting.task_id]), _("Look at the answers")
    ids = [waiting.task_id, waiting.claim_id]
    if waiting.kind == "answer":
        text = _("“%(work)s”: a place is kept for you.") % facts
        return _("Please hand in your answer"), text, reverse("tasks:work", args=ids), _("Go on with the answer")
    text = _("“%(work)s”: read why. If you do not object, the rejection stands.") % facts
    return _("An answer was not approved"), text, reverse("tasks:answer", args=ids), _("Read the reason")
