"""Making the archive: area by area, then documents and files, at last the manifest.

Nothing is held in memory but some rows or a piece of a file: everything goes into files on disk that have no name, so
that nothing is left of it when the worker dies. It runs outside of any transaction.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils import translation

from nakadachi.closing.export import actions, overview, sheets
from nakadachi.closing.export.archive import FORMAT, MANIFEST, VERSION, Archive, json_text
from nakadachi.closing.export.areas import AREAS, Area
from nakadachi.closing.export.enclosing import add_documents, add_files, add_picture, lines, terms_of
from nakadachi.closing.export.gathering.files import files_of
from nakadachi.closing.export.models import Export
from nakadachi.closing.export.schemas import all_schemas
from nakadachi.closing.export.shapes import Me, plain
from nakadachi.infra import crash_points
from nakadachi.infra.files import made
from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.calendar import jst

STEPS_TOLD = 100
"""So often at most it is written down how far it is."""


class Overtaken(Exception):
    """The export was given up, or another worker has finished it."""


@dataclass
class Steps:
    """How far it is."""

    export: Export
    total: int
    done: int = 0

    def tick(self) -> None:
        """One step more; raises `Overtaken` when going on is in vain."""
        self.done += 1
        every = max(1, -(-self.total // STEPS_TOLD))
        if self.done % every and self.done != self.total:
            return
        if not actions.count(export=self.export, done=self.done, total=self.total):
            raise Overtaken


@dataclass
class Contents:
    """What was put in, for the manifest and the page that explains it."""

    rows: dict[str, int] = field(default_factory=dict)
    documents: int = 0
    files: int = 0


def build(export: Export, *, at: datetime) -> StoredFile:
    """Gather everything of the member as it is now, and bring the archive into the store; answers its row, unsaved.

    Raises `Overtaken`; whatever else is raised, nothing has changed.
    """
    me = Me(export.member)
    steps = Steps(export, len(AREAS) + terms_of(me).count() + files_of(me.id).count() + 1)
    contents = Contents()
    with _unnamed() as target, Archive(target) as archive, translation.override(me.member.language):
        for area in AREAS:
            contents.rows[area.name] = _add_area(archive, area, me)
            crash_points.reached(f"export.{area.name}")
            steps.tick()
        contents.documents = add_documents(archive, me, steps.tick)
        add_picture(archive, me)
        with _unnamed() as told:
            contents.files = add_files(archive, me, told, steps.tick)
            archive.add("files.json", lines(told))
        _add_explanations(archive, me, contents, at)
        sha256 = archive.close()
        steps.total = max(steps.total, steps.done + 1)
        steps.done = steps.total - 1
        steps.tick()
        name = f"{FORMAT}-{jst(at):%Y%m%d-%H%M}.zip"
        return made.keep_bytes(
            target,
            name=name,
            content_type="application/zip",
            sha256=sha256,
            owner=export,
            member_id=me.id,
            at=at,
        )


def _add_area(archive: Archive, area: Area, me: Me) -> int:
    """Gathered once, written twice: as data and as a table."""
    count = 0
    columns = sheets.columns_of(area.schema)
    with _unnamed() as data, _unnamed() as table:
        table.write(sheets.head(columns))
        for row in area.gather(me):
            data.write(_before(area, count))
            data.write(json_text(row).rstrip(b"\n") if area.kind != "object" else json_text(row, indent=1))
            table.write(sheets.line(columns, row))
            count += 1
        data.write(_after(area, count))
        archive.add(area.path, lines(data))
        if area.sheet:
            archive.add(area.sheet_path, lines(table))
    return count


def _before(area: Area, count: int) -> bytes:
    if area.kind == "list":
        return b",\n" if count else b"[\n"
    return b"\n" if count else b""


def _after(area: Area, count: int) -> bytes:
    if area.kind == "list":
        return b"\n]\n" if count else b"[]\n"
    return b"\n" if count and area.kind == "lines" else b""


def _add_explanations(archive: Archive, me: Me, contents: Contents, at: datetime) -> None:
    for path, schema in all_schemas().items():
        archive.add_json(path, schema)
    archive.add("index.html", [overview.page(me, contents.rows, contents.documents, contents.files, at=at).encode()])
    archive.add_json(MANIFEST, _manifest(archive, me, contents, at))


def _manifest(archive: Archive, me: Me, contents: Contents, at: datetime) -> dict[str, Any]:
    """Every entry but itself."""
    data: list[dict[str, Any]] = [
        {
            "path": area.path,
            "schema": area.schema_path,
            "sheet": area.sheet_path if area.sheet else None,
            "rows": contents.rows[area.name],
        }
        for area in AREAS
    ]
    data.append({"path": "files.json", "schema": "schema/files.schema.json", "sheet": None, "rows": contents.files})
    return {
        "format": FORMAT,
        "version": VERSION,
        "site": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
        "made_at": plain(at),
        "time_zone": "Asia/Tokyo",
        "member": me.person(me.id),
        "data": data,
        "files": list(archive.entries),
    }


@contextmanager
def _unnamed() -> Iterator[IO[bytes]]:
    """A file in the data folder that nobody else sees, gone when it is closed or the process dies."""
    settings.UPLOAD_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.UPLOAD_ROOT) as file:
        yield file
