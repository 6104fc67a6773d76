"""What one is told on the site and by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nakadachi.notifications.groups import Group
from nakadachi.notifications.preferences import choices_of, decide
from nakadachi.web.ui.answers import actor_of

EXPLAINED = {
    Group.PROPOSALS: gettext_lazy("Proposals that come in, and what became of yours"),
    Group.MESSAGES: gettext_lazy("Messages that you have not read for some minutes, once until you look"),
    Group.CONTRACTS: gettext_lazy("Offers, agreements, endings"),
    Group.DELIVERIES: gettext_lazy("Deliveries, requests for changes"),
    Group.MONEY: gettext_lazy("Money set aside, rewards, refunds, payouts"),
    Group.ACCOUNT: gettext_lazy("Changes of your account"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """A line for each group, a box for each channel."""
    if request.method == "POST":
        decide(
            member_id=request.user.pk,
            site=request.POST.getlist("site"),
            mail=request.POST.getlist("mail"),
            by=actor_of(request),
        )
        messages.success(request, _("Saved."))
        return redirect("settings:notifications")
    lines = [(choice, EXPLAINED[choice.group]) for choice in choices_of(request.user.pk)]
    return render(request, "settings/notifications.html", {"lines": lines})
