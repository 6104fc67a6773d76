"""What a file is, by its first bytes, and whether its name says something else.

| content             | name ends like                     | answer                                          |
|---------------------|------------------------------------|-------------------------------------------------|
| picture             | a picture, of any kind             | taken, with the type of the content             |
| anything else       | a picture                          | refused: name and content differ                |
| PDF                 | .pdf, or nothing known             | taken                                           |
| anything else       | .pdf                               | refused: name and content differ                |
| program             | document, picture, sound, archive  | refused: a program under a harmless name        |
| program             | a program, or nothing known        | taken; handed out without a type                |
| web page, SVG, XML  | sound, film, archive               | refused: name and content differ                |
| web page, SVG, XML  | a page, a text, an office document | taken; handed out without a type                |
| anything            | `invoice.pdf.exe`                  | refused: a program under a harmless name        |
| archive, office     | any other                          | taken; never unpacked here                      |
| anything else       | any other                          | taken; handed out without a type unless known   |
"""

import re
from dataclasses import dataclass
from typing import Literal

from nakadachi.infra.files.names import parts
from nakadachi.kernel.refusal import N_, Refusal

Family = Literal["picture", "pdf", "office", "archive", "sound", "film", "text", "page", "program", "unknown"]

HEAD_BYTES = 4096
PLAIN = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """One kind of content. `content_type` is what a browser is told; nothing that could run has one of its own."""

    family: Family
    content_type: str = PLAIN


UNKNOWN = Kind("unknown")
PAGE = Kind("page")
TEXT = Kind("text", "text/plain")
PDF = Kind("pdf", "application/pdf")
OOXML = "application/vnd.openxmlformats-officedocument."

_HEADS: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", Kind("picture", "image/png")),
    (0, b"\xff\xd8\xff", Kind("picture", "image/jpeg")),
    (0, b"GIF87a", Kind("picture", "image/gif")),
    (0, b"GIF89a", Kind("picture", "image/gif")),
    (8, b"WEBP", Kind("picture", "image/webp")),
    (0, b"BM", Kind("picture", "image/bmp")),
    (0, b"II*\x00", Kind("picture", "image/tiff")),
    (0, b"MM\x00*", Kind("picture", "image/tiff")),
    (4, b"ftypheic", Kind("picture", "image/heic")),
    (4, b"ftypmif1", Kind("picture", "image/heif")),
    (4, b"ftypavif", Kind("picture", "image/avif")),
    (4, b"ftypM4A", Kind("sound", "audio/mp4")),
    (4, b"ftypqt", Kind("film", "video/quicktime")),
    (4, b"ftyp", Kind("film", "video/mp4")),
    (0, b"\x1aE\xdf\xa3", Kind("film", "video/webm")),
    (8, b"AVI ", Kind("film", "video/x-msvideo")),
    (8, b"WAVE", Kind("sound", "audio/wav")),
    (0, b"ID3", Kind("sound", "audio/mpeg")),
    (0, b"\xff\xfb", Kind("sound", "audio/mpeg")),
    (0, b"OggS", Kind("sound", "audio/ogg")),
    (0, b"fLaC", Kind("sound", "audio/flac")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("office", "application/x-ole-storage")),
    (0, b"{\\rtf", Kind("office", "application/rtf")),
    (0, b"PK\x03\x04", Kind("archive", "application/zip")),
    (0, b"PK\x05\x06", Kind("archive", "application/zip")),
    (0, b"7z\xbc\xaf'\x1c", Kind("archive", "application/x-7z-compressed")),
    (0, b"Rar!\x1a\x07", Kind("archive", "application/vnd.rar")),
    (0, b"\x1f\x8b", Kind("archive", "application/gzip")),
    (257, b"ustar", Kind("archive", "application/x-tar")),
    (0, b"MZ", Kind("program")),
    (0, b"\x7fELF", Kind("program")),
    (0, b"\xca\xfe\xba\xbe", Kind("program")),
    (0, b"\xcf\xfa\xed\xfe", Kind("program")),
    (0, b"\xce\xfa\xed\xfe", Kind("program")),
    (0, b"\xfe\xed\xfa", Kind("program")),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", Kind("program")),
    (0, b"#!", Kind("program")),
)
_OFFICE = (
    (b"word/", "wordprocessingml.document"),
    (b"xl/", "spreadsheetml.sheet"),
    (b"ppt/", "presentationml.presentation"),
)
_MARKUP = re.compile(
    rb"<(!doctype\s+(html|svg)|\?xml|html|head|body|script|svg|iframe|img|meta|link|style|hta:)|mime-version:", re.I
)

_ENDINGS: dict[str, Family] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"), "picture"),
    "pdf": "pdf",
    **dict.fromkeys(("doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"), "office"),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tgz", "tar", "lzh"), "archive"),
    **dict.fromkeys(("mp3", "wav", "m4a", "ogg", "flac", "aac"), "sound"),
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv"), "film"),
    **dict.fromkeys(("txt", "csv", "tsv", "md", "log", "json"), "text"),
}
_LAUNCHED = frozenset(
    {"exe", "scr", "pif", "com", "bat", "cmd", "vbs", "vbe", "jse", "wsf", "wsh", "hta", "lnk", "msi", "msix", "ps1"}
    | {"jar", "reg", "cpl"}
)

DISGUISED = Refusal(
    "file_disguised",
    N_("“%(name)s” is a program, but its name says otherwise. Give it its true ending, or put it into a ZIP file."),
    422,
    field="files",
)
MISMATCH = Refusal(
    "file_mismatch",
    N_("The content of “%(name)s” does not fit its ending. Save it again in that format or correct the ending."),
    422,
    field="files",
)


def kind_of(head: bytes) -> Kind:
    """The kind by the first bytes (`HEAD_BYTES` are enough), never by the name or the browser's word."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.match(text[:256]) or (text.startswith(b"<") and _MARKUP.search(text[:1024])):
        return PAGE
    for at, magic, kind in _HEADS:
        if head.startswith(magic, at) and (at != 8 or head.startswith(b"RIFF")):
            return _office(head) or kind if magic == b"PK\x03\x04" else kind
    if b"%PDF-" in head[:1024]:
        return PDF
    return TEXT if _is_text(head) else UNKNOWN


def _office(head: bytes) -> Kind | None:
    for folder, name in _OFFICE:
        if folder in head and b".xml" in head:
            return Kind("office", OOXML + name)
    return None


def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            head[:HEAD_BYTES].decode(encoding)
        except UnicodeDecodeError as problem:
            if problem.start < len(head) - 4:
                continue
        return True
    return False


def judge(name: str, head: bytes) -> Refusal | None:
    """The table above: None when a file of this (safe) name with this beginning may be kept."""
    kind = kind_of(head)
    stem, ending = parts(name)
    claimed = _ENDINGS.get(ending)
    if ending in _LAUNCHED and parts(stem.rstrip())[1] in _ENDINGS:
        return DISGUISED.with_params(name=name)
    if kind.family == "program" and claimed and claimed != "text":
        return DISGUISED.with_params(name=name)
    if claimed in ("picture", "pdf") and kind.family != claimed:
        return MISMATCH.with_params(name=name)
    if kind.family == "page" and claimed in ("sound", "film", "archive"):
        return MISMATCH.with_params(name=name)
    return None
