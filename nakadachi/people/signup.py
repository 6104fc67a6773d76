"""The registration form: display name beside what allauth asks."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.text import tidy_line
from nakadachi.people.models import DISPLAY_NAME_LENGTH_MAX, Member
from nakadachi.people.policy import name_refusal


class SignupForm(forms.Form):
    """Extra fields of the registration page. allauth calls `signup` with the new member."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=DISPLAY_NAME_LENGTH_MAX,
        help_text=_("This is what other members see. It need not be your legal name."),
    )

    def clean_display_name(self) -> str:
        """One line without invisible characters."""
        typed = self.cleaned_data["display_name"]
        if refusal := name_refusal(typed):
            raise forms.ValidationError(gettext(refusal.sentence) % refusal.params)
        return tidy_line(typed)

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Nothing more to do: the adapter stored the name with the row (the database wants it from the start)."""
