"""`docs/export.md`: what is in an archive, file by file and column by column, and what is not; from the tables the code
runs on."""

from collections.abc import Iterator

from nakadachi.closing.export.archive import FORMAT, VERSION
from nakadachi.closing.export.areas import AREAS, LEFT_OUT, Area
from nakadachi.closing.export.schemas import FILE, MANIFEST
from nakadachi.closing.export.shapes import ANYTHING, FILES, PERSON, Schema

_HEAD = f"""# What members take along

<!-- Made by `bin/nakadachi docs`. Change `nakadachi/closing/export/`, not this page. -->

「データをダウンロード」 gives a member everything that is theirs as one ZIP file, in the format `{FORMAT}`, version
{VERSION}.

- Moments are ISO 8601 with the zone of Japan (`2026-11-30T10:00:00+09:00`), days `2026-11-30`, sums whole yen.
- `*.json` hold one list or one object, `*.jsonl` one JSON value a line. `*.csv` tell the same lists as tables, without
  what has lists of its own: UTF-8 with a BOM, no cell that a spreadsheet would take for a formula.
- `schema/` has a JSON Schema (draft 2020-12) of every JSON file. All its properties are always there, and no others.
- `manifest.json` names every other entry with its size and SHA-256; `index.html` explains the archive to a person.
- `terms/` has the written terms as PDF, `files/` the bytes of what `files.json` lists.
- Other members appear by the name everybody sees; in written terms also by the legal name, as in the member's own copy.
- In the ledger + is what is the member's. For every account in `accounts.json` the entries add up to the balance.
"""


def render() -> str:
    """The whole page."""
    parts = [_HEAD, "## Files\n", "\n".join(_files()), *(_area(area) for area in AREAS)]
    parts += [_object("files.json", "One row a file, its bytes at `path`.", FILE)]
    parts += [_object("manifest.json", "The whole archive.", MANIFEST)]
    parts += ["## What is not in it\n", "\n".join(_left_out())]
    return "\n".join(parts) + "\n"


def _files() -> Iterator[str]:
    yield "| file | what it tells |"
    yield "|---|---|"
    for area in AREAS:
        sheet = f", `{area.sheet_path}`" if area.sheet else ""
        yield f"| `{area.path}`{sheet} | {area.title} |"
    yield ""


def _area(area: Area) -> str:
    return _object(area.path, f"{area.title}.", area.schema)


def _object(path: str, text: str, schema: Schema) -> str:
    return "\n".join([f"## `{path}`\n", f"{text}\n", "| property | type |", "|---|---|", *_rows(schema, ""), ""])


def _rows(schema: Schema, prefix: str) -> Iterator[str]:
    """The properties, those of what they hold below them."""
    for name, found in schema["properties"].items():
        yield f"| `{prefix}{name}` | {_kind(found)} |"
        inner, ending = _inner(found)
        if inner is not None:
            yield from _rows(inner, f"{prefix}{name}{ending}.")


def _inner(schema: Schema) -> tuple[Schema | None, str]:
    if schema is PERSON:
        return None, ""
    if "anyOf" in schema:
        return _inner(schema["anyOf"][0])
    if schema.get("type") == "array":
        inner, ending = _inner(schema["items"])
        return inner, f"[]{ending}"
    return (schema, "") if "properties" in schema else (None, "")


def _kind(schema: Schema) -> str:
    if schema is PERSON:
        return "person: `name`, `is_you`; or null"
    if schema is FILES:
        return "list of numbers in files.json"
    if "anyOf" in schema:
        return " or ".join(_kind(choice) for choice in schema["anyOf"])
    if schema is ANYTHING:
        return "as it is stored"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return _simple(schema)


def _simple(schema: Schema) -> str:
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join("null" if value is None else f"`{value}`" if value else "empty" for value in schema["enum"])
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    named = _WORDS.get(schema.get("format", ""))
    words = ["null" if kind == "null" else named or _WORDS[kind] for kind in kinds]
    return " or ".join(words) + (" (whole yen)" if schema.get("description") == "whole yen" else "")


_WORDS = {
    "string": "text",
    "integer": "number",
    "boolean": "true or false",
    "object": "object",
    "date-time": "moment",
    "date": "day",
}


def _left_out() -> Iterator[str]:
    yield "| table or column | why |"
    yield "|---|---|"
    for label, why in sorted(LEFT_OUT.items()):
        yield f"| `{label}` | {why} |"
    told: set[tuple[str, str]] = set()
    for shape in (shape for area in AREAS for shape in area.shapes):
        for column, why in shape.without.items():
            row = (f"{shape.model._meta.label_lower}.{column}", why)
            if row not in told:
                told.add(row)
                yield f"| `{row[0]}` | {why} |"
