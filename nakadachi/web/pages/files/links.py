"""Stored files as the rows of a list: what it is called, its picture, where it is fetched."""

from collections.abc import Sequence

from django.urls import reverse

from nakadachi.infra.files.models import StoredFile
from nakadachi.web.ui.parts import FileLink


def links_of(stored: Sequence[StoredFile]) -> list[FileLink]:
    """For `ui/files.html`."""
    return [link_of(row) for row in stored]


def link_of(row: StoredFile) -> FileLink:
    """One of them."""
    has_picture = row.has_preview and row.scan != StoredFile.Scan.BAD
    return FileLink(
        row.name,
        reverse("files:download", args=[row.token, row.name]),
        row.size_bytes,
        look_href=reverse("files:look", args=[row.token]) if has_picture else "",
        picture_href=reverse("files:preview", args=[row.token, "small"]) if has_picture else "",
        note=note_of(row),
    )


def note_of(row: StoredFile) -> str:
    """What a reader should know beside the size; nothing when all is as expected."""
    if row.scan in (StoredFile.Scan.WAITING, StoredFile.Scan.BAD):
        return str(row.get_scan_display())
    if row.preview in (StoredFile.Preview.WAITING, StoredFile.Preview.FAILED):
        return str(row.get_preview_display())
    return ""
