"""データをダウンロード: what becomes of a request for everything. Only its job and the clock move it."""

from datetime import datetime
from io import BytesIO

from nakadachi.closing.export import actions, policy
from nakadachi.closing.export.lifecycle import EXPORT
from nakadachi.closing.export.models import Export
from nakadachi.infra.files import made
from nakadachi.kernel.actor import Actor
from tests import cast
from tests.closing.export import opening
from tests.matrices.table import NOW, THE_CLOCK, Act, Table, who


def asked() -> Export:
    return opening.asked(cast.sakura(), NOW)


def begun() -> Export:
    export = actions.begin(export_id=asked().pk, at=NOW)
    assert export is not None
    return export


def failed() -> Export:
    export = asked()
    actions.give_up(export_id=export.pk, at=NOW)
    return export


def expired() -> Export:
    export = opening.ready(cast.sakura(), NOW)
    actions.expire(export_id=export.pk, at=NOW + policy.LIVES)
    return export


def begin(export: Export, actor: Actor, at: datetime) -> object:
    return actions.begin(export_id=export.pk, at=at)


def finish(export: Export, actor: Actor, at: datetime) -> object:
    archive = made.keep_bytes(
        BytesIO(b"PK"),
        name="a.zip",
        content_type="application/zip",
        sha256="0" * 64,
        owner=export,
        member_id=export.member_id,
        at=at,
    )
    return actions.finish(export=export, archive=archive, at=at)


def give_up(export: Export, actor: Actor, at: datetime) -> object:
    return actions.give_up(export_id=export.pk, at=at)


def expire(export: Export, actor: Actor, at: datetime) -> object:
    return actions.expire(export_id=export.pk, at=at)


EXPORTS = Table(
    EXPORT,
    Export,
    states={
        "asked": asked,
        "building": begun,
        "ready": lambda: opening.ready(cast.sakura(), NOW),
        "failed": failed,
        "expired": expired,
    },
    acts={
        "start": Act(
            begin,
            THE_CLOCK,
            not_in=who("building"),  # there the job begins again, and nothing moves
            tried_by=THE_CLOCK,
            is_quiet=True,
            may_repeat=True,
        ),
        "finish": Act(finish, THE_CLOCK, tried_by=THE_CLOCK, is_quiet=True),
        "fail": Act(give_up, THE_CLOCK, tried_by=THE_CLOCK, is_quiet=True),
        "expire": Act(expire, THE_CLOCK, at=NOW + policy.LIVES, tried_by=THE_CLOCK, is_quiet=True),
        "expire:early": Act(expire, who(), at=NOW, tried_by=THE_CLOCK, is_quiet=True),
    },
)
TABLES = (EXPORTS,)
