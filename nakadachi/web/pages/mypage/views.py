"""マイページ."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.market.contracts import queries as contracts
from nakadachi.web.pages.contracts.lists import running_rows
from nakadachi.web.pages.earnings.board import entries_page, own_account
from nakadachi.web.pages.earnings.outlook import outlook_of
from nakadachi.web.pages.mypage.cases import cases_of
from nakadachi.web.pages.mypage.hours import hours_rows
from nakadachi.web.pages.mypage.inbox import row_of
from nakadachi.web.pages.mypage.tasks import task_rows
from nakadachi.web.ui.answers import actor_of

RUNNING_SHOWN = 5
ENTRIES_SHOWN = 4
TODOS_SHOWN = 30
TODOS_FIRST = 6
"""As many lie open; further ones are folded, unless there is only one."""


@login_required
@require_safe
def mypage(request: HttpRequest) -> HttpResponse:
    """What waits, what runs, what came in, what is paid next; for a newcomer the first step of both roles."""
    actor = actor_of(request)
    waiting = contracts.todo_for(actor, request.now)
    cases = cases_of(request.user.pk, request.now)
    hours = [todo for _until, todo in hours_rows(request.user.pk, request.now)]
    about_tasks = task_rows(actor, request.now)
    found = [row_of(one, viewer_id=request.user.pk, now=request.now) for one in waiting[:TODOS_SHOWN]]
    todos = [*cases, *hours, *about_tasks, *found][:TODOS_SHOWN]
    first = todos if len(todos) == TODOS_FIRST + 1 else todos[:TODOS_FIRST]
    running = running_rows(actor, limit=RUNNING_SHOWN, now=request.now)
    entries = entries_page(own_account(request.user.pk), after="", limit=ENTRIES_SHOWN).rows
    outlook, _balance_yen = outlook_of(request.user, now=request.now)
    context = {
        "todos": first,
        "todos_folded": todos[len(first) :],
        "todos_count": len(waiting) + len(cases) + len(hours) + len(about_tasks),
        "running": running,
        "entries": entries,
        "outlook": outlook,
        "is_new": not (todos or running or entries),
    }
    return render(request, "mypage/home.html", context)
