"""Reading payouts and runs, and what a member could ask for now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import lazy

from nakadachi.infra.days import day_and_time
from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.prepared import Param, Prepared
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import NotVisible, Refusal
from nakadachi.money import rulebook
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import policy
from nakadachi.money.payouts.models import ClosingRun, Payout, Skip
from nakadachi.money.payouts.zengin import TRANSFER_YEN_MAX
from nakadachi.people.access.holding import Rest, rest_of
from nakadachi.people.models import BankAccount
from nakadachi.people.queries import current_bank_account
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.people.standing.queries import standing_of

IN_FLIGHT = (Payout.Status.REQUESTED, Payout.Status.BATCHED)


@dataclass(frozen=True)
class Offer:
    """What a request made on a day would do: how much, to where, when; or why it cannot be made (`refusal`)."""

    balance_yen: Yen
    amount_yen: Yen
    fee_yen: Yen
    closes_on: date
    pays_on: date
    account: BankAccount | None
    rest: Rest | None
    refusal: Refusal | None

    @property
    def pays_yen(self) -> Yen:
        """What reaches the bank account."""
        return self.amount_yen - self.fee_yen


@dataclass(frozen=True)
class Counts:
    """What waits for the operator."""

    requested: int
    requested_yen: Yen


def balance_yen(member_id: int) -> Yen:
    """A member's confirmed reward that is not on its way; 0 before the first one."""
    return ledger.balance_of_owner("member", "member", member_id)


def offer_for(member_id: int, at: datetime, *, is_last: bool = False) -> Offer:
    """The whole balance, to the current account, with the next run after any rest of payouts.

    The last payout of somebody who leaves is one of any size, and costs nothing.
    """
    calendar = rulebook.current().payout
    on, rest = jst_date(at), rest_of(member_id, at)
    closes_on, pays_on = calendar.dates(jst_date(rest.until) if rest else on)
    balance = balance_yen(member_id)
    account = current_bank_account(member_id)
    return Offer(
        balance_yen=balance,
        amount_yen=min(balance, TRANSFER_YEN_MAX),
        fee_yen=calendar.worker_fee_yen(on, account.bank_code) if account and not is_last else 0,
        closes_on=closes_on,
        pays_on=pays_on,
        account=account,
        rest=rest,
        refusal=_why_not(member_id, balance, account, 1 if is_last else calendar.minimum_yen) or _why_later(rest),
    )


def _why_later(rest: Rest | None) -> Refusal | None:
    return policy.HELD.with_params(until=_written(rest.until)) if rest else None


_written = lazy(day_and_time, str)
"""In the language of whoever reads the refusal."""


def is_too_little(offer: Offer) -> bool:
    """The balance does not reach the smallest payout."""
    return offer.balance_yen < rulebook.current().payout.minimum_yen


def _why_not(member_id: int, balance: Yen, account: BankAccount | None, minimum: Yen) -> Refusal | None:
    if requested_of(member_id) is not None:
        return policy.ALREADY_REQUESTED
    if balance < minimum:
        return policy.TOO_LITTLE.with_params(minimum=format_yen(minimum), balance=format_yen(balance))
    if account is None:
        return policy.NO_ACCOUNT
    return policy.ACCOUNT_REFUSED if account.refused_at else None


def payout_for(actor: Actor, payout_id: int) -> Payout:
    """A member's own payout, or any for the operator's people for payouts; raises `NotVisible`."""
    found = Payout.objects.select_related("run", "member").defer("run__file").filter(pk=payout_id).first()
    if found is None or not (actor.is_member(found.member_id) or may(actor, areas.PAYOUTS)):
        raise NotVisible
    return found


def payouts_of(member_id: int, after: str = "", limit: int = 20) -> Page[Payout]:
    """A member's payouts, newest first."""
    rows = Payout.objects.filter(member=member_id).select_related("run").defer("run__file")
    return page_of(rows, order=("-id",), after=after, limit=limit)


def requested_of(member_id: int) -> Payout | None:
    """The request that waits for the next run."""
    return _REQUESTED.first(member=member_id)


