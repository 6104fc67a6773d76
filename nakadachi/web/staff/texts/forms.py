"""What writing and publishing a text asks."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.people.agreements.models import BODY_LENGTH_MAX, NOTE_LENGTH_MAX
from nakadachi.web.ui.fields import DayField

MARKS = pgettext_lazy(
    "console", "“## ” heading, “- ” list, “1. ” numbered, “| a | b |” table, “[words](/address)” link. No HTML."
)


class DraftForm(forms.Form):
    """Both languages of a text."""

    body_ja = forms.CharField(
        label=pgettext_lazy("console", "Japanese"),
        max_length=BODY_LENGTH_MAX,
        help_text=MARKS,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "ja"}),
    )
    body_en = forms.CharField(
        label=pgettext_lazy("console", "English"),
        max_length=BODY_LENGTH_MAX,
        help_text=MARKS,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "en"}),
    )


class PublishForm(forms.Form):
    """From which day, and what is told to members."""

    takes_effect_on = DayField(
        label=pgettext_lazy("console", "Takes effect on"),
        help_text=pgettext_lazy("console", "Members are asked to agree at their first login from that day on."),
    )
    note = forms.CharField(
        label=pgettext_lazy("console", "What changes, in a sentence"),
        required=False,
        max_length=NOTE_LENGTH_MAX,
        help_text=pgettext_lazy("console", "Shown to members beside the new version."),
    )
