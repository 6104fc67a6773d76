"""Every hostile file gets the answer it deserves, and what is taken stays harmless."""

import os
import pickle
import subprocess
import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from nakadachi.infra.files.actions import PREVIEWED, check
from nakadachi.infra.files.child import CPU_SECONDS, MEMORY_BYTES
from nakadachi.infra.files.examining import CHILD_SECONDS_MAX
from nakadachi.infra.files.kinds import HEAD_BYTES, kind_of
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.names import NAME_BYTES_MAX, safe_name
from nakadachi.kernel.refusal import Refused
from nakadachi.web.pages.files.handing import SANDBOX, whole_or_part
from tests.database import ROOT
from tests.infra.files.corpus import BOMBS, CORPUS, POLYGLOTS, Hostile

RUNS_BY_ITSELF = ("html", "svg", "xml", "javascript", "x-sh", "flash", "xhtml")


def test_there_are_enough_of_them():
    assert len(CORPUS) >= 80
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("hostile", CORPUS, ids=str)
def test_each_is_taken_harmlessly_or_refused(hostile: Hostile):
    upload = SimpleUploadedFile("x", hostile.content)
    upload._name = hostile.name
    try:
        check([upload])
        answer = "taken"
    except Refused as refused:
        answer = refused.refusal.code
    assert answer == hostile.answer
    name = safe_name(hostile.name)
    assert name == (hostile.shown or name)
    assert len(name.encode()) <= NAME_BYTES_MAX
    content_type = kind_of(hostile.content[:HEAD_BYTES]).content_type
    assert not any(word in content_type for word in RUNS_BY_ITSELF if "openxml" not in content_type)
    stored = StoredFile(name=name, content_type=content_type, size_bytes=len(hostile.content), sha256="a" * 64)
    headers = whole_or_part(HttpRequest(), stored, upload).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert not set("\r\n\0") & set(headers["Content-Disposition"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == SANDBOX
    assert headers["Cache-Control"] == "private, no-store"


ASIDE = """
import pickle, resource, sys, tempfile
import django
django.setup()
from nakadachi.infra.files.examining import pictures_of
with tempfile.TemporaryFile() as held:
    held.write(sys.stdin.buffer.read())
    made = pictures_of(held)
cost = resource.getrusage(resource.RUSAGE_CHILDREN)
pickle.dump((made and tuple(made), cost.ru_utime, cost.ru_maxrss * 1024), sys.stdout.buffer)
"""


def drawn_aside(content: bytes) -> tuple[tuple[bytes, ...] | None, float, int]:
    """The pictures, and what the child cost: asked from a fresh process. A child counts what its parent held as well,
    and this one holds the memory of every test before."""
    settings = {"DJANGO_SETTINGS_MODULE": "nakadachi.config.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", ASIDE],
        input=content,
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return pickle.loads(asked.stdout)


@pytest.mark.parametrize("hostile", [one for one in (*BOMBS, *POLYGLOTS) if one.answer == "taken"], ids=str)
def test_the_child_stays_within_its_limits(hostile: Hostile):
    if kind_of(hostile.content[:HEAD_BYTES]).content_type not in PREVIEWED:
        return
    began = time.monotonic()
    made, cpu_seconds, memory_bytes = drawn_aside(hostile.content)
    assert time.monotonic() - began < CHILD_SECONDS_MAX + 5
    assert cpu_seconds <= CPU_SECONDS + 2
    assert memory_bytes <= MEMORY_BYTES
    for piece in made or ():
        assert piece[8:12] == b"WEBP"
        assert b"script" not in piece
        assert b"php" not in piece