_REQUESTED = Prepared(
    lambda: Payout.objects.filter(member=Param("member"), status=Payout.Status.REQUESTED).order_by("id")
)
_SUMS = """
SELECT coalesce(sum(amount_yen) FILTER (WHERE status = 'sent'), 0),
       coalesce(sum(amount_yen) FILTER (WHERE status = ANY(%s)), 0)
FROM payouts_payout WHERE member_id = %s
"""


def goes_with(payout: Payout) -> tuple[date, date]:
    """Closing day and pay day: of its run, or of the one that will take it."""
    if payout.run is not None:
        return payout.run.closes_on, payout.run.pays_on
    held_until = standing_of(payout.member_id).payouts_held_until
    return rulebook.payout_dates(jst_date(max(payout.requested_at, held_until or payout.requested_at)))


def is_paid_out(member_id: int, *, confirmed_at: datetime) -> bool:
    """True when a transfer that took the whole balance left after a reward was confirmed: by a run that closed on that
    day or later, or by a request made later."""
    by_run = Q(by_run=True, run__closes_on__gte=jst_date(confirmed_at))
    asked_for = Q(by_run=False, requested_at__gte=confirmed_at)
    return Payout.objects.filter(by_run | asked_for, member=member_id, status=Payout.Status.SENT).exists()


def last_skip(member_id: int) -> Skip | None:
    """The newest run that had to pass this member over, while the reason still stands."""
    skip = Skip.objects.filter(member=member_id).select_related("run").defer("run__file").order_by("-id").first()
    account = current_bank_account(member_id)
    return skip if skip and (account is None or account.refused_at) else None


def run_for(actor: Actor, run_id: int) -> ClosingRun:
    """A run, for the operator's people for payouts only; raises `NotVisible`."""
    found = ClosingRun.objects.defer("file").filter(pk=run_id).first() if may(actor, areas.PAYOUTS) else None
    if found is None:
        raise NotVisible
    return found


def runs(actor: Actor, after: str = "") -> Page[ClosingRun]:
    """All runs, newest first, for the operator's people for payouts only."""
    if not may(actor, areas.PAYOUTS):
        raise NotVisible
    return page_of(ClosingRun.objects.defer("file"), order=("-closes_on", "-id"), after=after)


def lines_of(run: ClosingRun, after: str = "", limit: int = 50) -> Page[Payout]:
    """The payouts of a run in the order of its file."""
    return page_of(run.payouts.select_related("member"), order=("id",), after=after, limit=limit)


def skips_of(run: ClosingRun, limit: int = 50) -> list[Skip]:
    """Whom a run passed over."""
    return list(run.skips.select_related("member").order_by("id")[:limit])


def latest_closing(on: date) -> tuple[date, date]:
    """The last closing day of the calendar that is over on `on`, and its pay day."""
    calendar = rulebook.current().payout
    day = on
    while calendar.dates(day)[0] >= on:
        day = day.fromordinal(day.toordinal() - 1)
    return calendar.dates(day)


def upcoming(on: date) -> tuple[date, date]:
    """The next closing day and its pay day."""
    return rulebook.payout_dates(on)


def is_closed(closes_on: date) -> bool:
    """True when the calendar's run of that day exists."""
    return ClosingRun.objects.filter(closes_on=closes_on, is_extra=False).exists()


def unfinished_runs() -> list[ClosingRun]:
    """Runs with transfers whose file is to be made or to be executed, by pay day."""
    return list(unfinished().defer("file").order_by("pays_on", "id"))


def unfinished() -> QuerySet[ClosingRun]:
    """The runs that wait for a step."""
    return ClosingRun.objects.filter(status__in=["open", "filed"], transfers__gt=0)


def paid_and_in_transit_yen(member_id: int) -> tuple[Yen, Yen]:
    """What was transferred to a member so far and did not come back; what has left the balance and is on its way."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [[str(status) for status in IN_FLIGHT], member_id])
        paid, flying = cursor.fetchone()
    return int(paid), int(flying)


def counts() -> Counts:
    """For the operator's first page."""
    waiting = Payout.objects.filter(status=Payout.Status.REQUESTED).aggregate(n=Count("id"), total=Sum("amount_yen"))
    return Counts(waiting["n"], waiting["total"] or 0)
