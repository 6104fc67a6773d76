"""What the operator writes about a refund."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.web.ui.fields import TextField


class TransferForm(forms.Form):
    """Why the operator gave it back by its own transfer, and to where."""

    note = TextField(
        label=_("Why, and to which account"),
        help_text=_("It stays in the audit log. Do not write whole account numbers; the last four digits are enough."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
