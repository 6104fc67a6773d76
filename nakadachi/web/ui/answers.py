"""How views answer: kept forms with the refusal beside them, and the actor behind a request."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext

from nakadachi.infra.files import uploads
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal
from nakadachi.web.ui.file_field import FilesInput


def actor_of(request: HttpRequest) -> Actor:
    """The logged-in member, acting for themselves."""
    assert request.user.is_authenticated
    return Actor.member(request.user.pk)


def staff_of(request: HttpRequest) -> Actor:
    """The logged-in operator, acting as staff."""
    assert request.user.is_authenticated
    assert request.user.is_operator
    return Actor.staff(request.user.pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even if it was nothing at all; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language, figures filled in."""
    return gettext(refusal.sentence) % refusal.params if refusal.params else gettext(refusal.sentence)


def keep_form(
    request: HttpRequest, template: str, form: forms.Form, context: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """Show the form again with everything typed: 422 for bad input, the refusal's own status for a refusal."""
    keep_files(request, form)
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    status = refusal.status if refusal is not None else 422
    return render(request, template, {**context, "form": form}, status=status)


def keep_files(request: HttpRequest, form: forms.Form) -> None:
    """Before a form is shown again: what came with it is put aside, so that nobody chooses a file twice."""
    for name, field in form.fields.items():
        if isinstance(field.widget, FilesInput) and form.is_bound and request.user.is_authenticated:
            value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            field.widget.kept = uploads.keep(value, by=actor_of(request), at=request.now)
