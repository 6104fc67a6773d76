"""Past moments, counted back from the moment of the load: Japanese days and hours at which people do things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nakadachi.kernel.calendar import jst_date, start_of_day

EARLIEST_HOUR = 8.5
BUSY_HOURS = 11.0


def dice(*names: object) -> Random:
    """Chance that falls the same way at every load, for one purpose."""
    return Random(":".join(str(name) for name in names))  # noqa: S311  nothing here is secret


@dataclass(frozen=True)
class Past:
    """The days before the load."""

    loaded_at: datetime

    def day(self, days: int) -> date:
        """The Japanese day so many days ago."""
        return jst_date(self.loaded_at) - timedelta(days=days)

    def moment(self, days: int, hour: float) -> datetime:
        """A time of that day, e.g. 9.5 for half past nine."""
        return start_of_day(self.day(days)) + timedelta(minutes=round(hour * 60))

    def some_moment(self, days: int, chance: Random) -> datetime:
        """A time of that day at which people are awake."""
        return self.moment(days, EARLIEST_HOUR + chance.random() * BUSY_HOURS)

    def in_order(self, days: Iterable[int], chance: Random) -> Iterator[datetime]:
        """One time for each day of a story; several on one day follow each other."""
        last = None
        for number in days:
            at = self.some_moment(number, chance)
            if last is not None and at <= last:
                at = last + timedelta(minutes=chance.randint(20, 75))
            last = at
            yield at

    def between(self, start: datetime, end: datetime, chance: Random) -> datetime:
        """A time after the one and before the other."""
        return start + (end - start) * (0.03 + 0.94 * chance.random())
