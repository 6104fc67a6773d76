"""What stands in a paper under lock, in words and in the order in which one reads it."""

from typing import Any

from django.utils.translation import pgettext_lazy

from nakadachi.people.models import BankAccount, Member

NAMES = {
    "legal_form": pgettext_lazy("paper", "Individual or corporation"),
    "family_name": pgettext_lazy("paper", "Family name"),
    "given_name": pgettext_lazy("paper", "Given name"),
    "family_kana": pgettext_lazy("paper", "Family name (reading)"),
    "given_kana": pgettext_lazy("paper", "Given name (reading)"),
    "invoice_number": pgettext_lazy("paper", "Invoice number"),
    "bank_name": pgettext_lazy("paper", "Bank"),
    "bank_code": pgettext_lazy("paper", "Bank code"),
    "branch_name": pgettext_lazy("paper", "Branch"),
    "branch_code": pgettext_lazy("paper", "Branch code"),
    "kind": pgettext_lazy("paper", "Kind of account"),
    "number": pgettext_lazy("paper", "Account number"),
    "holder_kana": pgettext_lazy("paper", "Account holder"),
    "pays_yen": pgettext_lazy("paper", "Transferred, in yen"),
    "pays_on": pgettext_lazy("paper", "Transferred on"),
}


def lines_of(document: dict[str, Any]) -> list[tuple[str, Any]]:
    """Label and value; what has no word of its own is a code of the program and is left out."""
    return [(str(label), _said(name, document[name])) for name, label in NAMES.items() if name in document]


def _said(name: str, value: Any) -> Any:
    choices = {"legal_form": Member.LegalForm, "kind": BankAccount.Kind}.get(name)
    return dict(choices.choices).get(value, value) if choices else value
