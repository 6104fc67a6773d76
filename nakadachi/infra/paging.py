"""Keyset paging: the next page starts after the last row seen, however many rows there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Q, QuerySet

Row = TypeVar("Row")
_SALT = "paging"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`rows`, and the opaque `next` cursor for 「さらに表示」 (empty at the end)."""

    rows: Sequence[Row]
    next: str = ""


def page_of(queryset: QuerySet[Any], *, order: tuple[str, ...], after: str = "", limit: int = 20) -> Page[Any]:
    """One page of `queryset` in `order` (field names, `-` for descending; the last must be unique, e.g. `-id`).

    A cursor that was tampered with, or made for another order, starts at the beginning.
    """
    start = _read(after, order)
    if start is not None:
        queryset = queryset.filter(_beyond(order, start))
    return page_of_rows(list(queryset.order_by(*order)[: limit + 1]), order=order, limit=limit)


def page_of_rows(rows: Sequence[Any], *, order: tuple[str, ...], limit: int) -> Page[Any]:
    """The same of rows that were read already, one more than a page has."""
    if len(rows) <= limit:
        return Page(rows)
    rows = rows[:limit]
    last = [_plain(getattr(rows[-1], field.lstrip("-"))) for field in order]
    return Page(rows, signing.dumps([list(order), last], salt=_SALT, compress=True))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(cursor: str, order: tuple[str, ...]) -> list[Any] | None:
    if not cursor:
        return None
    try:
        made_for, values = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return list(values) if list(made_for) == list(order) else None


def _beyond(order: tuple[str, ...], start: list[Any]) -> Q:
    """(a, b) after (x, y) as `a beyond x OR (a = x AND b beyond y)`, each field in its own direction."""
    condition = Q()
    equal_so_far = Q()
    for field, value in zip(order, start, strict=True):
        name = field.lstrip("-")
        beyond = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        condition |= equal_so_far & beyond
        equal_so_far &= Q(**{name: value})
    return condition
