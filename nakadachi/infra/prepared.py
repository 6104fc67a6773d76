"""Reads whose SQL is put together once in a process: for the pages that everybody opens all the time.

The ORM needs more processor time to write a SELECT with its joins than PostgreSQL to answer it. A prepared read is an
ordinary queryset with `Param`s where its values will stand; the first call writes the SQL, every call fills it in.

    OF_CONTRACT = Prepared(lambda: Terms.objects.filter(contract=Param("contract")).order_by("version"))
    terms = OF_CONTRACT(contract=7)
"""

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Lookup, Model, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Slot:
    """Where a value will stand."""

    name: str


class Param(Expression):
    """A value that is given with the call."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.slot = _Slot(name)

    def as_sql(self, *_: Any) -> tuple[str, list[_Slot]]:
        """A placeholder."""
        return "%s", [self.slot]


class Among(Lookup):
    """`filter(Among(F("id"), Param("ids")))`: equals one of a list; the SQL is the same for lists of any length."""

    lookup_name = "among"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """`column = ANY(list)`."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = compiler.compile(self.rhs)
        return f"{left} = ANY({right})", [*left_params, *right_params]


def written(queryset: "QuerySet[Any]") -> tuple[str, tuple[Any, ...]]:
    """The SQL of any queryset and its parameters, the places of `Param`s among them: to be a part of a statement."""
    sql, params = queryset.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def fill(params: Iterable[Any], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The parameters with the values of one call in their places."""
    return tuple(values[param.name] if isinstance(param, _Slot) else param for param in params)


class _Compiler(SQLCompiler):
    """Writes its SQL once. What runs is a copy with the values of one call."""

    written: tuple[str, tuple[Any, ...]] | None = None

    def as_sql(self, *given: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """The SQL that is there, or for the first time."""
        return self.written or super().as_sql(*given, **more)

    def filled(self, values: Mapping[str, Any]) -> "_Compiler":
        """A copy that asks with these values, on the connection of this thread."""
        assert self.written is not None
        sql, params = self.written
        one = copy.copy(self)
        one.connection = connection
        one.written = sql, fill(params, values)
        return one


class Prepared(Generic[Row]):
    """A queryset of models, with joins, annotations and prefetches of its own, that is called with its values."""

    def __init__(self, made: Callable[[], QuerySet[Row]]) -> None:
        self._made = made

    @cached_property
    def _once(self) -> tuple[_Compiler, tuple[Any, ...]]:
        queryset = self._made()
        compiler = _Compiler(queryset.query, connection, DEFAULT_DB_ALIAS)
        compiler.written = compiler.as_sql()
        return compiler, queryset._prefetch_related_lookups  # type: ignore[attr-defined]

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values."""
        compiler, prefetches = self._once
        query = SimpleNamespace(get_compiler=lambda using: compiler.filled(values))
        asked = SimpleNamespace(query=query, db=DEFAULT_DB_ALIAS, _known_related_objects={})
        found: list[Row] = list(ModelIterable(asked))
        if prefetches and found:
            prefetch_related_objects(found, *prefetches)
        return found

    def first(self, **values: Any) -> Row | None:
        """The only row, or nothing."""
        return next(iter(self(**values)), None)


def hand_out(parents: Iterable[Model], name: str, children: Iterable[Row], *, by: str) -> None:
    """What `prefetch_related(name)` does, with children that are here already; `by` is their column of the parent."""
    of: dict[Any, list[Row]] = {}
    for child in children:
        of.setdefault(getattr(child, by), []).append(child)
    for parent in parents:
        related = getattr(type(parent), name).rel.related_model
        found = QuerySet(related)
        found._result_cache, found._prefetch_done = of.get(parent.pk, []), True  # type: ignore[attr-defined]
        vars(parent).setdefault("_prefetched_objects_cache", {})[name] = found
