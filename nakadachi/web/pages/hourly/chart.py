"""A week as bars: plain numbers for an SVG without styles. The table beside it says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakadachi.market.hourly.billing import Day
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.web.ui import figures

WIDTH, HEIGHT, BASE, TOP = 350, 132, 108, 18
STEP, BAR = 50, 30
LEAST = 4 * HOUR


@dataclass(frozen=True)
class Bar:
    """One day: where it stands, what is written over and under it."""

    x: int
    y: int
    height: int
    middle: int
    label: str
    minutes: str


@dataclass(frozen=True)
class Chart:
    """The picture, and what it says to those who do not see it."""

    bars: list[Bar]
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    bar_width: int = BAR


def chart_of(days: Sequence[Day], summary: str) -> Chart:
    """Seven bars; the longest day fills the height, and a short one still shows."""
    most = max(LEAST, *(day.minutes for day in days))
    bars = []
    for number, day in enumerate(days):
        height = day.minutes * (BASE - TOP) // most
        height = max(height, 2) if day.minutes else 0
        middle = number * STEP + STEP // 2
        label = figures.weekday(day.on)
        bars.append(Bar(middle - BAR // 2, BASE - height, height, middle, label, _short(day.minutes)))
    return Chart(bars, summary)


def _short(minutes: int) -> str:
    return f"{minutes // HOUR}:{minutes % HOUR:02d}" if minutes else ""
