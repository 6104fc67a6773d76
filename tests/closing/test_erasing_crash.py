"""kill -9 in the middle of an erasure: the next one goes on and finishes; nothing is forgotten, nothing done twice."""

from pathlib import Path

import pytest
from django.conf import settings

from nakadachi.closing.actions import erasing
from nakadachi.closing.erasing import ledger_of_erasures, statements
from nakadachi.closing.models import Closing, ErasedStep
from nakadachi.closing.register import load
from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.closing import leaver
from tests.closing.killed import SECONDS_MAX, kill_at, start
from tests.together import at_once

PLACES = ["erasing.begun", "erasing.step", "erasing.step", "erasing.bytes", "erasing.step", "erasing.listed"]
PROGRAM = """
import sys, django
django.setup()
from nakadachi.closing.actions import erasing
from nakadachi.closing.models import Closing
from datetime import datetime
erasing.erase(closing=Closing(pk=int(sys.argv[1])), at=datetime.fromisoformat(sys.argv[2]))
"""


def test_what_was_killed_goes_on(committed_db, tmp_path):
    member, present = cast.hanako(), now()
    leaver.live(member, at=present)
    walk.accepted(at=present)
    closing = leaver.closed(member, at=present)
    sums = leaver.ledger_sums()
    told = (str(closing.pk), present.isoformat())
    done: list[int] = []
    for place in PLACES:
        kill_at(place, PROGRAM, tmp_path, *told)
        closing.refresh_from_db()
        assert closing.status == Closing.Status.ERASING
        done.append(ErasedStep.objects.filter(closing=closing).count())
    assert done == sorted(done) and done[0] == 0 and done[1] == 1 and done[2] == 2
    assert start(PROGRAM, tmp_path, *told).wait(SECONDS_MAX) == 0
    closing.refresh_from_db()
    assert closing.status == Closing.Status.ERASED
    assert Event.objects.filter(kind="closing.begin_erasing").count() == 1
    assert Event.objects.filter(kind="closing.finish").count() == 1
    assert ErasedStep.objects.filter(closing=closing).count() == len(load().steps)
    values = {"member": member.pk, "at": "2000-01-01T00:00:00Z", "address": "x", "unusable": "x"}
    assert all(statements.run(statements.of_step(step), values) == 0 for step in load().steps if not step.by)
    assert not StoredFile.objects.filter(owner_type="verification.evidence").exists()
    assert not any(b"KANARIA-EXIF" in content for content in leaver.stored().values())
    assert leaver.found("鏑木|09011112222").keys() == {"closing_paper.document"}
    assert leaver.ledger_sums() == sums
    lines = list(ledger_of_erasures.read(Path(settings.DATA) / ledger_of_erasures.NAME))
    assert {"member": member.pk, "closing": closing.pk}.items() <= lines[-1].items()


def test_two_at_once_are_one(committed_db):
    member, present = cast.hanako(), now()
    leaver.live(member, at=present)
    closing = leaver.closed(member, at=present)
    at_once(*[lambda: erasing.erase(closing=Closing(pk=closing.pk), at=present)] * 2)
    closing.refresh_from_db()
    assert closing.status == Closing.Status.ERASED
    assert Event.objects.filter(kind="closing.finish").count() == 1
    assert ErasedStep.objects.filter(closing=closing).count() == len(load().steps)


@pytest.mark.django_db
def test_before_its_time_nothing_is_erased():
    member, present = cast.hanako(), now()
    closing = leaver.closed(member, at=present)
    early = closing.erase_at.replace(year=closing.erase_at.year - 1)
    assert erasing.erase(closing=closing, at=early).status == Closing.Status.CLOSED
    assert list(erasing.TIMERS[0].due(early, 10)) == []
    assert not ErasedStep.objects.exists()
    member.refresh_from_db()
    assert member.email == cast.HANAKO
