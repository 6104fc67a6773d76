"""The operator's decision on an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.web.ui.fields import TextField


class DecisionForm(forms.Form):
    """Whether the answer is paid, and why; both sides read the reasons."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("The answer is good: pay it")), ("dismiss", _("The rejection stands"))],
        widget=forms.RadioSelect,
        error_messages={name: _("Please choose one of the two.") for name in ("required", "invalid_choice")},
    )
    text = TextField(
        label=_("Reasons"),
        help_text=_("Both sides read this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write the reasons; both sides read them.")},
    )
