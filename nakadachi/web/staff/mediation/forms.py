"""What the operator's people write in a mediation."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.people.standing.policy import REASON_MISSING
from nakadachi.trust.mediation import policy, refusals
from nakadachi.web.ui.answers import sentence
from nakadachi.web.ui.fields import LineField, RequestKeyField, TextField, YenField


class QuestionForm(forms.Form):
    """Words for both sides."""

    request_key = RequestKeyField()
    text = TextField(
        label=pgettext_lazy("console", "Write to both sides"),
        error_messages={"required": _(refusals.TEXT_MISSING.sentence)},
        help_text=pgettext_lazy("console", "A question, or what is still missing. Both sides read it; it stays."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EvidenceForm(forms.Form):
    """Why all of it has to be read."""

    reason = LineField(
        label=pgettext_lazy("console", "Why you need it"),
        error_messages={"required": _(REASON_MISSING.sentence)},
        help_text=pgettext_lazy("console", "It holds the private messages of both sides. The audit log keeps this."),
    )


class RulingForm(forms.Form):
    """How the money is divided, and why."""

    amount = YenField(
        label=pgettext_lazy("console", "What the worker gets of it, before fees"),
        zero_ok=True,
        help_text=pgettext_lazy("console", "¥0 gives everything back to the client."),
    )
    text = TextField(
        label=pgettext_lazy("console", "Reasons"),
        error_messages={"required": _(refusals.TEXT_MISSING.sentence)},
        help_text=pgettext_lazy("console", "Both sides read them: what was agreed, what was done, why this division."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    def clean_text(self) -> str:
        """Also while it is only looked over."""
        text: str = self.cleaned_data["text"]
        if refusal := policy.text_refusal(text, refusals.TEXT_MISSING):
            raise forms.ValidationError(sentence(refusal))
        return text
