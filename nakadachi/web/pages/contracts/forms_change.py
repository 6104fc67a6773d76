"""The form of a change of the terms: a date for every unfinished milestone, one further milestone, and the reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.market.contracts import refusals
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.models import Milestone
from nakadachi.web.ui.fields import DayField, LineField, RequestKeyField, TextField, YenField

OPEN_MAX = 5
"""So many dates stand open; with more milestones, only the one that was asked for does."""


class ChangeForm(forms.Form):
    """Dates left as they are stay as they are. The further milestone is optional as a whole."""

    request_key = RequestKeyField()
    reason = TextField(
        label=_("Why the terms should change"),
        error_messages={"required": _(refusals.CHANGE_REASON_MISSING.sentence)},
        help_text=_("The other side reads it and answers."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    title = LineField(label=_("What is delivered"), required=False)
    amount_yen = YenField(label=pgettext_lazy("work", "Amount (tax included)"), required=False)
    due_on = DayField(label=pgettext_lazy("work", "Delivery date"), required=False)

    def __init__(self, *args: Any, milestones: Sequence[Milestone], asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = list(milestones)
        self.asked = asked
        for milestone in self.milestones:
            self.fields[self.name_of(milestone)] = DayField(
                label=milestone.title, required=False, initial=milestone.due_on
            )

    @staticmethod
    def name_of(milestone: Milestone) -> str:
        """The field that belongs to a milestone."""
        return f"due_{milestone.pk}"

    def open_dates(self) -> list[forms.BoundField]:
        """Those to look at first: the one asked for, or all when they are few."""
        return [self[self.name_of(one)] for one in self.milestones if self._is_open(one)]

    def other_dates(self) -> list[forms.BoundField]:
        """The others, folded."""
        return [self[self.name_of(one)] for one in self.milestones if not self._is_open(one)]

    def is_adding(self) -> bool:
        """True when the further milestone is asked for, or was typed."""
        return self.asked == "new" or any(self[name].value() for name in ("title", "amount_yen", "due_on"))

    def dates(self) -> dict[int, date]:
        """What is different from now, by milestone id."""
        chosen = {one: self.cleaned_data.get(self.name_of(one)) for one in self.milestones}
        return {one.pk: day for one, day in chosen.items() if day is not None and day != one.due_on}

    def added(self) -> list[MilestoneDraft]:
        """The further milestone, if there is one."""
        title, amount_yen, due_on = (self.cleaned_data.get(name) for name in ("title", "amount_yen", "due_on"))
        return [MilestoneDraft(title, amount_yen, due_on)] if title and amount_yen and due_on else []

    def clean(self) -> dict[str, Any]:
        """A further milestone needs all three of its fields."""
        missing = {
            "title": _("Please name what is delivered."),
            "amount_yen": _("Please enter an amount."),
            "due_on": _("Please choose a day."),
        }
        typed = [name for name in missing if self.cleaned_data.get(name)]
        for name, sentence in missing.items():
            if typed and name not in typed and name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def _is_open(self, milestone: Milestone) -> bool:
        if self.asked:
            is_typed = self.is_bound and self[self.name_of(milestone)].value() != milestone.due_on.isoformat()
            return self.asked == str(milestone.pk) or is_typed
        return len(self.milestones) <= OPEN_MAX
