"""A table of an area for spreadsheets: what is one figure or one line of text in each row, and people by name."""

from collections.abc import Mapping
from typing import Any

from nakadachi.closing.export.shapes import PERSON, Schema
from nakadachi.infra.sheets import BOM, line_of

_SIMPLE = {"string", "integer", "boolean", "null"}


def columns_of(schema: Schema) -> list[str]:
    """The names of its columns."""
    return [name for name, found in schema["properties"].items() if found is PERSON or _is_simple(found)]


def head(columns: list[str]) -> bytes:
    """The first line."""
    return (BOM + line_of(columns)).encode()


def line(columns: list[str], row: Mapping[str, Any]) -> bytes:
    """One row."""
    return line_of(_cell(row[name]) for name in columns).encode()


def _is_simple(schema: Schema) -> bool:
    if "anyOf" in schema:
        return all(_is_simple(choice) for choice in schema["anyOf"])
    kinds = schema.get("type", "object")
    return set([kinds] if isinstance(kinds, str) else kinds) <= _SIMPLE


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return value["name"]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
