"""Writing the archive: entry after entry into a file on disk, each hashed as it passes."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

PIECE_BYTES = 256 * 1024
FORMAT = "nakadachi-export"
VERSION = 1
MANIFEST = "manifest.json"


@dataclass
class Archive:
    """`entries` are what the manifest says of each: path, size, hash."""

    target: IO[bytes]
    entries: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_problem: object) -> None:
        """Also of an archive that is given up, before its file is gone."""
        with suppress(OSError):
            self._zip.close()

    def add(self, path: str, pieces: Iterable[bytes], *, pack: bool = True) -> None:
        """One entry. Files of members are mostly packed already: `pack=False` keeps them as they are."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path)
        info.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
        self.entries.append({"path": path, "size_bytes": size, "sha256": digest.hexdigest()})

    def add_json(self, path: str, value: Any) -> None:
        """A short JSON document."""
        self.add(path, [json_text(value, indent=1)])

    def close(self) -> str:
        """Write the directory; answers the hash of the whole."""
        self._zip.close()
        self.target.seek(0)
        digest = hashlib.sha256()
        for piece in pieces_of(self.target):
            digest.update(piece)
        return digest.hexdigest()


def json_text(value: Any, indent: int | None = None) -> bytes:
    """As people and programs read it."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode() + b"\n"


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces, from where it stands."""
    while piece := source.read(PIECE_BYTES):
        yield piece
