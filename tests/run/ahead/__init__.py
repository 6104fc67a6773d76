"""A market whose clock can be put forward: days pass while its processes run on."""

import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst, jst_date, start_of_day
from tests.run.market import ROOT, Market

MORNING = timedelta(hours=9)


@dataclass
class MarketAhead(Market):
    """It opens on a Monday at nine, the first that is not yet over; all its people share the one clock."""

    ahead: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ahead = self.folder.parent / "ahead"
        self.ahead.write_text("0")
        self.extra |= {
            "CLOCK_AHEAD": str(self.ahead),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(ROOT)]),
        }
        today = jst_date(clock.now())
        self.put_to(start_of_day(today + timedelta(days=7 - today.weekday())) + MORNING)

    def now(self) -> datetime:
        return clock.now() + timedelta(seconds=int(self.ahead.read_text()))

    def today(self) -> date:
        return jst_date(self.now())

    def put_to(self, moment: datetime) -> None:
        """Forward only, as with every clock that people trust."""
        seconds = round((moment - clock.now()).total_seconds())
        assert seconds >= int(self.ahead.read_text()), (moment, jst(self.now()))
        new = self.ahead.with_suffix(".new")
        new.write_text(str(seconds))
        new.rename(self.ahead)
