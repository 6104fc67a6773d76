"""Form fields that read what people type: any width, commas, 円, Japanese dates; else they say what to do.

They only read. What is allowed is decided by the action behind the form.
"""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.money import BadYen, parse_yen

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_RATE = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,2}))?")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days beyond these are slips of the finger; the calendar itself ends not far beyond, and arithmetic with it."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MOMENT = re.compile(_DAY.pattern + r"[T\s]\s*(\d{1,2}):(\d{2})(?::\d{2})?")


class YenField(forms.Field):
    """A whole amount of yen: `10000`, `１０，０００円`, `¥10,000`."""

    widget = forms.TextInput(attrs=_NUMERIC)
    default_error_messages = {
        "required": _("Please enter an amount."),
        "empty": _("Please enter an amount."),
        "shape": _("Please enter the amount in figures, in whole yen (for example 10,000)."),
        "fraction": _("Please enter whole yen, without a decimal point."),
        "negative": _("Please enter an amount of ¥1 or more, without a minus sign."),
        "negative_zero_ok": _("Please enter an amount of ¥0 or more, without a minus sign."),
        "zero": _("Please enter an amount of ¥1 or more."),
        "too_large": _("This amount is too large. Please check the number of digits."),
    }

    def __init__(self, *, zero_ok: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zero_ok = zero_ok

    def to_python(self, value: Any) -> int | None:
        """The amount, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return parse_yen(str(value), zero_ok=self.zero_ok)
        except BadYen as problem:
            code = "negative_zero_ok" if self.zero_ok and problem.code == "negative" else problem.code
            raise ValidationError(self.error_messages[code], code=problem.code) from problem

    def prepare_value(self, value: Any) -> Any:
        """An amount from the program comes with commas; what was typed stays as it was typed."""
        return f"{value:,}" if isinstance(value, int) else value


class RateField(forms.Field):
    """Yen with up to two decimals, kept in hundredths of a yen (sen): `1.5` is 150."""

    widget = forms.TextInput(attrs={**_NUMERIC, "inputmode": "decimal"})
    default_error_messages = {
        "shape": _("Please enter a figure above 0 with at most two decimals (for example 1.5)."),
    }

    def to_python(self, value: Any) -> int | None:
        """Hundredths of a yen, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        plain = unicodedata.normalize("NFKC", str(value)).strip().removeprefix("¥").removesuffix("円").strip()
        read = _RATE.fullmatch(plain) if plain.isascii() else None
        sen = int(read[1]) * 100 + int((read[2] or "").ljust(2, "0")) if read else 0
        if sen == 0:
            raise ValidationError(self.error_messages["shape"], code="shape")
        return sen

    def prepare_value(self, value: Any) -> Any:
        """150 is shown as 1.5."""
        return f"{value / 100:.2f}".rstrip("0").rstrip(".") if isinstance(value, int) else value


class CountField(forms.Field):
    """A small whole number in any width."""

    widget = forms.TextInput(attrs=_NUMERIC)
    default_error_messages = {
        "required": _("Please enter a number."),
        "shape": _("Please enter a whole number in figures."),
    }
    figures_max = 6

    def to_python(self, value: Any) -> int | None:
        """The number, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        plain = unicodedata.normalize("NFKC", str(value)).strip()
        sign, figures = self.split(plain)
        if not (figures.isascii() and figures.isdigit() and len(figures) <= self.figures_max):
            raise ValidationError(self.error_messages["shape"], code="shape")
        return int(sign + figures)

    def split(self, plain: str) -> tuple[str, str]:
        """A count has no sign."""
        return "", plain


class BoundField(CountField):
    """A bound of a number, which may be large and may lie below zero. A telephone's keys for figures have no minus."""

    widget = forms.TextInput
    default_error_messages = {"shape": _("Please enter a whole number of at most 15 figures.")}
    figures_max = 15

    def split(self, plain: str) -> tuple[str, str]:
        """The sign, however it is written, and the figures."""
        return ("-", plain[1:]) if plain.startswith(("-", "\N{MINUS SIGN}", "ー")) else ("", plain)


class DayField(forms.Field):
    """A calendar day: what a date picker sends, or `2026/11/22`, `2026年11月22日`, in any width."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Please choose a day."),
        "shape": _("Please enter the day as year, month and day (for example 2026-12-01)."),
    }

    def to_python(self, value: Any) -> date | None:
        """The day, or None when nothing was typed."""
        if isinstance(value, date):
            return value
        if value in self.empty_values or not str(value).strip():
            return None
        read = _DAY.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
        try:
            day = date(int(read[1]), int(read[2]), int(read[3])) if read else date.min
        except ValueError:
            day = date.min
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(self.error_messages["shape"], code="shape")
        return day


class MomentField(forms.Field):
    """A minute in Japan: what a picker of date and time sends, or `2026/11/22 18:00`, in any width."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "required": _("Please choose a day and a time."),
        "shape": _("Please enter the day and the time (for example 2026-12-01 18:00)."),
    }

    def to_python(self, value: Any) -> datetime | None:
        """The moment, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        plain = unicodedata.normalize("NFKC", str(value)).strip()
        read = _MOMENT.fullmatch(plain)
        try:
            day = date(int(read[1]), int(read[2]), int(read[3])) if read else date.min
            minute = time(int(read[4]), int(read[5])) if read else time.min
        except ValueError:
            day = date.min
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(self.error_messages["shape"], code="shape")
        return datetime.combine(day, minute, JST)

    def prepare_value(self, value: Any) -> Any:
        """A moment from the program is shown as it is in Japan; what was typed stays as it was typed."""
        return value.astimezone(JST) if isinstance(value, datetime) else value


class LineField(forms.CharField):
    """One line of text, tidied. How long it may be is the action's business."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Without control characters and superfluous space."""
        return tidy_line(str(value or ""))


class TextField(LineField):
    """Several lines of text, tidied."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Without control characters; line ends unified."""
        return tidy_text(str(value or ""))


class RequestKeyField(forms.UUIDField):
    """The hidden key of one sending. A form that lost it gets a new one."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=uuid4, **kwargs)

    def clean(self, value: Any) -> UUID:
        """The key, or a new one."""
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()
