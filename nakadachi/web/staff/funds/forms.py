"""How much of the earned fees leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.money import BadYen, parse_yen
from nakadachi.web.ui.fields import RequestKeyField


class SweepForm(forms.Form):
    """An amount as people type it, once per key."""

    request_key = RequestKeyField()
    amount = forms.CharField(
        label=_("Amount to take out"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_amount(self) -> int:
        """Whole yen."""
        try:
            return parse_yen(self.cleaned_data["amount"])
        except BadYen:
            raise forms.ValidationError(_("Please enter the amount in yen, 1 or more.")) from None
