"""Which events are wanted."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.web.staff.audit.words import SUBJECTS
from nakadachi.web.ui.fields import DayField


class FilterForm(forms.Form):
    """Every part may be left out."""

    subject = forms.ChoiceField(
        label=pgettext_lazy("audit", "What"),
        choices=[("", pgettext_lazy("audit", "Everything")), *SUBJECTS.items()],
        required=False,
    )
    subject_id = forms.IntegerField(
        label=pgettext_lazy("audit", "Its number"), min_value=0, max_value=2**63 - 1, required=False
    )
    actor_id = forms.IntegerField(
        label=pgettext_lazy("audit", "Number of who did it"), min_value=0, max_value=2**63 - 1, required=False
    )
    kind = forms.CharField(label=pgettext_lazy("audit", "Kind of event"), max_length=64, required=False)
    since = DayField(label=pgettext_lazy("audit", "From"), required=False)
    until = DayField(label=pgettext_lazy("audit", "To"), required=False)
