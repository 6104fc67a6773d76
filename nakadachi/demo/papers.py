"""Small real files that deliveries carry: texts and tables written here, pictures and PDFs from `content/files/`."""

from functools import lru_cache

from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.demo.content import FOLDER, Posting, phrases
from nakadachi.demo.stage import person

KEPT = {".png": "sketch.png", ".pdf": "report.pdf"}


def paper(name: str, posting: Posting, worker: str) -> SimpleUploadedFile:
    """A file of that name; what stands in it fits its ending and the work."""
    ending = name[name.rfind(".") :]
    if ending in KEPT:
        return SimpleUploadedFile(name, _kept(KEPT[ending]))
    heading = f"{posting.title}\n担当:{person(worker).name}\n\n"
    return SimpleUploadedFile(name, (heading + _text(name, posting)).encode())


def photo(name: str) -> SimpleUploadedFile:
    """A small picture."""
    return SimpleUploadedFile(name, _kept(KEPT[".png"]), content_type="image/png")


@lru_cache(maxsize=4)
def _kept(name: str) -> bytes:
    return (FOLDER / "files" / name).read_bytes()


def _text(name: str, posting: Posting) -> str:
    handovers = phrases().handovers[posting.category]
    fitting = [handover.text for handover in handovers if handover.file == name]
    text = fitting[0] if fitting else handovers[0].text
    return text.replace("{topic}", posting.topic) + "\n"
