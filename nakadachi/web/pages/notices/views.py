"""The list, and the two things one does with it: open a notice, mark all as read."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from nakadachi.notifications import actions, queries
from nakadachi.notifications.groups import Group
from nakadachi.notifications.models import Notice
from nakadachi.notifications.wording import address_of, names_in, text_of, title_of
from nakadachi.web.ui.answers import actor_of


@dataclass(frozen=True)
class Shown:
    """A notice in words."""

    pk: int
    title: str
    text: str
    group: str
    at: datetime
    is_unread: bool


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Newest first, of one group or of all."""
    actor, group = actor_of(request), request.GET.get("group", "")
    group = group if group in Group.values else ""
    page = queries.notices_of(actor, group=group, after=request.GET.get("after", ""))
    tabs = [(pgettext("notices", "All"), "", not group)]
    tabs += [(str(one.label), one.value, one.value == group) for one in Group]
    names = names_in(page.rows)
    context = {
        "page": page,
        "notices": [_shown(notice, names) for notice in page.rows],
        "tabs": tabs,
        "group": group,
        "newest_id": queries.newest_id(actor) if page.rows else 0,
    }
    return render(request, "notices/list.html", context)


@login_required
@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark as read, and go where it leads."""
    actor = actor_of(request)
    notice = actions.open_notice(notice=queries.notice_for(actor, notice_id), by=actor, at=request.now)
    return redirect(address_of(notice))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything that stood on the page is read."""
    until = request.POST.get("until", "")
    until_id = int(until) if until.isascii() and until.isdigit() and len(until) < 19 else 0
    actions.read_all(by=actor_of(request), at=request.now, until_id=until_id)
    return redirect("notices:list")


def _shown(notice: Notice, names: dict[int, str]) -> Shown:
    return Shown(
        notice.pk,
        title_of(notice),
        text_of(notice, names),
        notice.get_group_display(),
        notice.at,
        notice.read_at is None,
    )
