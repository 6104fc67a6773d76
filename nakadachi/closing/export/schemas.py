"""JSON Schema (draft 2020-12) of every file of data, and of the manifest."""

from typing import Any

from nakadachi.closing.export.archive import FORMAT
from nakadachi.closing.export.areas import AREAS, Area
from nakadachi.closing.export.shapes import (
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    YES_OR_NO,
    Schema,
    list_of,
    or_none,
    thing,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMED = {"path": TEXT, "size_bytes": NUMBER, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}

FILE = thing(
    id=NUMBER,
    name=TEXT,
    content_type=TEXT,
    size_bytes=NUMBER,
    sha256=TEXT,
    uploaded_at=MOMENT,
    uploaded_by_you=YES_OR_NO,
    belongs_to=thing(kind=TEXT, id=NUMBER),
    path=or_none(TEXT),
    left_out=or_none({"enum": ["held_by_virus_check", "missing"]}),
)
MANIFEST = thing(
    format={"const": FORMAT},
    version=NUMBER,
    site=thing(name=TEXT, url=TEXT),
    made_at=MOMENT,
    time_zone={"const": "Asia/Tokyo"},
    member=PERSON,
    data=list_of(thing(path=TEXT, schema=TEXT, sheet=or_none(TEXT), rows=NUMBER)),
    files=list_of(thing(**_NAMED)),
)


def schema_of(area: Area) -> Schema:
    """Of the whole file; of a file by lines, of one line."""
    body: dict[str, Any] = dict(list_of(area.schema) if area.kind == "list" else area.schema)
    about = "each line of" if area.kind == "lines" else "the whole of"
    return {"$schema": DIALECT, "title": area.name, "$comment": f"{about} {area.path}", **body}


def all_schemas() -> dict[str, Schema]:
    """By the path in the archive."""
    files = {"$schema": DIALECT, "title": "files", "$comment": "the whole of files.json", **list_of(FILE)}
    manifest = {"$schema": DIALECT, "title": "manifest", "$comment": "the whole of manifest.json", **MANIFEST}
    return {
        "schema/manifest.schema.json": manifest,
        **{area.schema_path: schema_of(area) for area in AREAS},
        "schema/files.schema.json": files,
    }
