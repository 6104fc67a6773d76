"""The bank account for payouts: look for the bank, then the branch, fill in, look it over, register.

Every step is a plain address, so that it works without JavaScript; with it the lists and the kana preview follow the
typing.
"""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.infra.text import digits
from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.people import actions, banks
from nakadachi.people.kana import BadKana, holder_form
from nakadachi.people.models import BankAccount
from nakadachi.people.policy import bad_holder
from nakadachi.people.queries import current_bank_account, member_for
from nakadachi.web.pages.settings.forms import BankAccountForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

_WORDS_LENGTH_MAX = 60


@login_required
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The account that payouts go to now."""
    return render(request, "settings/bank.html", {"account": current_bank_account(request.user.pk)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account")
def new(request: HttpRequest) -> HttpResponse:
    """One step of registering an account, by what is known so far."""
    if request.method == "POST":
        return _register(request)
    bank = banks.bank(request.GET.get("bank_code", ""))
    branch = banks.branch(bank.code, request.GET.get("branch_code", "")) if bank else None
    words = request.GET.get("words", "")[:_WORDS_LENGTH_MAX]
    if bank is None:
        return _choose(request, "bank", {"words": words, "found": banks.search_banks(words)})
    if branch is None:
        found = banks.search_branches(bank.code, words)
        return _choose(request, "branch", {"bank": bank, "words": words, "found": found})
    form = BankAccountForm(initial={"bank_code": bank.code, "branch_code": branch.code})
    return render(request, "settings/bank_form.html", {"form": form, "bank": bank, "branch": branch})


@login_required
@require_safe
def kana(request: HttpRequest) -> HttpResponse:
    """The fragment under the holder field: how the bank will print it, or what to change."""
    return render(request, "settings/bank_kana.html", _preview(request.GET.get("holder", "")))


def _choose(request: HttpRequest, what: str, context: dict[str, Any]) -> HttpResponse:
    template = "settings/bank_found.html" if request.htmx else "settings/bank_choose.html"
    return render(request, template, {**context, "what": what})


def _register(request: HttpRequest) -> HttpResponse:
    form = BankAccountForm(request.POST)
    bank = banks.bank(request.POST.get("bank_code", ""))
    branch = banks.branch(bank.code, request.POST.get("branch_code", "")) if bank else None
    if bank is None or branch is None:
        return redirect("settings:bank_new")
    context = {"bank": bank, "branch": branch, **_preview(request.POST.get("holder", ""))}
    if request.POST.get("step") == "back":
        return render(request, "settings/bank_form.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "settings/bank_form.html", form, context)
    if request.POST.get("step") != "register":
        return _look_over(request, form, context)
    try:
        _save(request, form)
    except Refused as refused:
        return keep_form(request, "settings/bank_form.html", form, context, refused.refusal)
    messages.success(request, _("Your bank account is registered."))
    return redirect("settings:bank")


def _look_over(request: HttpRequest, form: BankAccountForm, context: dict[str, Any]) -> HttpResponse:
    """The page before registering. What the action would refuse is said here already."""
    number = digits(form.cleaned_data["number"])
    refusal: Refusal | None = context["refusal"]
    if refusal is None and not (number.isascii() and number.isdigit() and len(number) <= actions.NUMBER_DIGITS):
        refusal = actions.BAD_NUMBER
    if refusal is not None:
        return keep_form(request, "settings/bank_form.html", form, context, refusal)
    shown = {"number": number.zfill(actions.NUMBER_DIGITS), "kind": BankAccount.Kind(form.cleaned_data["kind"]).label}
    return render(request, "settings/bank_confirm.html", {**context, **shown, "form": form})


def _save(request: HttpRequest, form: BankAccountForm) -> None:
    member = member_for(actor_of(request), request.user.pk)
    actions.register_bank_account(member=member, **form.cleaned_data, by=actor_of(request), at=request.now)


def _preview(holder: str) -> dict[str, Any]:
    if not holder.strip():
        return {"printed": "", "refusal": None}
    try:
        return {"printed": holder_form(holder), "refusal": None}
    except BadKana as problem:
        refusal = bad_holder(problem)
        return {"printed": "", "refusal": refusal, "refusal_text": sentence(refusal)}
