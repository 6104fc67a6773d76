"""Several workers, several tabs: real threads on real commits."""

import pytest
from django.core.files.storage import default_storage

from nakadachi.closing.export import actions, background, building, policy
from nakadachi.closing.export.models import Export
from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.closing.export.opening import asked, ready
from tests.together import at_once

AT = walk.START
pytestmark = pytest.mark.races


def count(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def archives() -> int:
    return StoredFile.objects.filter(owner_type="export.export").count()


def test_asked_for_at_once_one_runs(committed_db):
    sakura = cast.sakura()
    answers = at_once(*[lambda: asked(sakura, AT).pk for _ in range(6)])
    assert len(set(answers)) == 1
    assert Export.objects.count() == 1


def test_made_by_two_workers_at_once_there_is_one(committed_db):
    """A worker that was thought dead goes on beside the one that took over."""
    export = asked(cast.sakura(), AT)
    at_once(*[lambda: background.build_export(export_id=export.pk) for _ in range(3)])
    export.refresh_from_db()
    assert (export.status, archives()) == ("ready", 1)
    assert count("export.finish") == 1
    bytes_of = [StoredFile.objects.get(owner_type="export.export")]
    assert [default_storage.exists(row.path) for row in bytes_of] == [True]


def test_removed_and_replaced_at_once(committed_db):
    export = ready(cast.sakura(), AT)
    late = AT + policy.LIVES
    asked(cast.sakura(), late)
    begun = actions.begin(export_id=Export.objects.latest("pk").pk, at=late)
    archive = building.build(begun, at=late)
    at_once(
        lambda: actions.expire(export_id=export.pk, at=late),
        lambda: actions.finish(export=begun, archive=archive, at=late),
    )
    assert set(Export.objects.values_list("status", flat=True)) == {"expired", "ready"}
    assert count("export.expire") == 1
    assert archives() == 1
