"""The registration form: display name beside what allauth asks."""

from django import forms
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.people.agreements.actions import accept
from nakadachi.people.agreements.kinds import AGREED
from nakadachi.people.agreements.queries import in_force
from nakadachi.people.models import DISPLAY_NAME_LENGTH_MAX, Member
from nakadachi.people.policy import name_refusal


def _consent() -> str:
    """The words beside the box, with the texts behind them."""
    link = '<a href="/legal/{}/" target="_blank" rel="noopener">{}</a>'
    return format_html(
        gettext("I agree to the {terms} and the {privacy}."),
        terms=format_html(link, "terms", gettext("Terms of use")),
        privacy=format_html(link, "privacy", gettext("Privacy policy")),
    )


class SignupForm(forms.Form):
    """Extra fields of the registration page. allauth calls `signup` with the new member."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=DISPLAY_NAME_LENGTH_MAX,
        help_text=_("This is what other members see. It need not be your legal name."),
    )

    agreed = forms.BooleanField(
        label=lazy(_consent, str)(),
        error_messages={"required": _("Please read the terms of use and the privacy policy, and agree to them.")},
    )

    def clean_display_name(self) -> str:
        """One line without invisible characters."""
        typed = self.cleaned_data["display_name"]
        if refusal := name_refusal(typed):
            raise forms.ValidationError(gettext(refusal.sentence) % refusal.params)
        return tidy_line(typed)

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Keep which versions the member agreed to. The adapter stored the name with the row already."""
        texts = in_force(jst_date(request.now), AGREED).values()
        accept(member=user, texts=texts, by=Actor.member(user.pk), at=request.now)
