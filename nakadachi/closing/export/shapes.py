"""What is told of a row, as data: the columns, who is named, what stays behind and why. The schema comes from it.

A test compares every shape with its table, so that a new column is told, or left out for a written reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from nakadachi.kernel.calendar import jst
from nakadachi.people.models import Member

AT_ONCE = 500
Row = TypeVar("Row", bound=models.Model)
Schema = Mapping[str, Any]

KEY = "a technical key against sending a form twice; it says nothing"
INSIDE = "a technical number inside the program"
ABOVE = "said by what it stands under"

PERSON: Schema = {
    "type": ["object", "null"],
    "description": "a member, by the name everybody sees; null: the operator or nobody",
    "properties": {"name": {"type": "string"}, "is_you": {"type": "boolean"}},
    "required": ["name", "is_you"],
    "additionalProperties": False,
}
FILES: Schema = {
    "type": "array",
    "description": "numbers of files, as in files.json",
    "items": {"type": "integer"},
}
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
YEN: Schema = {"type": "integer", "description": "whole yen"}
YES_OR_NO: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
ANYTHING: Schema = {"description": "as it is stored"}


def or_none(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema) -> Schema:
    """Any number of them."""
    return {"type": "array", "items": schema}


def thing(**properties: Schema) -> Schema:
    """An object with just these, all of them always there."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": sorted(properties),
        "additionalProperties": False,
    }


@dataclass(frozen=True)
class Me:
    """For whom is gathered. Others appear by the name everybody sees, which is read once each.

    `accounts` are found with their entries (`gathering.ledger`), so that both are of one moment.
    """

    member: Member
    names: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The member's number."""
        return self.member.pk

    def person(self, member_id: int | None) -> dict[str, Any] | None:
        """As `PERSON`."""
        if member_id is None:
            return None
        if member_id not in self.names:
            self.meet([member_id])
        return {"name": self.names[member_id], "is_you": member_id == self.id}

    def meet(self, member_ids: Iterable[int | None]) -> None:
        """Read many names in one query."""
        unknown = {one for one in member_ids if one is not None} - self.names.keys()
        if unknown:
            self.names.update(Member.objects.filter(pk__in=unknown).values_list("pk", "display_name"))


@dataclass(frozen=True)
class Shape:
    """What is told of a row of `model`: `columns` as they are, `people` by name, and `more`, which is put in by hand.

    `without` are the columns that stay behind, with the reason.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    people: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Schema] = field(default_factory=dict)

    def row(self, of: models.Model, me: Me, **more: Any) -> dict[str, Any]:
        """One row as it is written."""
        assert more.keys() == self.more.keys(), (self.model, set(more) ^ set(self.more))
        told: dict[str, Any] = {}
        for name in self.columns:
            attribute = self._field(name).attname
            told[attribute] = plain(getattr(of, attribute))
        for name in self.people:
            told[name] = me.person(getattr(of, self._field(name).attname))
        return {**told, **more}

    @property
    def schema(self) -> Schema:
        """JSON Schema of what `row` answers."""
        told: dict[str, Schema] = {self._field(name).attname: schema_of(self._field(name)) for name in self.columns}
        return thing(**told, **dict.fromkeys(self.people, PERSON), **self.more)

    def rows(self, found: QuerySet[Any], me: Me) -> list[dict[str, Any]]:
        """All of a short list."""
        return [self.row(one, me) for one in found]

    def _field(self, name: str) -> "models.Field[Any, Any]":
        found = self.model._meta.get_field(name)
        assert isinstance(found, models.Field)
        return found


def plain(value: Any) -> Any:
    """As JSON has it: moments with the zone of Japan, days in ISO, keys as text."""
    if isinstance(value, datetime):
        return jst(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def schema_of(column: "models.Field[Any, Any]") -> Schema:
    """JSON Schema of one column."""
    made: dict[str, Any]
    if isinstance(column, models.JSONField):
        return ANYTHING
    if isinstance(column, models.DateTimeField):
        made = {"type": "string", "format": "date-time"}
    elif isinstance(column, models.DateField):
        made = {"type": "string", "format": "date"}
    elif isinstance(column, models.BooleanField):
        made = {"type": "boolean"}
    elif isinstance(column, (models.IntegerField, models.ForeignKey, models.AutoField)):
        made = {"type": "integer"}
    elif column.choices:
        made = {"type": "string", "enum": [value for value, _label in column.flatchoices]}
        if column.blank and "" not in made["enum"]:
            made["enum"].append("")
    else:
        made = {"type": "string"}
    if column.name.endswith("_yen"):
        made["description"] = "whole yen"
    if column.null:
        made["type"] = [made["type"], "null"]
    return made


def chunks(found: QuerySet[Row], size: int = AT_ONCE) -> Iterator[list[Row]]:
    """Many rows, some at a time: never all of them in memory."""
    left = found.iterator(chunk_size=size)
    while some := list(islice(left, size)):
        yield some


def under(rows: Iterable[Row], name: str) -> dict[int, list[Row]]:
    """By the number of what they belong to, in their order."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
