"""Money on its way to banks: closing runs of the calendar, runs on demand, requests, transfers that come back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from nakadachi.demo.content import people
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import bank_day_on_or_after, end_of_day, start_of_day
from nakadachi.money import rulebook
from nakadachi.money.ledger.payable import confirmed_yen
from nakadachi.money.payouts import actions, queries
from nakadachi.money.payouts.funds import funds
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.people import actions as members

OPERATOR = "desk"
ALWAYS_PAID = ("hanako@example.jp",)
"""Whose transfers never come back: the walk through the demo begins with them."""

BANK_CHARGE_YEN = 145
REQUEST_DAYS = {"neko": (83, 52), "koto": (66, 39), "suzuki": (71, 34)}
FEES_TAKEN_DAYS = (61, 30)
FEES_LEFT_YEN = 320_000
"""What the operator leaves beside members' money: the float, and a little more."""

CHANGED_MIND = ("suzuki", 34)


def steps(past: Past) -> Iterator[Step]:
    """Everything about payouts, up to the hours before the load."""
    runs = list(_calendar(past))
    for closes_on, pays_on in runs:
        yield from _run(closes_on, pays_on)
    back = [(pays_on, at) for _closes_on, pays_on in runs if (at := _noticed_at(pays_on)) <= past.loaded_at]
    for number, (pays_on, at) in enumerate(back):
        if number == len(back) - 1:
            yield Step(at, partial(_come_back, pays_on))
        elif number == len(back) // 2:
            yield Step(at, partial(_come_back, pays_on))
            yield Step(at + timedelta(days=2, hours=3), partial(_mend_account, pays_on))
    yield from _requests(past)
    yield from (Step(past.moment(days, 14), partial(_take_out_fees, days)) for days in FEES_TAKEN_DAYS)
    yield from _last_hours(past)


def _calendar(past: Past) -> Iterator[tuple[date, date]]:
    """Closing days since the market began, with their pay days."""
    day = past.day(max(someone.joined_days for someone in people()))
    while True:
        closes_on, pays_on = rulebook.payout_dates(day)
        if end_of_day(closes_on) > past.loaded_at:
            return
        yield closes_on, pays_on
        day = closes_on + timedelta(days=1)


def _run(closes_on: date, pays_on: date) -> Iterator[Step]:
    after = closes_on + timedelta(days=1)
    filed_on = bank_day_on_or_after(after)
    yield Step(start_of_day(after) + timedelta(minutes=5), partial(_close, closes_on))
    yield Step(start_of_day(filed_on) + timedelta(hours=10), partial(_file, closes_on))
    yield Step(start_of_day(pays_on) + timedelta(hours=10, minutes=30), partial(_sent, closes_on))


def _noticed_at(pays_on: date) -> datetime:
    return start_of_day(bank_day_on_or_after(pays_on + timedelta(days=1))) + timedelta(hours=11)


def _close(closes_on: date, stage: Stage, at: datetime) -> None:
    """Nothing is closed before the first reward was earned."""
    if confirmed_yen("member", until_on=closes_on, at_least_yen=rulebook.current().payout.minimum_yen):
        actions.close(closes_on=closes_on, by=SYSTEM, at=at)


def _file(closes_on: date, stage: Stage, at: datetime) -> None:
    run = ClosingRun.objects.filter(closes_on=closes_on, is_extra=False).first()
    if run is not None and run.transfers:
        actions.make_file(run=run, by=stage.actor(OPERATOR), at=at)


def _sent(closes_on: date, stage: Stage, at: datetime) -> None:
    run = ClosingRun.objects.filter(closes_on=closes_on, is_extra=False).first()
    if run is not None and run.transfers:
        charge_yen = BANK_CHARGE_YEN * run.transfers
        actions.mark_sent(run=run, bank_charge_yen=charge_yen, by=stage.actor(OPERATOR), at=at)


def _come_back(pays_on: date, stage: Stage, at: datetime) -> None:
    staying = [someone.email for someone in people()]
    sent = Payout.objects.filter(run__pays_on=pays_on, status=Payout.Status.SENT, member__email__in=staying)
    payout = sent.exclude(member__email__in=ALWAYS_PAID).order_by("pays_yen").first()
    if payout is not None:
        actions.mark_returned(payout=payout, reason="口座番号相違", by=stage.actor(OPERATOR), at=at)


def _mend_account(pays_on: date, stage: Stage, at: datetime) -> None:
    """The member reads of it and corrects the number."""
    payout = Payout.objects.filter(run__pays_on=pays_on, status=Payout.Status.RETURNED).first()
    if payout is None:
        return
    someone = next(one for one in people() if one.email == payout.member.email)
    bank_code, branch_code, kind, number = someone.bank
    members.register_bank_account(
        member=payout.member,
        bank_code=bank_code,
        branch_code=branch_code,
        kind=kind,
        number=f"{(int(number) + 900_001) % 10_000_000:07d}",
        holder=someone.holder,
        by=stage.actor(someone.key),
        at=at,
    )


def _requests(past: Past) -> Iterator[Step]:
    for key, days in REQUEST_DAYS.items():
        for number in days:
            yield Step(past.moment(number, 20.4), partial(_ask, key, str(number)))
    key, days_ago = CHANGED_MIND
    yield Step(past.moment(days_ago, 12.2), partial(_ask, key, "changed mind"))
    yield Step(past.moment(days_ago, 14.6), partial(_cancel, key, "changed mind"))


def _last_hours(past: Past) -> Iterator[Step]:
    """One run whose file lies ready, one that waits for its file, and a request that no run has taken."""
    for hours, act in (
        (29.0, partial(_ask, "neko", "filed")),
        (27.0, partial(_close_extra, "filed")),
        (26.5, partial(_file_extra, "filed")),
        (3.5, partial(_ask, "koto", "open")),
        (2.5, partial(_close_extra, "open")),
        (0.8, partial(_ask, "suzuki", "waiting")),
    ):
        yield Step(past.loaded_at - timedelta(hours=hours), act)


def _ask(key: str, name: str, stage: Stage, at: datetime) -> None:
    member = stage.members[key]
    if queries.offer_for(member.pk, at).refusal is None:
        actions.request(member=member, request_key=demo_key("payout", key, name), by=stage.actor(key), at=at)


def _cancel(key: str, name: str, stage: Stage, at: datetime) -> None:
    payout = Payout.objects.filter(request_key=demo_key("payout", key, name), status=Payout.Status.REQUESTED).first()
    if payout is not None:
        actions.cancel(payout=payout, by=stage.actor(key), at=at)


def _take_out_fees(days: int, stage: Stage, at: datetime) -> None:
    amount_yen = (funds().sweepable_yen - FEES_LEFT_YEN) // 1_000 * 1_000
    if amount_yen > 0:
        key = demo_key("fees", days)
        actions.sweep_fees(amount_yen=amount_yen, request_key=key, by=stage.actor(OPERATOR), at=at)


def _close_extra(name: str, stage: Stage, at: datetime) -> None:
    actions.close_extra(request_key=demo_key("run", name), by=stage.actor(OPERATOR), at=at)


def _file_extra(name: str, stage: Stage, at: datetime) -> None:
    run = ClosingRun.objects.get(request_key=demo_key("run", name))
    if run.transfers:
        actions.make_file(run=run, by=stage.actor(OPERATOR), at=at)
