"""The archive as a stream of bytes: one file after another, each hashed as it passes, the manifest last.

No more than one piece of one file is in memory. Entries carry no date of their own, so that the same state gives the
same bytes.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from nakadachi.infra.files.actions import held, open_bytes
from nakadachi.kernel.refusal import Refused
from nakadachi.money.documents.case_cover import cover_pdf
from nakadachi.money.documents.written_terms import terms_pdf
from nakadachi.trust.mediation.evidence.bundle import BYTES_MAX, FILES_MAX, Bundle, Enclosure

PIECE_BYTES = 256 * 1024


class _Pipe:
    """Where the archive is written to; what has come is taken away after each piece."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep it until it is taken."""
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def take(self) -> bytes:
        """What has come since."""
        taken, self._waiting = b"".join(self._waiting), []
        return taken


class _Archive:
    """Writes entries, and remembers what the manifest says of each."""

    def __init__(self) -> None:
        self.pipe = _Pipe()
        self.zip = zipfile.ZipFile(self.pipe, "w", zipfile.ZIP_DEFLATED, allowZip64=True)  # type: ignore[call-overload]
        self.entries: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """One entry."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self.zip.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
                yield self.pipe.take()
        self.entries.append({"path": path, "sha256": digest.hexdigest(), "size_bytes": size})
        yield self.pipe.take()

    def close(self) -> bytes:
        """The directory of the archive."""
        self.zip.close()
        return self.pipe.take()


def pieces(bundle: Bundle) -> Iterator[bytes]:
    """The archive, piece by piece."""
    archive = _Archive()
    yield from archive.add("00_表紙.pdf", iter([cover_pdf(bundle.cover, at=bundle.as_of)]))
    for terms in bundle.terms:
        made = terms_pdf(terms.document, version=terms.version, sha256=terms.sha256)
        yield from archive.add(f"01_取引条件/第{terms.version}版.pdf", iter([made]))
    for path, text in bundle.texts.items():
        yield from archive.add(path, iter([text.encode()]))
    left_out: list[dict[str, Any]] = []
    room_bytes = BYTES_MAX
    for number, enclosure in enumerate(bundle.enclosures):
        why = _why_not(enclosure, number, room_bytes)
        source = None if why else _opened(enclosure)
        if source is None:
            left_out.append(_named(enclosure, why or "missing"))
            continue
        room_bytes -= enclosure.stored.size_bytes
        with source:
            yield from archive.add(enclosure.path, iter(lambda source=source: source.read(PIECE_BYTES), b""))  # type: ignore[misc]
    manifest = {
        "case": bundle.case.pk,
        "as_of": bundle.as_of.isoformat(),
        "files": list(archive.entries),
        "left_out": left_out,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    yield from archive.add("manifest.json", iter([text.encode()]))
    yield archive.close()


def _why_not(enclosure: Enclosure, number: int, room_bytes: int) -> str:
    """What speaks against putting this file in."""
    if (refusal := held(enclosure.stored)) is not None:
        return refusal.code
    if number >= FILES_MAX:
        return "too_many"
    return "too_large" if enclosure.stored.size_bytes > room_bytes else ""


def _opened(enclosure: Enclosure) -> IO[bytes] | None:
    """Its bytes; nothing when the storage has lost them."""
    try:
        return open_bytes(enclosure.stored)
    except (OSError, Refused):
        return None


def _named(enclosure: Enclosure, why: str) -> dict[str, Any]:
    stored = enclosure.stored
    return {"path": enclosure.path, "sha256": stored.sha256, "size_bytes": stored.size_bytes, "why": why}
