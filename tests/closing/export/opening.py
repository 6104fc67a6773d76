"""Making an archive as the worker does, and opening it as its member would."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from jsonschema import Draft202012Validator, FormatChecker

from nakadachi.closing.export import actions
from nakadachi.closing.export.building import build
from nakadachi.closing.export.models import Export
from nakadachi.infra.files.actions import open_bytes
from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member

FORMATS = FormatChecker(())
FORMATS.checks("date-time", raises=ValueError)(lambda text: _zoned(text) if isinstance(text, str) else True)
FORMATS.checks("date", raises=ValueError)(
    lambda text: bool(datetime.strptime(text, "%Y-%m-%d")) if isinstance(text, str) else True
)


def _zoned(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is not None


@dataclass
class Opened:
    """The entries by path."""

    entries: dict[str, bytes]

    def json(self, path: str) -> Any:
        return json.loads(self.entries[path])

    def lines(self, path: str) -> list[Any]:
        return [json.loads(line) for line in self.entries[path].splitlines()]

    def data(self, path: str) -> list[Any]:
        """The rows of a list, whichever way it is written; one object as the only row."""
        found = self.lines(path) if path.endswith(".jsonl") else self.json(path)
        return found if isinstance(found, list) else [found]

    def table(self, path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.entries[path].decode("utf-8-sig"))))

    @property
    def manifest(self) -> Any:
        return self.json("manifest.json")

    def faults_of_schema(self) -> list[str]:
        """Every JSON file against the schema that the manifest names for it."""
        pairs = [(one["path"], one["schema"]) for one in self.manifest["data"]]
        return [
            f"{path}: {fault.json_path} {fault.message[:200]}"
            for path, schema in [*pairs, ("manifest.json", "schema/manifest.schema.json")]
            for fault in self._faults(path, self.json(schema))
        ]

    def _faults(self, path: str, schema: Any) -> list[Any]:
        Draft202012Validator.check_schema(schema)
        checks = Draft202012Validator(schema, format_checker=FORMATS)
        whole = self.lines(path) if path.endswith(".jsonl") else [self.json(path)]
        return [fault for one in whole for fault in checks.iter_errors(one)]


def asked(member: Member, at: datetime) -> Export:
    return actions.ask(member=member, request_key=uuid4(), by=Actor.member(member.pk), at=at)


def ready(member: Member, at: datetime) -> Export:
    """Asked for and made, at that moment."""
    export = asked(member, at)
    begun = actions.begin(export_id=export.pk, at=at)
    assert begun is not None
    assert actions.finish(export=begun, archive=build(begun, at=at), at=at)
    return Export.objects.select_related("file").get(pk=export.pk)


def opened(export: Export) -> Opened:
    assert export.file is not None
    with open_bytes(export.file) as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return Opened({name: archive.read(name) for name in names})
