"""データをダウンロード: one archive that can be fetched, and one whose time is over (`nights` removes it)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from nakadachi.closing.export import actions
from nakadachi.closing.export.building import build
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key

ASKED = {"neko": 10, "hanako": 0}
"""Who asked how many days ago; today means shortly before the load."""


def steps(past: Past) -> Iterator[Step]:
    """Gathering reads what was there at that time, so each is made at its own moment."""
    for who, days in ASKED.items():
        at = past.moment(days, 20) if days else past.loaded_at - timedelta(minutes=20)
        yield Step(at, partial(_take_along, who), alone=True)


def _take_along(who: str, stage: Stage, at: datetime) -> None:
    asked = actions.ask(member=stage.members[who], request_key=demo_key("export", who), by=stage.actor(who), at=at)
    export = actions.begin(export_id=asked.pk, at=at)
    if export is not None:
        actions.finish(export=export, archive=build(export, at=at), at=at)
