"""The picture beside the name: choose one, or take it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nakadachi.kernel.refusal import Refused
from nakadachi.people import avatars
from nakadachi.web.pages.settings.forms import AvatarForm
from nakadachi.web.ui.answers import actor_of, keep_form

FORM = "settings/avatar.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """One file; what is wrong with it stands beside the field."""
    if request.method != "POST":
        return render(request, FORM, {"form": AvatarForm()})
    form = AvatarForm(request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, FORM, form, {})
    try:
        avatars.set_avatar(
            member=request.user, picture=form.cleaned_data["picture"], by=actor_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, FORM, form, {}, refused.refusal)
    messages.success(request, _("Your picture is shown now."))
    return redirect("settings:profile")


@login_required
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Back to the first letter."""
    avatars.remove_avatar(member=request.user, by=actor_of(request), at=request.now)
    messages.success(request, _("Your picture was removed."))
    return redirect("settings:profile")
