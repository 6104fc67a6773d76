"""What the operator answers the card company."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.web.ui.fields import TextField


class EvidenceForm(forms.Form):
    """What speaks for the payment."""

    evidence = TextField(
        label=_("What speaks for the payment"),
        help_text=_(
            "Facts in order: the agreed terms, the payment, deliveries with their dates, what the client said."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
