"""The templates a worker keeps for the first two parts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakadachi.market.sourcing import actions, queries
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them, with their texts."""
    return render(request, "proposals/templates.html", {"rows": queries.templates_of(actor_of(request))})


@login_required
@require_POST
def remove(request: HttpRequest, template_id: int) -> HttpResponse:
    """Forget one."""
    template = queries.template_for(actor_of(request), template_id)
    actions.remove_template(template=template, by=actor_of(request), at=request.now)
    messages.success(request, _("The template was removed."))
    return redirect("proposals:templates")
