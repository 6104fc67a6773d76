"""The client sets the whole sum aside, in the steps that every kind of work is paid in."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import Refusal
from nakadachi.market.tasks import actions, policy
from nakadachi.market.tasks.models import Task
from nakadachi.web.pages.paying import steps
from nakadachi.web.pages.paying.steps import Purchase
from nakadachi.web.pages.tasks.common import figures, own_task, refused_back
from nakadachi.web.ui.answers import actor_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, task_id: int) -> HttpResponse:
    """What it costs, which card, one button."""
    task = own_task(request, task_id)
    purchase = _purchase(request, task)
    actor = actor_of(request)
    if request.method == "POST":
        start = partial(actions.start_funding, task=task, by=actor, at=request.now)
        return steps.pay(request, purchase, lambda key: start(request_key=key), partial(_refused, request, task))
    if refusal := policy.can_fund(actor, task, request.now):
        return refused_back(task, request, refusal)
    return steps.show(request, purchase)


@login_required
@require_safe
def result(request: HttpRequest, task_id: int, payment_id: int) -> HttpResponse:
    """What came of one attempt."""
    return steps.result(request, _purchase(request, own_task(request, task_id)), payment_id)


@login_required
@require_POST
def cancellation(request: HttpRequest, task_id: int, payment_id: int) -> HttpResponse:
    """The client wants to pay in another way."""
    return steps.give_up(request, _purchase(request, own_task(request, task_id)), payment_id)


def _purchase(request: HttpRequest, task: Task) -> Purchase:
    ids = [task.pk]
    context = figures(request, task)
    opens = task.opens_at is not None and task.opens_at > request.now
    return Purchase(
        pay_url=reverse("tasks:funding", args=ids),
        back_url=reverse("tasks:detail", args=ids),
        back_label=_("Back to the task"),
        result_url=lambda payment_id: reverse("tasks:funding_result", args=[*ids, payment_id]),
        give_up_url=lambda payment_id: reverse("tasks:funding_cancellation", args=[*ids, payment_id]),
        pay_template="tasks/funding.html",
        result_template="tasks/funding_result.html",
        context={**context, "quote": context["sum_quote"]},
        done=_("The money is set aside. The task opens at its time.") if opens else _("The task is open."),
        hold_id=task.hold_id,
    )


def _refused(request: HttpRequest, task: Task, refusal: Refusal) -> HttpResponse | None:
    """Paid in the meantime: the task's page says so."""
    now = own_task(request, task.pk)
    return refused_back(now, request, refusal) if now.status != Task.Status.DRAFT else None
