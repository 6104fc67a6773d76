"""The job that makes an archive."""

import logging

from nakadachi.closing.export import actions, policy
from nakadachi.closing.export.building import Overtaken, build
from nakadachi.infra import crash_points
from nakadachi.infra.clock import now
from nakadachi.infra.queue import task

_log = logging.getLogger(__name__)


@task(actions.BUILD)
def build_export(export_id: int) -> None:
    """Gather everything. Run twice, or by two workers at once, there is one archive: the last move decides."""
    export = actions.begin(export_id=export_id, at=now())
    if export is None:
        return
    try:
        archive = build(export, at=now())
        crash_points.reached("export.stored")
        actions.finish(export=export, archive=archive, at=now())
    except Overtaken:
        return
    except Exception:
        if export.attempts < policy.ATTEMPTS_MAX:
            raise
        _log.exception("export %s could not be made", export_id)
        actions.give_up(export_id=export_id, at=now())
