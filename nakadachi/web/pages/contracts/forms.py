"""What people type on the pages of a contract. Forms only read; what is allowed is decided by the action."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.market.contracts import refusals
from nakadachi.market.contracts.models import Milestone
from nakadachi.web.ui.fields import RequestKeyField, TextField, YenField
from nakadachi.web.ui.file_field import FilesField

PHRASES = (
    ("soon", "早めにご確認いただけますと幸いです"),
    ("again", "継続もご検討いただけるとうれしいです"),
)
"""They go to the client as they are, so they stay Japanese."""
AT_FIRST = "again"
PHRASES_BY_NAME = {name: f"{text}。" for name, text in PHRASES}


class DeliveryForm(forms.Form):
    """What the worker hands in: a note, files, and a sentence or two to add to the note."""

    request_key = RequestKeyField()
    note = TextField(
        label=_("Note to the client"),
        required=False,
        help_text=_("What you deliver, and what the client should look at. Links to online documents go here too."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    files = FilesField(
        label=_("Files"),
        help_text=_("A note or a file is needed. Only the two of you can open the files."),
    )
    phrases = forms.MultipleChoiceField(
        label=_("Add to the note"), required=False, choices=PHRASES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, has_delivered: bool, **kwargs: Any) -> None:
        """To go on together is suggested with the first delivery of a contract alone; sent twice, it is still known."""
        super().__init__(*args, **kwargs)
        offered = [phrase for phrase in PHRASES if phrase[0] != AT_FIRST or not has_delivered]
        self.fields["phrases"].widget.choices = offered  # type: ignore[attr-defined]

    def whole_note(self) -> str:
        """What was written, and the chosen sentences below it."""
        said = [PHRASES_BY_NAME[name] for name in self.cleaned_data["phrases"]]
        return "\n\n".join(part for part in (self.cleaned_data["note"], "\n".join(said)) if part)


class RevisionForm(forms.Form):
    """What should be changed."""

    reason = TextField(
        label=_("What should be changed"),
        error_messages={"required": _(refusals.REASON_MISSING.sentence)},
        help_text=_("Name the place and the wish, one by one. The worker sees it at once; it stays in the history."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    files = FilesField(
        label=_("Files"),
        help_text=_("A marked copy, a picture of the place. Only the two of you can open the files."),
    )


class EndAloneForm(forms.Form):
    """Why it ends, while no money is set aside."""

    reason = TextField(
        label=_("Why the contract should end"),
        error_messages={"required": _(refusals.END_REASON_MISSING.sentence)},
        help_text=_("The other side reads it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class EndForm(forms.Form):
    """How to end: why, and for every funded milestone what the worker gets of it (contract amount, before fees)."""

    request_key = RequestKeyField()
    reason = TextField(
        label=_("Why the contract should end"),
        error_messages={"required": _(refusals.END_REASON_MISSING.sentence)},
        help_text=_("The other side reads it and answers."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, milestones: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = list(milestones)
        for milestone in self.milestones:
            self.fields[self.name_of(milestone)] = YenField(
                label=milestone.title,
                zero_ok=True,
                initial=0,
                help_text=_("What the worker gets of it, before fees. ¥0 gives everything back to the client."),
            )

    @staticmethod
    def name_of(milestone: Milestone) -> str:
        """The field that belongs to a milestone."""
        return f"amount_{milestone.pk}"

    def amounts(self) -> list[forms.BoundField]:
        """The amount fields in the order of the milestones."""
        return [self[self.name_of(milestone)] for milestone in self.milestones]

    def settlement(self) -> dict[int, int]:
        """By milestone; what could not be read is left out (the action refuses an incomplete one)."""
        found = {milestone.pk: self.cleaned_data.get(self.name_of(milestone)) for milestone in self.milestones}
        return {milestone_id: amount_yen for milestone_id, amount_yen in found.items() if amount_yen is not None}
