"""The form of an offer by the month, and of a notice."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.market.monthly.actions import PlanDraft
from nakadachi.market.monthly.models import NOTICE_DAYS_MAX
from nakadachi.web.ui.fields import CountField, DayField, LineField, RequestKeyField, TextField

BEGINNINGS = (("start", _("From the first day, month by month")), ("first", _("From the 1st of each calendar month")))


class OfferForm(forms.Form):
    """What is to be done, and what both sides agree about the months."""

    scope = TextField(
        label=pgettext_lazy("work", "What is to be done"),
        help_text=_("It becomes part of the written terms: contents, amount, form of delivery."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write what is to be done. It becomes part of the written terms.")},
    )
    month_scope = LineField(
        label=_("What a month's sum is for"),
        help_text=_("For example: five articles, or ten hours."),
        error_messages={"required": _("Please write what the sum of a month is for: five articles, or ten hours.")},
    )
    starts_on = DayField(label=_("First day"))
    months_begin = forms.ChoiceField(
        label=_("How a month runs"),
        help_text=_("By calendar months, a first month that begins later costs its share by days."),
        choices=BEGINNINGS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose from the list."),
            "invalid_choice": _("Please choose from the list."),
        },
    )
    notice_days = CountField(
        label=_("Days of notice"),
        help_text=format_lazy(
            _("From 1 to {count}. Once it has run for six months, at least 30 days are needed by law."),
            count=NOTICE_DAYS_MAX,
        ),
    )
    revisions_max = CountField(
        label=_("Rounds of revision for each month"),
        help_text=_("How often you may send a delivery back. 0 means none."),
    )
    request_key = RequestKeyField()

    def plan(self) -> PlanDraft:
        """What the action wants to know."""
        given: dict[str, Any] = self.cleaned_data
        return PlanDraft(
            month_scope=given["month_scope"],
            starts_on=given["starts_on"],
            notice_days=given["notice_days"],
            on_the_first=given["months_begin"] == "first",
        )


class NoticeForm(forms.Form):
    """Why the work ends."""

    reason = TextField(
        label=_("Reason (the other side reads it)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write why you end the contract. The other side reads it.")},
    )
