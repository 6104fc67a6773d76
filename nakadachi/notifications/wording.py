"""The words of a notice, in the language that is active."""

from collections.abc import Iterable, Mapping
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
from nakadachi.people.models import Member

WORD_LENGTH_MAX = 120
_FORGOTTEN = (N_("There is news"), "")
"""For a kind that has left the catalogue."""


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def title_of(notice: Notice) -> str:
    """The headline, also the subject of the mail."""
    return gettext(SENTENCES.get(notice.kind, _FORGOTTEN)[0])


def names_in(notices: Iterable[Notice]) -> dict[int, str]:
    """What those who are spoken of are called now, in one query: the number of the member → the name."""
    ids = {word["member"] for notice in notices for word in notice.words.values() if isinstance(word, dict)}
    return dict(Member.objects.filter(pk__in=ids).values_list("pk", "display_name")) if ids else {}


def text_of(notice: Notice, names: Mapping[int, str] | None = None) -> str:
    """One or two sentences with the names and figures of the case; `names` as `names_in` reads them for many."""
    sentence = SENTENCES.get(notice.kind, _FORGOTTEN)[1]
    if not sentence:
        return ""
    return gettext(sentence) % written(notice.words, names_in([notice]) if names is None else names)


def address_of(notice: Notice) -> str:
    """Where it leads, as a path."""
    return reverse(notice.page, kwargs=notice.page_ids)


def written(words: dict[str, Any], names: Mapping[int, str]) -> dict[str, str]:
    """Names, figures and days as people write them. What members wrote is one short line."""
    said = {name: names.get(value["member"], "") if isinstance(value, dict) else value for name, value in words.items()}
    return _Words({name: _written(name, value) for name, value in said.items() if value is not None})


def _written(name: str, value: Any) -> str:
    if name.endswith("_yen"):
        return format_yen(value)
    if name.endswith("_on"):
        return long_day(date.fromisoformat(value))
    if name.endswith("_at"):
        return day_and_time(datetime.fromisoformat(value))
    line = tidy_line(str(value))
    return line if len(line) <= WORD_LENGTH_MAX else f"{line[: WORD_LENGTH_MAX - 1]}…"
