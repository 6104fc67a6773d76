"""Agreeing to a new version: a page after the login, not a wall. Everything else stays open."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nakadachi.people.agreements import queries
from nakadachi.people.agreements.actions import accept
from nakadachi.web.ui.answers import actor_of, keep_form, posted


class AgreeForm(forms.Form):
    """One box."""

    agreed = forms.BooleanField(label=gettext_lazy("I have read them and agree"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """What is new, with links to read it, and the box; or on to where the member wanted to go."""
    onward = _onward(request)
    pending = queries.pending_for(request.user, request.now)
    if not pending:
        return redirect(onward)
    form = AgreeForm(posted(request))
    context = {"pending": pending, "onward": onward}
    if request.method != "POST":
        return render(request, "texts/agree.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "texts/agree.html", form, context)
    accept(member=request.user, texts=pending, by=actor_of(request), at=request.now)
    messages.success(request, _("Thank you. You have agreed to the new version."))
    return redirect(onward)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours and wanted.startswith("/") else reverse("mypage:home")
