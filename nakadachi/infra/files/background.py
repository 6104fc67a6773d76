"""Jobs of files: looking at new ones, and sweeping what nobody needs."""

from nakadachi.infra.clock import now
from nakadachi.infra.files import uploads
from nakadachi.infra.files.actions import EXAMINE
from nakadachi.infra.files.examining import examine
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.orphans import sweep_orphans
from nakadachi.infra.queue import defer, every, task

AT_ONCE = 500


@task(EXAMINE)
def look(file_id: int) -> None:
    """Virus check and preview of one file."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is not None:
        examine(stored, at=now())


@every("41 * * * *")
@task("files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Forget abandoned uploads, and look again at files that still wait: their job may have given up."""
    uploads.sweep(at=now())
    for column in ("scan", "preview"):
        for file_id in StoredFile.objects.filter(**{column: "waiting"}).values_list("pk", flat=True)[:AT_ONCE]:
            defer(EXAMINE, queueing_lock=f"{EXAMINE}:{file_id}", file_id=file_id)


@every("23 18 * * *")
@task("files.orphans", queueing_lock="files.orphans")
def orphans(timestamp: int) -> None:
    """Once a night (03:23 in Japan): remove bytes that no row refers to."""
    sweep_orphans(at=now())
