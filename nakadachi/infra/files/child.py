"""Makes two small pictures of a file, in a process of its own that may do nothing else. Imports nothing of ours.

Reads the file from stdin; writes to stdout the length of the first picture (4 bytes), the first, and the second.
Before a byte is read it gives up the network (where the kernel lets it) and takes limits on memory, time, files and
processes.
"""

import contextlib
import ctypes
import io
import os
import resource
import sys

MEMORY_BYTES = 512 * 1024**2
CPU_SECONDS = 10
INPUT_BYTES_MAX = 64 * 1024**2
PIXELS_MAX = 40_000_000
SMALL, LARGE = 160, 1280
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000


def confine() -> None:
    """Take the limits; they can't be given back."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def main() -> None:
    """Stdin to stdout."""
    confine()
    content = sys.stdin.buffer.read(INPUT_BYTES_MAX + 1)
    if len(content) > INPUT_BYTES_MAX:
        sys.exit("too large for a preview")
    picture = first_page(content) if b"%PDF-" in content[:1024] else first_frame(content)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    picture.thumbnail((LARGE, LARGE))
    large = packed(picture)
    picture.thumbnail((SMALL, SMALL))
    small = packed(picture)
    sys.stdout.buffer.write(len(small).to_bytes(4, "big") + small + large)


def first_frame(content: bytes):  # type: ignore[no-untyped-def]
    """A picture the right way up, if it is of a bearable size."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS_MAX
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > PIXELS_MAX:
        sys.exit("too many pixels")
    picture.draft("RGB", (LARGE, LARGE))
    picture.thumbnail((LARGE * 2, LARGE * 2))
    return ImageOps.exif_transpose(picture)


def first_page(content: bytes):  # type: ignore[no-untyped-def]
    """The first page of a PDF on white. Nothing in it is run: forms and scripts are not loaded."""
    import pypdfium2

    page = pypdfium2.PdfDocument(content)[0]
    return page.render(scale=LARGE / max(*page.get_size(), 1)).to_pil()


def packed(picture) -> bytes:  # type: ignore[no-untyped-def]
    """As WebP, with the pixels and nothing else: no place, no camera, no colour profile."""
    from PIL import Image

    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain.paste(picture.convert("RGB"))
    written = io.BytesIO()
    plain.save(written, "WEBP", quality=78, method=4)
    return written.getvalue()


if __name__ == "__main__":
    os.umask(0o077)
    main()
