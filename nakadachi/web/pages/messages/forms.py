"""What one writes."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.web.ui.fields import RequestKeyField, TextField
from nakadachi.web.ui.file_field import FilesField


class MessageForm(forms.Form):
    """Words, files, or both. `seen` is the last message that the page showed."""

    request_key = RequestKeyField()
    seen = forms.CharField(required=False, max_length=19, widget=forms.HiddenInput)
    text = TextField(
        label=pgettext_lazy("messages", "Message"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = FilesField(label=_("Files"))

    def seen_id(self) -> int:
        """0 for what is no number."""
        return number(self.cleaned_data["seen"])


def number(text: str) -> int:
    """The id in an address or a hidden field; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
