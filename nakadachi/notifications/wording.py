"""The words of a notice, in the language that is active."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from nakadachi.infra.days import day_and_time, long_day
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.money import format_yen
from nakadachi.kernel.refusal import N_
from nakadachi.notifications.catalogue import SENTENCES
from nakadachi.notifications.models import Notice

WORD_LENGTH_MAX = 120
_FORGOTTEN = (N_("There is news"), "")
"""For a kind that has left the catalogue."""


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def title_of(notice: Notice) -> str:
    """The headline, also the subject of the mail."""
    return gettext(SENTENCES.get(notice.kind, _FORGOTTEN)[0])


def text_of(notice: Notice) -> str:
    """One or two sentences with the names and figures of the case."""
    sentence = SENTENCES.get(notice.kind, _FORGOTTEN)[1]
    return gettext(sentence) % written(notice.words) if sentence else ""


def address_of(notice: Notice) -> str:
    """Where it leads, as a path."""
    return reverse(notice.page, kwargs=notice.page_ids)


def written(words: dict[str, Any]) -> dict[str, str]:
    """Figures and days as people write them. What members wrote is one short line."""
    return _Words({name: _written(name, value) for name, value in words.items() if value is not None})


def _written(name: str, value: Any) -> str:
    if name.endswith("_yen"):
        return format_yen(value)
    if name.endswith("_on"):
        return long_day(date.fromisoformat(value))
    if name.endswith("_at"):
        return day_and_time(datetime.fromisoformat(value))
    line = tidy_line(str(value))
    return line if len(line) <= WORD_LENGTH_MAX else f"{line[: WORD_LENGTH_MAX - 1]}…"
