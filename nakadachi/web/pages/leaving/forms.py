"""What one says when leaving. Forms only read; what is allowed is decided by the action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.closing import refusals
from nakadachi.closing.models import Closing
from nakadachi.web.ui.fields import RequestKeyField, TextField


class LeavingForm(forms.Form):
    """Why, which may stay empty; the consent; and what becomes of a balance that cannot be transferred."""

    request_key = RequestKeyField()
    reason = forms.ChoiceField(label=_("Reason for leaving"), choices=Closing.Reason.choices, required=False)
    reason_text = TextField(
        label=_("In your own words"),
        required=False,
        help_text=_("Read by nobody but the operator, and erased with your data."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    leaves_remainder = forms.BooleanField(
        label=_("My balance may stay behind. I can claim it later with the code of the receipt."), required=False
    )
    consents = forms.BooleanField(
        label=_("I have read what happens when I leave"),
        error_messages={"required": _(refusals.CONSENT_MISSING.sentence)},
    )

    def __init__(self, *arguments: object, has_remainder: bool, **named: object) -> None:
        super().__init__(*arguments, **named)
        if not has_remainder:
            del self.fields["leaves_remainder"]


class ConsentForm(forms.Form):
    """The consent about a balance alone, while leaving is reserved."""

    leaves_remainder = forms.BooleanField(required=False)
