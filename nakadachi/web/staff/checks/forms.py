"""The verdict."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.people.standing.models import REASON_LENGTH_MAX


class VerdictForm(forms.Form):
    """Confirmed, or not and why."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("console", "Result"),
        choices=[
            ("confirm", pgettext_lazy("console", "Everything agrees: confirm")),
            ("refuse", pgettext_lazy("console", "It cannot be confirmed")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=pgettext_lazy("console", "Reason, when it cannot be confirmed"),
        max_length=REASON_LENGTH_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy("console", "The member reads it: what is missing, and what to send."),
    )
