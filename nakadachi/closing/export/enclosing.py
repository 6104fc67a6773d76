"""Putting documents and files into the archive."""

import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.core.files.storage import default_storage

from nakadachi.closing.export.archive import Archive, pieces_of
from nakadachi.closing.export.gathering.contracts import contracts_of, terms_pdf_path
from nakadachi.closing.export.gathering.files import files_of
from nakadachi.closing.export.gathering.profile import PICTURE
from nakadachi.closing.export.shapes import Me, chunks, plain
from nakadachi.infra.files.actions import held, open_bytes
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Contract, Terms
from nakadachi.money.documents.written_terms import terms_pdf
from nakadachi.people.avatars import LARGE, path_of

AT_ONCE = 100
Tick = Callable[[], None]


def terms_of(me: Me) -> "Any":
    """Every version of written terms of the member's contracts."""
    mine = Contract.objects.filter(contracts_of(me.id)).values("pk")
    return Terms.objects.filter(contract__in=mine).order_by("pk")


def add_documents(archive: Archive, me: Me, tick: Tick) -> int:
    """The written terms as PDF, as the pages hand them out."""
    count = 0
    for some in chunks(terms_of(me), AT_ONCE):
        for terms in some:
            made = terms_pdf(terms.document, version=terms.version, sha256=terms.sha256)
            archive.add(terms_pdf_path(terms), [made])
            count += 1
            tick()
    return count


def add_picture(archive: Archive, me: Me) -> None:
    """The picture of the profile."""
    try:
        source = default_storage.open(path_of(me.member.avatar, LARGE), "rb") if me.member.avatar else None
    except FileNotFoundError:
        source = None
    if source is not None:
        with source:
            archive.add(PICTURE, pieces_of(source), pack=False)


def add_files(archive: Archive, me: Me, told: IO[bytes], tick: Tick) -> int:
    """Every file, and in `told` the list of them. What the virus check holds, or the store has lost, is named."""
    count = 0
    told.write(b"[")
    for some in chunks(files_of(me.id).order_by("pk"), AT_ONCE):
        for stored in some:
            why = "held_by_virus_check" if held(stored) else _added(archive, stored)
            told.write(b"\n" if not count else b",\n")
            told.write(json.dumps(_row(stored, me, why), ensure_ascii=False).encode())
            count += 1
            tick()
    told.write(b"\n]\n")
    return count


def _added(archive: Archive, stored: StoredFile) -> str:
    """Put the bytes in; answers why not, if not."""
    try:
        source = open_bytes(stored)
    except OSError:
        return "missing"
    with source:
        archive.add(_path_of(stored), pieces_of(source), pack=False)
    return ""


def _path_of(stored: StoredFile) -> str:
    return f"files/{stored.pk}-{stored.name.replace('/', '_')}"


def _row(stored: StoredFile, me: Me, why: str) -> dict[str, Any]:
    return {
        "id": stored.pk,
        "name": stored.name,
        "content_type": stored.content_type,
        "size_bytes": stored.size_bytes,
        "sha256": stored.sha256,
        "uploaded_at": plain(stored.uploaded_at),
        "uploaded_by_you": stored.uploaded_by_id == me.id,
        "belongs_to": {"kind": stored.owner_type, "id": stored.owner_id},
        "path": None if why else _path_of(stored),
        "left_out": why or None,
    }


def lines(source: IO[bytes]) -> Iterator[bytes]:
    """A spooled file from its beginning."""
    source.seek(0)
    return pieces_of(source)
