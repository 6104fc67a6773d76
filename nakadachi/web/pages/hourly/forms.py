"""Forms of hourly work. They read what is typed; what is allowed is decided by the actions."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.kernel.calendar import JST, jst, start_of_day
from nakadachi.market.hourly.models import MEMO_LENGTH_MAX, REASON_LENGTH_MAX, TimeEntry, WorkWeek
from nakadachi.market.hourly.weeks import days_of
from nakadachi.web.ui import figures
from nakadachi.web.ui.fields import CountField, DayField, LineField, RequestKeyField, TextField

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:時]([0-9]{1,2})?分?)")
_LINE = {"maxlength": MEMO_LENGTH_MAX, "autocomplete": "off"}
DAY_MINUTES = 24 * 60


class ClockField(forms.Field):
    """A time of the day: `9:05`, `９時５分`; 24:00 ends a day. Minutes since midnight."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": 6})
    default_error_messages = {
        "required": _("Please enter a time."),
        "shape": _("Please enter the time in hours and minutes (for example 9:30 or 24:00)."),
    }

    def to_python(self, value: Any) -> int | None:
        """Minutes since midnight, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        read = _CLOCK.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
        hours, minutes = (int(read[1]), int(read[2] or 0)) if read else (99, 0)
        if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
            raise ValidationError(self.error_messages["shape"], code="shape")
        return hours * 60 + minutes


class MemoForm(forms.Form):
    """Starting and stopping the timer."""

    request_key = RequestKeyField()
    contract = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    memo = LineField(
        label=pgettext_lazy("hours", "What you work on"), required=False, widget=forms.TextInput(attrs=_LINE)
    )


class TimesForm(forms.Form):
    """A time by hand: day, from, to, and what was done."""

    request_key = RequestKeyField()
    day = forms.ChoiceField(label=pgettext_lazy("hours", "Day"), error_messages={"required": _("Please choose a day.")})
    started_at = ClockField(label=pgettext_lazy("hours", "From"), help_text=_("For example 9:30."))
    ended_at = ClockField(label=pgettext_lazy("hours", "To"), help_text=_("For example 17:45."))
    memo = LineField(
        label=pgettext_lazy("hours", "What you worked on"), required=False, widget=forms.TextInput(attrs=_LINE)
    )

    def __init__(self, *args: Any, week: WorkWeek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week = week
        self.fields["day"].choices = [(on.isoformat(), figures.short_day(on)) for on in days_of(week.monday)]

    @classmethod
    def initial_of(cls, entry: TimeEntry) -> dict[str, Any]:
        """What stands in a recorded time."""
        start = jst(entry.started_at)
        assert entry.ended_at is not None
        return {
            "day": start.date().isoformat(),
            "started_at": f"{start:%H:%M}",
            "ended_at": clock_of(entry.ended_at),
            "memo": entry.memo,
        }

    def times(self, entry: TimeEntry | None = None) -> tuple[datetime, datetime]:
        """From and to as moments. What is not changed keeps its seconds, and a time goes on where another ended."""
        day = date.fromisoformat(self.cleaned_data["day"])
        start = moment_at(day, self.cleaned_data["started_at"])
        end = moment_at(day, self.cleaned_data["ended_at"])
        if entry is not None and entry.ended_at is not None:
            start = entry.started_at if _same_minute(start, entry.started_at) else start
            end = entry.ended_at if _same_minute(end, entry.ended_at) else end
        others = [one for one in self.week.entries.all() if one.deleted_at is None and one != entry]
        before = [one.ended_at for one in others if one.ended_at and _same_minute(start, one.ended_at)]
        return max([start, *before]), end


def moment_at(day: date, minutes: int) -> datetime:
    """A moment of a day in Japan; 24:00 is the day's end."""
    return start_of_day(day) + timedelta(minutes=minutes)


def clock_of(moment: datetime) -> str:
    """`09:30`, and 24:00 for midnight, as what a time ends with."""
    local = jst(moment)
    return "24:00" if local.time() == time() else f"{local:%H:%M}"


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.astimezone(JST).replace(second=0) == other.astimezone(JST).replace(second=0, microsecond=0)


class OfferForm(forms.Form):
    """What is offered: what is to be done, hours a week, the first day, and how it is paid."""

    request_key = RequestKeyField()
    scope = TextField(label=_("What is to be done"), error_messages={"required": _("Please write what is to be done.")})
    hours = CountField(
        label=_("Hours a week (at most)"),
        help_text=_("So much is set aside for each week; you can choose less week by week."),
    )
    starts_on = DayField(label=_("First day"))
    holds_money = forms.ChoiceField(
        label=_("Payment"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Set each week aside before it begins (recommended)")),
            ("no", _("Pay after approving each week. Nothing is held: the worker is not secured")),
        ],
        initial="yes",
    )


class HoursForm(forms.Form):
    """How many hours of this week are set aside."""

    hours = CountField(label=_("Hours to set aside for this week"))


class FinishForm(forms.Form):
    """Why the work ends."""

    reason = TextField(
        label=pgettext_lazy("hours", "Reason"),
        error_messages={"required": _("Please write why the contract ends. The other side reads it.")},
        widget=forms.Textarea(attrs={"maxlength": REASON_LENGTH_MAX, "rows": 4}),
    )


class ReviewForm(forms.Form):
    """One reason field for each line; a line with a reason goes back."""

    def __init__(self, *args: Any, entries: list[TimeEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in entries:
            self.fields[f"back_{entry.pk}"] = forms.BooleanField(
                label=pgettext_lazy("hours", "Send this line back"), required=False
            )
            self.fields[f"reason_{entry.pk}"] = LineField(
                label=pgettext_lazy("hours", "Reason"),
                required=False,
                widget=forms.TextInput(attrs={"maxlength": REASON_LENGTH_MAX, "autocomplete": "off"}),
            )
        self.entries = entries

    def returned(self) -> dict[int, str]:
        """The lines that go back, by entry id. A reason alone sends back too: nobody writes one by mistake."""
        data = self.cleaned_data
        found = {entry.pk: data[f"reason_{entry.pk}"] for entry in self.entries}
        return {pk: reason for pk, reason in found.items() if reason or data[f"back_{pk}"]}


class AnswerForm(forms.Form):
    """For each line that was sent back: keep it with an explanation, correct it, or take it out."""

    WAYS = (
        ("keep", pgettext_lazy("hours", "Explain, and leave the time as it is")),
        ("correct", pgettext_lazy("hours", "Correct the time")),
        ("drop", pgettext_lazy("hours", "Take the line out")),
    )

    def __init__(self, *args: Any, entries: list[TimeEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            kept = TimesForm.initial_of(entry)
            self.fields[f"way_{entry.pk}"] = forms.ChoiceField(
                label=pgettext_lazy("hours", "Your answer"),
                choices=self.WAYS,
                widget=forms.RadioSelect,
                initial="keep",
                required=False,
            )
            self.fields[f"text_{entry.pk}"] = LineField(
                label=pgettext_lazy("hours", "Explanation"),
                required=False,
                widget=forms.TextInput(attrs={"maxlength": REASON_LENGTH_MAX, "autocomplete": "off"}),
            )
            self.fields[f"started_{entry.pk}"] = ClockField(
                label=pgettext_lazy("hours", "From"), required=False, initial=kept["started_at"]
            )
            self.fields[f"ended_{entry.pk}"] = ClockField(
                label=pgettext_lazy("hours", "To"), required=False, initial=kept["ended_at"]
            )
