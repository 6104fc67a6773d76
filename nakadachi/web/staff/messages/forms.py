"""Why a thread is to be read."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.trust.messaging.policy import REASON_LENGTH_MAX


class ReasonForm(forms.Form):
    """What goes on record."""

    reason = forms.CharField(
        label=pgettext_lazy("console", "Why you need it"),
        max_length=REASON_LENGTH_MAX,
        help_text=pgettext_lazy("console", "Kept in the audit log with your name, e.g. the number of the inquiry."),
    )
