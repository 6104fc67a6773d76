"""A member with very much: the archive takes longer, and no more memory and no more queries for each row."""

import tracemalloc
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakadachi.closing.export import actions
from nakadachi.closing.export.building import STEPS_TOLD, build
from nakadachi.closing.export.models import Export
from nakadachi.infra.files.models import StoredFile
from nakadachi.trust.messaging.models import Message
from tests import cast, talk, walk
from tests.closing.export.opening import asked, opened

AT = walk.START
MESSAGES, FILES = 3_000, 150
MEGABYTE = 1024**2
LARGE_BYTES, MEMORY_MAX = 32 * MEGABYTE, 12 * MEGABYTE
"""The large file and the rows of all messages are each more than may be in memory."""
pytestmark = pytest.mark.django_db


def busy_thread() -> None:
    """A thread with thousands of long messages, the last of them with files, one of these large."""
    first = talk.asked()
    text = "珈琲豆の選び方について、産地ごとの違いを確認させてください。" * 100
    Message.objects.bulk_create(
        (
            Message(
                thread=first.thread,
                author=(cast.hanako(), cast.minato())[number % 2],
                text=text,
                files_count=int(number >= MESSAGES - FILES),
                at=AT + timedelta(seconds=number),
            )
            for number in range(MESSAGES)
        ),
        batch_size=1000,
    )
    having = Message.objects.filter(files_count=1).order_by("pk")
    small = StoredFile(
        owner_type="messaging.message", owner_id=0, name="資料.txt", content_type="text/plain", size_bytes=5,
        sha256="2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", uploaded_by_id=cast.hanako().pk,
        uploaded_at=AT,
    )  # fmt: skip
    rows = []
    for message in having:
        row = StoredFile(**{field.attname: getattr(small, field.attname) for field in small._meta.concrete_fields})
        row.pk, row.token, row.owner_id = None, f"{message.pk:040d}", message.pk
        rows.append(row)
    StoredFile.objects.bulk_create(rows)
    for row in rows[1:]:
        path = Path(default_storage.path(row.path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"hello")  # so many files need not each wait for the disk
    default_storage.save(rows[0].path, File(BytesIO(b"\0" * LARGE_BYTES)))


def test_very_much_is_gathered_in_pieces():
    busy_thread()
    export = actions.begin(export_id=asked(cast.hanako(), AT).pk, at=AT)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as queries:
        archive = build(export, at=AT)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY_MAX, f"{peak / MEGABYTE:.0f} MB"
    assert actions.finish(export=export, archive=archive, at=AT)
    found = opened(Export.objects.get(pk=export.pk))
    assert len(found.lines("messages.jsonl")) == MESSAGES + 1
    assert sum(path.startswith("files/") for path in found.entries) == FILES
    progress = [query for query in queries if 'UPDATE "export_export" SET "steps_done"' in query["sql"]]
    assert 20 < len(progress) <= STEPS_TOLD + 5
    assert len(queries) < 300
