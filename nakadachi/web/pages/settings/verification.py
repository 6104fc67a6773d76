"""Identity and phone: what each means, where it stands, and the form that asks for it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.queries import standing_of
from nakadachi.people.verification.actions import PICTURES_MAX, ask_identity, ask_phone
from nakadachi.people.verification.models import SAID_LENGTH_MAX
from nakadachi.people.verification.queries import refusal_reason
from nakadachi.web.ui.answers import actor_of, keep_form, posted
from nakadachi.web.ui.file_field import FilesField

TONES = {"none": "plain", "asked": "warn", "confirmed": "good", "refused": "bad"}
TITLES = {
    "identity": pgettext_lazy("verification", "Identity"),
    "phone": pgettext_lazy("verification", "Phone"),
}


class IdentityForm(forms.Form):
    """Name and pictures of a document."""

    said = forms.CharField(
        label=gettext_lazy("Name as in the document"),
        max_length=SAID_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    files = FilesField(
        label=gettext_lazy("Pictures of the document"),
        required=True,
        count_max=PICTURES_MAX,
        help_text=gettext_lazy(
            "Driving licence, My Number card (front only), residence card or passport. Up to 3 pictures."
        ),
    )


class PhoneForm(forms.Form):
    """A number to be called at."""

    said = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=30,
        help_text=gettext_lazy("We call you once. It is never shown to other members."),
        widget=forms.TextInput(attrs={"autocomplete": "tel-national", "inputmode": "tel"}),
    )


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Both with where they stand, and whether the member is certified."""
    standing = standing_of(request.user.pk)
    rows = [_row(standing, what) for what in TITLES]
    return render(request, "settings/verification.html", {"rows": rows, "certified_at": standing.certified_at})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, what: str) -> HttpResponse:
    """Ask for one of them."""
    if what not in TITLES:
        raise NotVisible
    context = _row(standing_of(request.user.pk), what)
    form: forms.Form = {"identity": IdentityForm, "phone": PhoneForm}[what](posted(request), request.FILES or None)
    template = "settings/verification_ask.html"
    if request.method != "POST":
        return render(request, template, {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        _send(request, what, form.cleaned_data)
    except Refused as refused:
        return keep_form(request, template, form, context, refused.refusal)
    messages.success(request, _("We have received it and tell you the result."))
    return redirect("settings:verification")


def _send(request: HttpRequest, what: str, given: dict[str, Any]) -> None:
    who = {"member": request.user, "by": actor_of(request), "at": request.now}
    if what == "identity":
        ask_identity(name=given["said"], pictures=given["files"], **who)
    else:
        ask_phone(number=given["said"], **who)


def _row(standing: Standing, what: str) -> dict[str, Any]:
    status = getattr(standing, what)
    return {
        "what": what,
        "title": TITLES[what],
        "status": getattr(standing, f"get_{what}_display")(),
        "tone": TONES[status],
        "since": getattr(standing, f"{what}_at"),
        "is_asked": status == Standing.Check.ASKED,
        "reason": refusal_reason(standing.member_id, what) if status == Standing.Check.REFUSED else "",
        "can_ask": status in {Standing.Check.NONE, Standing.Check.REFUSED},
    }
