"""The form of a change of the terms: day and price of unfinished milestones, one more, scope, rate, deal deadline, and
the reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.market.contracts import refusals
from nakadachi.market.contracts.drafts import MilestoneDraft, RateDraft
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.web.ui.fields import DayField, LineField, RequestKeyField, TextField, YenField

PRICES = {"hourly": _("New pay per hour (tax included)"), "monthly": _("New pay per month (tax included)")}
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
    scope = TextField(
        label=pgettext_lazy("work", "What is to be done"),
        required=False,
        help_text=_("Change the text where it should be different. Left as it is, it stays."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    rate_yen = YenField(label=PRICES["hourly"], required=False)
    rate_from_on = DayField(label=_("From which day"), required=False)
    deal_ends_on = DayField(label=_("New deal deadline"), required=False)

    def __init__(
        self, *args: Any, contract: Contract, milestones: Sequence[Milestone], asked: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.milestones = list(milestones)
        self.asked = asked
        self.fields["scope"].initial = contract.scope
        if contract.format in PRICES:
            self.fields["rate_yen"].label = PRICES[contract.format]
        else:
            del self.fields["rate_yen"], self.fields["rate_from_on"]
        if contract.deal_ends_at is None:
            del self.fields["deal_ends_on"]
        for milestone in self.milestones:
            self.fields[self.name_of(milestone)] = DayField(
                label=milestone.title, required=False, initial=milestone.due_on
            )

            if milestone.status == Milestone.Status.OPEN:
                label = format_lazy(_("{title}: amount (tax included)"), title=milestone.title)
                self.fields[self.price_name_of(milestone)] = YenField(
                    label=label, required=False, initial=milestone.amount_yen
                )

    @staticmethod
    def price_name_of(milestone: Milestone) -> str:
        """The field of its price."""
        return f"price_{milestone.pk}"

    def amounts(self) -> list[forms.BoundField]:
        """The prices that may change."""
        names = [self.price_name_of(one) for one in self.milestones]
        return [self[name] for name in names if name in self.fields]

    def is_pricing(self) -> bool:
        """True when a price is asked for, or was typed."""
        return self.asked == "price" or (self.is_bound and bool(self.prices_typed()))

    def prices_typed(self) -> list[str]:
        """Prices that are not as they stand."""
        typed = {one: self.data.get(self.price_name_of(one), "") for one in self.milestones}
        return [text for one, text in typed.items() if text and text != str(one.amount_yen)]

    def prices(self) -> dict[int, int]:
        """What is different from now, by milestone id."""
        chosen = {one: self.cleaned_data.get(self.price_name_of(one)) for one in self.milestones}
        return {one.pk: yen for one, yen in chosen.items() if yen is not None and yen != one.amount_yen}

    def new_scope(self) -> str:
        """The text, when it is different from now."""
        scope = str(self.cleaned_data["scope"])
        return scope if scope != self.contract.scope else ""

    def is_rating(self) -> bool:
        """True when another price of a unit is asked for, or was typed."""
        return self.asked == "rate" or any(self[name].value() for name in ("rate_yen", "rate_from_on"))

    def is_prolonging(self) -> bool:
        """True when a later deal deadline is asked for, or was typed."""
        return self.asked == "deadline" or bool(self["deal_ends_on"].value())

    def rate(self) -> RateDraft | None:
        """Another price of a unit, if there is one."""
        amount_yen, from_on = self.cleaned_data.get("rate_yen"), self.cleaned_data.get("rate_from_on")
        return RateDraft(amount_yen, from_on) if amount_yen and from_on else None

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
        """A further milestone needs all three of its fields, another rate both of its."""
        self._whole({"rate_yen": _("Please enter an amount."), "rate_from_on": _("Please choose a day.")})
        self._whole(
            {
                "title": _("Please name what is delivered."),
                "amount_yen": _("Please enter an amount."),
                "due_on": _("Please choose a day."),
            }
        )
        return self.cleaned_data

    def _whole(self, missing: dict[str, Any]) -> None:
        typed = [name for name in missing if self.cleaned_data.get(name)]
        for name, sentence in missing.items():
            if typed and name not in typed and name not in self.errors:
                self.add_error(name, sentence)

    def _is_open(self, milestone: Milestone) -> bool:
        if self.asked:
            is_typed = self.is_bound and self[self.name_of(milestone)].value() != milestone.due_on.isoformat()
            return self.asked == str(milestone.pk) or is_typed
        return len(self.milestones) <= OPEN_MAX
