"""What the operator types about members."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.people.directory import WORDS_LENGTH_MAX


class SearchForm(forms.Form):
    """Words, and whether only suspended members are wanted."""

    q = forms.CharField(
        label=pgettext_lazy("console", "Number, mail address, display name or reading of the name"),
        max_length=WORDS_LENGTH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    suspended = forms.BooleanField(label=pgettext_lazy("console", "Suspended members only"), required=False)
