"""Small honest files, made here."""

import io
from pathlib import Path

from PIL import Image

REPORT = Path(__file__).resolve().parents[3] / "nakadachi" / "demo" / "content" / "files" / "report.pdf"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A red picture."""
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return written.getvalue()


def report() -> bytes:
    """A PDF of one page."""
    return REPORT.read_bytes()
