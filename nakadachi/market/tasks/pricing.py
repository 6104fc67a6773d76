"""What a task costs and pays: the whole, one answer, the smallest price, the worth of an hour, and what goes back."""

from dataclasses import replace
from datetime import date

from nakadachi.kernel.money import Rounding, Yen, divide
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks.models import Task
from nakadachi.money import rulebook
from nakadachi.money.escrow.models import Hold
from nakadachi.money.rulebook import Quote

FORMAT = Job.Format.TASK.value
_PRICES_TRIED = 10_000


def price_minimum_yen(on: date) -> Yen:
    """The smallest price of an answer at which every fee that is charged at all comes to a yen or more."""
    large = rulebook.quote(format=FORMAT, amount_yen=1_000_000, on=on)
    for price_yen in range(1, _PRICES_TRIED):
        whole = rulebook.quote(format=FORMAT, amount_yen=price_yen, on=on).whole
        worker_pays = not large.worker_fee_yen or whole.worker_fee_yen >= 1
        if worker_pays and (not large.client_fee_yen or whole.client_fee_yen >= 1) and whole.worker_receives_yen > 0:
            return price_yen
    raise rulebook.NoRule(f"no price of an answer carries the fees of {on.isoformat()}")


def quote_of_sum(price_yen: Yen, slots_count: int, on: date) -> Quote:
    """What all answers together cost the client under the rules of a day."""
    return rulebook.quote(format=FORMAT, amount_yen=price_yen * slots_count, on=on)


def terms_of(task: Task, on: date) -> Quote:
    """The frozen quote of the whole; before the money is set aside, that of today."""
    return task.hold.terms if task.hold is not None else quote_of_sum(task.price_yen, task.slots_count, on)


def answer_of(task: Task, on: date) -> Quote:
    """The figures of one answer under the same rules."""
    return replace(terms_of(task, on), amount_yen=task.price_yen)


def worker_receives_yen(task: Task) -> Yen:
    """What one answer of a task whose money is set aside pays its worker (load the hold with it)."""
    assert task.hold is not None
    return task.hold.terms.rates.figures(task.price_yen).worker_receives_yen


def refund_range_yen(hold: Hold, undecided: int) -> tuple[Yen, Yen]:
    """What goes back to the client once a task takes no more claims: if each of so many undecided answers is approved,
    and if none is. The fee goes with it."""
    assert hold.unit_yen is not None
    most_yen = hold.balance_yen
    approved = hold.terms.part(hold.released_yen, hold.unit_yen * undecided)
    return most_yen - approved.client_pays_yen, most_yen


def hourly_yen(receives_yen: Yen, minutes: int) -> Yen:
    """What an hour is worth at the estimated time, after the fee."""
    return divide(receives_yen * 60, minutes, Rounding.FLOOR)
