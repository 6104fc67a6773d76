"""Settings: the overview, profile, legal name, language, payouts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.money import rulebook
from nakadachi.people import actions
from nakadachi.people.invoicing import set_invoice_number
from nakadachi.people.queries import current_bank_account, member_for
from nakadachi.web.pages.settings.forms import InvoiceForm, LanguageForm, LegalNameForm, PayoutModeForm, ProfileForm
from nakadachi.web.pages.settings.overview import groups_for
from nakadachi.web.ui.answers import actor_of, keep_form, posted

Save = Callable[[dict[str, Any]], Any]


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything one can set, with what it is set to."""
    return render(request, "settings/home.html", {"groups": groups_for(request)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Display name and introduction."""
    form = ProfileForm(posted(request), initial=_columns(request.user, ProfileForm))
    return _edit(request, "settings/profile.html", form, actions.update_profile)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal_name(request: HttpRequest) -> HttpResponse:
    """The name that only written terms show."""
    form = LegalNameForm(posted(request), initial=_columns(request.user, LegalNameForm))
    return _edit(request, "settings/legal_name.html", form, actions.update_legal_name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invoice_number(request: HttpRequest) -> HttpResponse:
    """The registration number for qualified invoices, or that there is none."""
    number = request.user.invoice_number
    form = InvoiceForm(posted(request), initial={"registered": "yes" if number else "no", "number": number})
    return _edit(request, "settings/invoice.html", form, set_invoice_number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def payout_mode(request: HttpRequest) -> HttpResponse:
    """Automatic payouts, or only on request."""
    form = PayoutModeForm(posted(request), initial={"mode": request.user.payout_mode})
    closes_on, pays_on = rulebook.payout_dates(jst_date(request.now))
    context = {
        "closes_on": closes_on,
        "pays_on": pays_on,
        "minimum_yen": rulebook.current().payout.minimum_yen,
        "account": current_bank_account(request.user.pk),
    }
    return _edit(request, "settings/payout_mode.html", form, actions.set_payout_mode, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """The language of pages and mails; the pages follow by a cookie."""
    form = LanguageForm(posted(request), initial={"language": _language(request)})
    response = _edit(request, "settings/language.html", form, actions.set_language)
    if response.status_code == 302:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _edit(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    action: Callable[..., Any],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it was sent, do the one action with its fields and go back to the overview."""
    context = context or {}
    if request.method != "POST":
        return render(request, template, {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, template, form, context)
    member = member_for(actor_of(request), request.user.pk)
    try:
        action(member=member, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, template, form, context, refused.refusal)
    messages.success(request, _("Saved."))
    return redirect("settings:home")


def _columns(member: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(member, name) for name in form.base_fields}


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
