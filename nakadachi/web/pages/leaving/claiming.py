"""Claiming what stayed behind, without an account: the receipt's code and a bank account, looked over, then sent."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nakadachi.closing import actions
from nakadachi.infra.text import digits
from nakadachi.kernel.refusal import Refused
from nakadachi.money.payouts.queries import goes_with
from nakadachi.people import banks
from nakadachi.people.models import BankAccount
from nakadachi.web.ui.answers import keep_form
from nakadachi.web.ui.fields import LineField, RequestKeyField

PAGE = "leaving/claim.html"


class ClaimForm(forms.Form):
    """As it stands on the receipt and in the passbook."""

    request_key = RequestKeyField()
    code = LineField(label=_("Code of the receipt"), help_text=_("e.g. 12-ABCD-EFGH-IJKL-MNOP"))
    bank_code = LineField(label=_("Bank code"), help_text=_("Four digits, e.g. 0001"))
    branch_code = LineField(label=_("Branch number"), help_text=_("Three digits, e.g. 240"))
    kind = forms.ChoiceField(label=_("Kind of account"), choices=BankAccount.Kind.choices)
    number = LineField(label=_("Account number"), help_text=_("Up to seven digits"))
    holder = LineField(label=_("Account holder in kana"), help_text=_("As in the passbook"))

    def clean_bank_code(self) -> str:
        """Full-width digits are digits."""
        return digits(self.cleaned_data["bank_code"])

    def clean_branch_code(self) -> str:
        """Full-width digits are digits."""
        return digits(self.cleaned_data["branch_code"])


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """The form; the same with the names of bank and branch beside it; then the day of the transfer."""
    if request.method != "POST":
        return render(request, PAGE, {"form": ClaimForm()})
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, {})
    bank = banks.bank(form.cleaned_data["bank_code"])
    branch = banks.branch(bank.code, form.cleaned_data["branch_code"]) if bank else None
    context = {"bank": bank, "branch": branch}
    if bank is not None and branch is not None and request.POST.get("step") != "send":
        return render(request, PAGE, {**context, "form": form, "is_looked_over": True})
    try:
        payout = actions.claim(**form.cleaned_data, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    return render(request, PAGE, {"payout": payout, "pays_on": goes_with(payout)[1]})
