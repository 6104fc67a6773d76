"""kill -9 when the archive lies in the store and the export does not know it yet: the next try makes it whole."""

from nakadachi.closing.export.models import Export
from nakadachi.infra.clock import now
from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.closing.export.opening import asked, opened
from tests.closing.killed import SECONDS_MAX, kill_at, start

PROGRAM = """
import sys, django
django.setup()
from nakadachi.closing.export import background
background.build_export(export_id=int(sys.argv[1]))
"""


def test_killed_at_export_stored_it_is_made_again_and_there_is_one_archive(committed_db, tmp_path):
    walk.accepted(at=now())
    export = asked(cast.hanako(), now())
    kill_at("export.stored", PROGRAM, tmp_path, str(export.pk))
    export.refresh_from_db()
    assert (export.status, export.attempts) == ("building", 1)
    assert start(PROGRAM, tmp_path, str(export.pk)).wait(SECONDS_MAX) == 0
    export = Export.objects.get(pk=export.pk)
    assert (export.status, export.attempts) == ("ready", 2)
    assert opened(export).json("profile.json")["display_name"] == cast.hanako().display_name
    assert StoredFile.objects.filter(owner_type="export.export").count() == 1
