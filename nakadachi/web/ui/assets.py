"""All stylesheets as one answer and all scripts as another: assembled in memory, no build step.

A file dropped into `static/css/**` or `static/js/` is part of the bundle. The address carries a digest of the content,
so the answer may be kept for ever; a changed file is noticed within a second. See docs/adr/0007.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parent.parent / "static"
CSS_FOLDERS = ("", "components", "pages")
CONTENT_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
LOOK_AGAIN_SECONDS = 1.0
HTMX = "django_htmx/htmx-2.min.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OWN_LINES = re.compile(r"^\s*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
"""Of a script only comments that have their lines to themselves go: within a line the same signs may be a text."""
_MARGIN = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Bundle:
    """One assembled answer in the three encodings a browser may ask for."""

    digest: str
    plain: bytes
    gzipped: bytes
    brotlied: bytes

    def body(self, accepted: str) -> tuple[bytes, str]:
        """The smallest form this browser understands, and its Content-Encoding."""
        if "br" in accepted:
            return self.brotlied, "br"
        if "gzip" in accepted:
            return self.gzipped, "gzip"
        return self.plain, ""


@dataclass
class _Kept:
    stamp: float
    looked_at: float
    bundle: Bundle


_kept: dict[str, _Kept] = {}


def sources(kind: str) -> list[Path]:
    """The files of a bundle in order: `layers.css` first, then folder by folder; htmx before our own scripts."""
    if kind == "css":
        found = [path for folder in CSS_FOLDERS for path in sorted((STATIC / "css" / folder).glob("*.css"))]
        return sorted(found, key=lambda path: path.name != "layers.css")
    return [Path(finders.find(HTMX)), *sorted((STATIC / "js").glob("*.js"))]


def bundle(kind: str) -> Bundle:
    """The current bundle of "css" or "js"."""
    return _current(kind, lambda: sources(kind))


def picture(name: str) -> Bundle | None:
    """A file of `static/img` (the mark, the preview), or None."""
    found = _pictures().get(name)
    return _current(name, lambda: [found]) if found else None


@cache
def _pictures() -> dict[str, Path]:
    """By name: what is not in the folder is not opened, whatever it is called."""
    return {path.name: path for path in (STATIC / "img").iterdir()}


def _current(name: str, files_of: Callable[[], list[Path]]) -> Bundle:
    kept = _kept.get(name)
    instant = time.monotonic()
    if kept and instant - kept.looked_at < LOOK_AGAIN_SECONDS:
        return kept.bundle
    files = files_of()
    stamp = sum(path.stat().st_mtime for path in files)
    if kept and kept.stamp == stamp:
        kept.looked_at = instant
        return kept.bundle
    made = _assemble(name, files)
    _kept[name] = _Kept(stamp, instant, made)
    return made


def without_comments(script: str) -> str:
    """A script without what only its readers need."""
    return _OWN_LINES.sub("", script)


def _assemble(name: str, files: list[Path]) -> Bundle:
    if name == "css":
        plain = "\n".join(_MARGIN.sub("\n", _COMMENT.sub("", path.read_text())) for path in files).encode()
    elif name == "js":
        plain = "\n;".join(without_comments(path.read_text()) for path in files).encode()
    else:
        plain = files[0].read_bytes()
    return Bundle(
        digest=hashlib.sha256(plain).hexdigest()[:12],
        plain=plain,
        gzipped=gzip.compress(plain, 9),
        brotlied=brotli.compress(plain),
    )
