"""What the operator's people write into an inquiry."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.trust.inquiries.models import TEXT_LENGTH_MAX
from nakadachi.web.ui.fields import RequestKeyField


class AnswerForm(forms.Form):
    """The answer."""

    request_key = RequestKeyField()
    text = forms.CharField(
        label=pgettext_lazy("console", "Answer"),
        max_length=TEXT_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=pgettext_lazy("console", "It goes out by mail as it stands, and stays readable on the site."),
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    request_key = RequestKeyField()
    text = forms.CharField(
        label=pgettext_lazy("console", "Internal note"),
        max_length=TEXT_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy("console", "Only the operator's people read it. It cannot be changed later."),
    )
