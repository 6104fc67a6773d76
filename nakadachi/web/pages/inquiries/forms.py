"""What somebody who asks types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.trust.inquiries.models import NAME_LENGTH_MAX, TEXT_LENGTH_MAX, Inquiry
from nakadachi.web.ui.fields import RequestKeyField


class AskForm(forms.Form):
    """The question. `website` is for machines: people do not see it."""

    request_key = RequestKeyField()
    category = forms.ChoiceField(
        label=pgettext_lazy("inquiry", "What it is about"),
        choices=Inquiry.Category.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=pgettext_lazy("inquiry", "Your question"),
        max_length=TEXT_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("When it happened and what the page showed helps us. Please write no passwords."),
    )
    website = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1"}))


class AskByMailForm(AskForm):
    """The same without an account."""

    name = forms.CharField(
        label=pgettext_lazy("inquiry", "Your name"),
        max_length=NAME_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=pgettext_lazy("inquiry", "Mail address"),
        max_length=254,
        help_text=_("We send a link there to confirm, and later our answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email", "category", "text")


class ReplyForm(forms.Form):
    """More words."""

    request_key = RequestKeyField()
    text = forms.CharField(
        label=pgettext_lazy("inquiry", "Write back"),
        max_length=TEXT_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def blank(request_values: Any) -> dict[str, Any]:
    """What a link may have filled in."""
    category = request_values.get("category", "")
    return {"category": category} if category in Inquiry.Category.values else {}
