"""The way out: what comes when, and 予想完了日, the day on which the last of it is over. Pure.

What is the member's own turn is reckoned as done today, what waits for somebody by the day on which silence ends it.
Reward that comes of it goes to the bank with the first run of payouts that takes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.closing import words
from nakadachi.closing.obstacle import Obstacle, Text, Who
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.money import rulebook


@dataclass(frozen=True)
class Step:
    """`who` acts by `on`; `count` things of one `code`, `amount_yen` of money. `on` is None while nobody knows."""

    code: str
    label: Text
    who: Who
    on: date | None
    amount_yen: Yen | None = None
    count: int = 1


@dataclass(frozen=True)
class Way:
    """The steps in the order in which they end. `over_on` is None when one of them has no day."""

    steps: tuple[Step, ...]
    over_on: date | None

    @property
    def unknown(self) -> tuple[Step, ...]:
        """Those without a day."""
        return tuple(step for step in self.steps if step.on is None)


def way_of(obstacles: Sequence[Obstacle], at: datetime) -> Way:
    """From what is in the way now to the closed account; with nothing in the way it is over today."""
    today = jst_date(at)
    steps = [_step(code, who, group, today) for (code, who), group in _groups(obstacles).items()]
    steps += _payout(obstacles, today)
    ordered = tuple(sorted(steps, key=lambda step: (step.on is None, step.on or today, step.code)))
    days = [step.on for step in ordered]
    return Way(ordered, None if None in days else max([day for day in days if day is not None], default=today))


def _groups(obstacles: Iterable[Obstacle]) -> dict[tuple[str, Who], list[Obstacle]]:
    found: dict[tuple[str, Who], list[Obstacle]] = {}
    for obstacle in obstacles:
        found.setdefault((obstacle.code, obstacle.who), []).append(obstacle)
    return found


def _step(code: str, who: Who, group: list[Obstacle], today: date) -> Step:
    amounts = [obstacle.amount_yen for obstacle in group if obstacle.amount_yen is not None]
    days = [day_of(obstacle, today) for obstacle in group]
    known = [day for day in days if day is not None]
    on = max(known) if len(known) == len(days) else None
    count = sum(obstacle.count for obstacle in group)
    return Step(code, words.STEPS[code], who, on, sum(amounts) if amounts else None, count)


def day_of(obstacle: Obstacle, today: date) -> date | None:
    """The day on which this one is out of the way: today when the member can do it or leaving
    asks for it by itself, else when silence ends it."""
    if obstacle.who == "you" or (obstacle.code.startswith("balance.") and obstacle.clears_by is None):
        return today
    return max(today, jst_date(obstacle.clears_by)) if obstacle.clears_by is not None else None


def _payout(obstacles: Sequence[Obstacle], today: date) -> list[Step]:
    """Of the balance, and of every reward that is still to come: the run that takes the last of it."""
    balance = [obstacle for obstacle in obstacles if obstacle.code.startswith("balance.")]
    earned = [obstacle for obstacle in obstacles if obstacle.kind in words.REWARDS]
    paid = [day for obstacle in earned if (day := day_of(obstacle, today)) is not None]
    if not balance and not paid:
        return []
    rests = [jst_date(one.clears_by) for one in balance if one.who == "time" and one.clears_by is not None]
    _closes_on, pays_on = rulebook.payout_dates(max([today, *paid, *rests]))
    yen = sum(one.amount_yen or 0 for one in balance)
    return [Step("payout.arrives", words.STEPS["payout.arrives"], "bank", pays_on, yen or None)]
