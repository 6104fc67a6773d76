"""The take-home calculator."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.web.pages.help.figures import FORMATS
from nakadachi.web.ui.fields import YenField


class CalculatorForm(forms.Form):
    """An amount and a format; the address is the question and may be passed on."""

    amount = YenField(label=pgettext_lazy("money", "Contract amount (tax included)"))
    format = forms.ChoiceField(label=_("Way of working"), choices=list(FORMATS.items()), required=False)

    def clean_format(self) -> str:
        """The project format, unless another one was chosen."""
        return str(self.cleaned_data["format"] or "project")
