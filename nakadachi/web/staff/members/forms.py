"""What the operator types about members."""

from django import forms
from django.utils.translation import pgettext_lazy

from nakadachi.people.directory import WORDS_LENGTH_MAX
from nakadachi.people.standing import disclosure
from nakadachi.people.standing.models import NOTE_LENGTH_MAX, REASON_LENGTH_MAX


class SearchForm(forms.Form):
    """Words, and whether only suspended or only certified members are wanted."""

    q = forms.CharField(
        label=pgettext_lazy("console", "Number, mail address, display name or reading of the name"),
        max_length=WORDS_LENGTH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    suspended = forms.BooleanField(label=pgettext_lazy("console", "Suspended members only"), required=False)
    certified = forms.BooleanField(label=pgettext_lazy("console", "Certified members only"), required=False)


class SuspensionForm(forms.Form):
    """What the member reads."""

    reason = forms.CharField(
        label=pgettext_lazy("console", "Reason"),
        max_length=REASON_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=pgettext_lazy("console", "The member reads these words: what happened, by which rule, what helps."),
    )


class LiftingForm(forms.Form):
    """What is kept."""

    reason = forms.CharField(
        label=pgettext_lazy("console", "Why it is lifted"),
        max_length=REASON_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy("console", "Kept in the audit log; the member does not read it."),
    )


class CertificationForm(forms.Form):
    """What is kept."""

    reason = forms.CharField(
        label=pgettext_lazy("console", "Why the member is certified"),
        max_length=REASON_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy(
            "console", "What you looked at, e.g. accepted work. Kept in the audit log; the member does not read it."
        ),
    )


class WithdrawalForm(forms.Form):
    """What the member reads."""

    reason = forms.CharField(
        label=pgettext_lazy("console", "Reason"),
        max_length=REASON_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=pgettext_lazy(
            "console", "The member reads these words: what happened, by which rule, how they can be certified again."
        ),
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label=pgettext_lazy("console", "New note"),
        max_length=NOTE_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy("console", "Only the operator's people read it. It cannot be changed later."),
    )


class PaperForm(forms.Form):
    """Why a paper under lock is to be read."""

    paper = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=pgettext_lazy("console", "Why you need it"),
        max_length=disclosure.REASON_LENGTH_MAX,
        help_text=pgettext_lazy("console", "Kept in the audit log with your name, e.g. the number of the inquiry."),
    )


class DisclosureForm(forms.Form):
    """What is to be shown, and why."""

    what = forms.ChoiceField(choices=[("contact", "contact"), ("bank_account", "bank_account")])
    reason = forms.CharField(
        label=pgettext_lazy("console", "Why you need it"),
        max_length=disclosure.REASON_LENGTH_MAX,
        help_text=pgettext_lazy("console", "Kept in the audit log with your name, e.g. the number of the inquiry."),
    )
