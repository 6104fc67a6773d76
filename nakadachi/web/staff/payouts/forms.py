"""What the operator enters about runs and transfers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from nakadachi.kernel.money import BadYen, parse_yen
from nakadachi.money.payouts.actions.transferring import REASON_LENGTH_MAX
from nakadachi.money.payouts.models import ClosingRun
from nakadachi.web.ui.fields import DayField, RequestKeyField


class ClosingForm(forms.Form):
    """The closing day of the calendar."""

    closes_on = DayField(widget=forms.HiddenInput)


class ExtraForm(forms.Form):
    """A run outside the calendar, once per key."""

    request_key = RequestKeyField()


class SentForm(forms.Form):
    """The bank's own figures; the sum is typed, so that another file is noticed."""

    total = forms.CharField(
        label=pgettext_lazy("console", "Sum on the bank's page"),
        max_length=30,
        help_text=pgettext_lazy(
            "console", "As the bank shows it for the executed file. It must be the sum of this run."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bank_charge = forms.CharField(
        label=_("What the bank charged for the file"),
        max_length=30,
        help_text=_("By the bank's own figure, 0 if nothing."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, run: ClosingRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run

    def clean_total(self) -> int:
        """The sum of the run, to the yen."""
        try:
            total_yen = parse_yen(self.cleaned_data["total"], zero_ok=True)
        except BadYen:
            raise forms.ValidationError(pgettext("console", "Please enter the sum in yen.")) from None
        if total_yen != self.run.total_yen:
            raise forms.ValidationError(
                pgettext("console", "This is not the sum of this run. Please compare the file that the bank executed.")
            )
        return total_yen

    def clean_bank_charge(self) -> int:
        """Yen as people type them."""
        try:
            return parse_yen(self.cleaned_data["bank_charge"], zero_ok=True)
        except BadYen:
            raise forms.ValidationError(_("Please enter the bank's charge in yen, 0 or more.")) from None


class ReturnForm(forms.Form):
    """Why a transfer came back."""

    reason = forms.CharField(
        label=_("The bank's reason"),
        max_length=REASON_LENGTH_MAX,
        help_text=_("The member reads it, e.g. 口座名義相違, 該当口座なし."),
    )
