"""Which role, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.people.roles.models import StaffRole
from nakadachi.people.roles.policy import REASON_LENGTH_MAX

NONE = "none"


class RoleForm(forms.Form):
    """Another role, or none."""

    role = forms.ChoiceField(
        label=pgettext_lazy("console", "Role"),
        choices=[*StaffRole.Role.choices, (NONE, pgettext_lazy("console", "None: no longer works in the console"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=pgettext_lazy("console", "Reason"),
        max_length=REASON_LENGTH_MAX,
        help_text=pgettext_lazy("console", "Kept in the audit log with your name."),
    )


class NewForm(RoleForm):
    """A member by the mail address of the account."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    role = forms.ChoiceField(
        label=pgettext_lazy("console", "Role"), choices=StaffRole.Role.choices, widget=forms.RadioSelect
    )
    field_order = ("email", "role", "reason")
