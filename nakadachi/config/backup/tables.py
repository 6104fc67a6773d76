"""Which tables there are, their columns, and the order in which they can be filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter

from psycopg import Cursor, sql

SCHEMAS = ["public", "ledger"]
NOT_KEPT = {"public.site_cache"}
"""Made anew by whoever needs it."""

_TABLES = """
SELECT n.nspname, c.relname, c.oid::bigint,
       array_agg(a.attname::text ORDER BY a.attnum), array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY n.nspname, c.relname, c.oid ORDER BY n.nspname, c.relname
"""
_NEEDS = """
SELECT conrelid::bigint, confrelid::bigint FROM pg_constraint
WHERE contype = 'f' AND conrelid <> confrelid AND conparentid = 0
"""
_GUARDED = """
SELECT DISTINCT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p')
"""
_SEQUENCES = "SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = ANY(%s) ORDER BY 1, 2"


@dataclass(frozen=True)
class Table:
    """A table, or the parent of a partitioned one. Generated columns are left out: the database computes them."""

    schema: str
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """As the manifest and the names inside the tar say it."""
        return f"{self.schema}.{self.name}"

    @property
    def identifier(self) -> sql.Identifier:
        """For composing SQL."""
        return sql.Identifier(self.schema, self.name)


def tables(cursor: "Cursor[tuple[object, ...]]") -> list[Table]:
    """Every table that is kept, those that others refer to first."""
    cursor.execute(_TABLES, [SCHEMAS])
    found = {oid: Table(schema, name, tuple(columns), tuple(types)) for schema, name, oid, columns, types in cursor}
    order = TopologicalSorter({oid: set() for oid in found})
    cursor.execute(_NEEDS)
    for needing, needed in cursor:
        if needing in found and needed in found:
            order.add(needing, needed)
    return [found[oid] for oid in order.static_order() if found[oid].full_name not in NOT_KEPT]


def guarded(cursor: "Cursor[tuple[object, ...]]") -> list[sql.Identifier]:
    """Every table and partition that may carry triggers."""
    cursor.execute(_GUARDED, [SCHEMAS])
    return [sql.Identifier(schema, name) for schema, name in cursor]


def sequences(cursor: "Cursor[tuple[object, ...]]") -> Iterable[tuple[str, str]]:
    """Schema and name of every sequence."""
    cursor.execute(_SEQUENCES, [SCHEMAS])
    return [(str(schema), str(name)) for schema, name in cursor]
