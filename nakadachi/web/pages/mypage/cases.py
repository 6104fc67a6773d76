"""Mediations that wait for something of the member, as rows of 要対応."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.trust.mediation import queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.sight import works_of
from nakadachi.web.pages.mypage.inbox import PRESSING
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import ToDo


def cases_of(member_id: int, now: datetime) -> list[ToDo]:
    """While the sides talk, and while there is a ruling that the member has not accepted; what ends first first."""
    waiting = [case for case in queries.of_member(member_id) if _waits_for(case, member_id)]
    works = works_of(waiting) if waiting else {}
    return [_row(case, works[case.pk], now) for case in waiting]


def _waits_for(case: Case, member_id: int) -> bool:
    if case.status == Case.Status.TALKING:
        return True
    return case.status == Case.Status.DECIDED and not getattr(case, f"{case.side_of(member_id)}_accepts")


def _row(case: Case, work: str, now: datetime) -> ToDo:
    facts = {"work": work}
    if case.status == Case.Status.TALKING:
        title = _("Please write in the mediation, or make an offer")
        text = _("“%(work)s”: when nothing is agreed by then, the operator rules.") % facts
    else:
        title = _("Please answer the ruling of the operator")
        text = _("“%(work)s”: without an appeal by then, it takes effect.") % facts
    assert case.due_at is not None
    tone = "warn" if case.due_at - now < PRESSING else "turn"
    due = _("by %(day)s") % {"day": figures.short_day(case.due_at)}
    return ToDo(title, text, reverse("mediation:detail", args=[case.pk]), _("To the mediation"), tone, due)
