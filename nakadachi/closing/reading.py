"""Reading every kind of obstacle of a member in one statement, whose SQL is put together once in a process.

No object is loaded: of a long list the first rows come one by one, the rest is counted and added up by the database and
stands as one obstacle.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, DateTimeField, F, Max, Sum, TextField, Value, Window
from django.db.models.functions import Cast

from nakadachi.closing.buttons import DEEDS, WAYS
from nakadachi.closing.catalogue import KINDS
from nakadachi.closing.kind import Column, Do, Go, Kind
from nakadachi.closing.obstacle import Obstacle, Remedy
from nakadachi.infra.prepared import Param, fill, written
from nakadachi.kernel.money import Yen
from nakadachi.market.sourcing import silence
from nakadachi.money import rulebook
from nakadachi.people.models import Member

ROWS_MAX = 30
"""So many of a kind are told one by one."""
COLUMNS_MAX = 4
"""No kind calls its page and its buttons with more columns than this."""


def read(member: Member, most: int | None) -> list[Obstacle]:
    """Kind by kind, of each what ends first first; of more than `most` the rest as one."""
    found: list[Obstacle] = []
    for number, rows in groupby(_rows(member, most), key=lambda row: row[0]):
        kind, listed = KINDS[number], list(rows)
        shown = listed if most is None else listed[:most]
        found += [_obstacle(kind, row) for row in shown]
        if len(shown) < len(listed):
            found.append(_rest(kind, member, shown))
    return found


def _rows(member: Member, most: int | None) -> list[tuple[Any, ...]]:
    sql, params = _written(most)
    with connection.cursor() as cursor:
        cursor.execute(sql, fill(params, _values(member)))
        return cursor.fetchall()


def _values(member: Member) -> dict[str, Any]:
    """What the places in the statements are filled with."""
    skips = timedelta(weeks=rulebook.current().hourly.skips_max - 1)
    return {"member": member.pk, "skips": skips, "proposals": silence.waits()}


@lru_cache(maxsize=4)
def _written(most: int | None) -> tuple[str, tuple[Any, ...]]:
    """The statement over all kinds, with the places where its values will stand."""
    parts = [_select(number, kind, most) for number, kind in enumerate(KINDS)]
    sql = " UNION ALL ".join(f"({part})" for part, _params in parts)
    return sql, tuple(param for _part, params in parts for param in params)


def _select(number: int, kind: Kind, most: int | None) -> tuple[str, tuple[Any, ...]]:
    columns = {
        "the_kind": Value(number),
        "the_title": Cast(_column(kind.title) or Value(""), TextField()),
        "the_yen": Cast(_column(kind.amount), BigIntegerField()),
        "the_moves": Cast(_column(kind.moves), BigIntegerField()),
        "the_day": Cast(_column(kind.day), DateTimeField()),
    }
    keys = kind.columns
    assert len(keys) <= COLUMNS_MAX, kind.name
    keyed = {f"key_{place}": Cast(F(name), BigIntegerField()) for place, name in enumerate(keys)}
    empty = {f"key_{place}": Cast(Value(None), BigIntegerField()) for place in range(len(keys), COLUMNS_MAX)}
    order = [F("the_day").asc(nulls_last=True), "pk"] if kind.day else ["pk"]
    rows = kind.rows(Param("member")).annotate(**columns, **keyed, **empty).order_by(*order)
    named = rows.values_list(*columns, *keyed, *empty)
    return written(named if most is None else named[: most + 1])


def _column(column: Column) -> Any:
    if not column:
        return Value(None)
    return F(column) if isinstance(column, str) else column


def _obstacle(kind: Kind, row: tuple[Any, ...]) -> Obstacle:
    _number, title, yen, moves, day, *keys = row
    key = dict(zip(kind.columns, keys, strict=False))
    return Obstacle(
        code=kind.code,
        title=title or kind.heading,
        sentence=kind.sentence,
        who=kind.who,
        page=kind.page,
        arguments=tuple(key[name] for name in kind.arguments),
        remedies=tuple(_remedy(button, key, {"yen": yen, "moves": moves}) for button in kind.buttons),
        amount_yen=yen,
        clears_by=day,
        if_silent=kind.if_silent,
        kind=kind.name,
    )


def _remedy(button: Do | Go, key: dict[str, Any], yen: dict[str, Yen | None]) -> Remedy:
    if isinstance(button, Go):
        arguments = tuple(key[name] for name in button.arguments)
        return Remedy(button.name, WAYS[button.name].label, page=button.page, arguments=arguments)
    said = DEEDS[button.name]
    return Remedy(button.name, said.label, says=said.says, yen=yen.get(button.yen), thing_id=key[button.thing])


def _rest(kind: Kind, member: Member, shown: list[tuple[Any, ...]]) -> Obstacle:
    """What a long list does not show one by one."""
    count, dated, last, yen = _whole(kind, member)
    deeds = [button.name for button in kind.buttons if isinstance(button, Do)]
    return Obstacle(
        code=kind.code,
        title=kind.heading,
        sentence=kind.sentence,
        who=kind.who,
        page="leaving:overview",
        arguments=(),
        remedies=tuple(Remedy(name, DEEDS[name].label) for name in deeds),
        amount_yen=yen - sum(row[2] or 0 for row in shown) if kind.amount else None,
        clears_by=last if dated == count else None,
        if_silent=kind.if_silent,
        kind=kind.name,
        count=count - len(shown),
        is_rest=True,
    )


def _whole(kind: Kind, member: Member) -> tuple[int, int, datetime | None, Yen]:
    """How many there are, how many have a day, the last of the days, and the sum of the yen."""
    columns = {
        "the_day": Cast(_column(kind.day), DateTimeField()),
        "the_yen": Cast(_column(kind.amount), BigIntegerField()),
    }
    over_all = {
        "the_count": Window(Count("pk")),
        "the_dated": Window(Count("the_day")),
        "the_last": Window(Max("the_day")),
        "the_sum": Window(Sum("the_yen")),
    }
    rows = kind.rows(Param("member")).annotate(**columns).annotate(**over_all).order_by()
    sql, params = written(rows.values_list(*over_all)[:1])
    with connection.cursor() as cursor:
        cursor.execute(sql, fill(params, _values(member)))
        count, dated, last, yen = cursor.fetchone()
    return count, dated, last, int(yen or 0)
