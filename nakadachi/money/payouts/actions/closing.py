"""Closing a run: gathering what is to be paid on one day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import bank_day_on_or_after, end_of_day, jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import require
from nakadachi.money import rulebook
from nakadachi.money.ledger import book
from nakadachi.money.ledger.payable import confirmed_yen
from nakadachi.money.payouts import journals, policy
from nakadachi.money.payouts.actions.requesting import destination
from nakadachi.money.payouts.lifecycle import PAYOUT
from nakadachi.money.payouts.models import ClosingRun, Payout, Skip
from nakadachi.money.payouts.zengin import TRANSFER_YEN_MAX
from nakadachi.people.access.holding import held_ids
from nakadachi.people.models import BankAccount, Member
from nakadachi.people.queries import current_bank_accounts

_BATCH = 1_000


@transaction.atomic
def close(*, closes_on: date, by: Actor, at: datetime) -> ClosingRun:
    """Close a closing day of the calendar, once: requests made by then, and what members with automatic payouts had
    confirmed by then. Members without a usable bank account, and those whose payouts rest after a change, are passed
    over, with the reason; a resting request waits for the next run. Again: nothing more.
    """
    require(policy.can_close(by, closes_on, at))
    pays_on = max(rulebook.payout_dates(closes_on)[1], _next_bank_day(jst_date(at) - timedelta(days=1)))
    run, is_new = _run(closes_on, pays_on, key_for("payouts.close", closes_on), at, is_extra=False)
    if is_new:
        _take_requests(run, by, at, before=end_of_day(closes_on))
        _take_balances(run, by, at)
        _finish(run, by, at)
    return run


@transaction.atomic
def close_extra(*, request_key: UUID, by: Actor, at: datetime) -> ClosingRun:
    """Close a run outside the calendar with every request made so far; paid on the next bank day."""
    require(policy.can_run(by))
    today = jst_date(at)
    run, is_new = _run(today, _next_bank_day(today), request_key, at, is_extra=True)
    if is_new:
        _take_requests(run, by, at)
        _finish(run, by, at)
    return run


def _run(closes_on: date, pays_on: date, key: UUID, at: datetime, *, is_extra: bool) -> tuple[ClosingRun, bool]:
    """The run of that key. Of two processes at once the second waits for the first, and finds its run."""
    return ClosingRun.objects.get_or_create(
        request_key=key,
        defaults={"closes_on": closes_on, "pays_on": pays_on, "is_extra": is_extra, "closed_at": at},
    )


def _next_bank_day(day: date) -> date:
    return bank_day_on_or_after(day + timedelta(days=1))


def _take_requests(run: ClosingRun, by: Actor, at: datetime, *, before: datetime | None = None) -> None:
    waiting = Payout.objects.select_for_update().filter(status=Payout.Status.REQUESTED)
    if before is not None:
        waiting = waiting.filter(requested_at__lt=before)
    for payout in waiting.exclude(member__in=held_ids(at)).order_by("id"):
        move(payout, PAYOUT, "batch", by=by, at=at, run=run)
        reached("run.taking")


def _take_balances(run: ClosingRun, by: Actor, at: datetime) -> None:
    calendar = rulebook.current().payout
    candidates = _confirmed(run.closes_on, calendar.minimum_yen)
    members = Member.objects.filter(pk__in=candidates, payout_mode=Member.PayoutMode.AUTO).order_by("pk")
    ids = list(members.select_for_update(no_key=True).values_list("pk", flat=True))
    accounts = current_bank_accounts(ids)
    amounts = _confirmed(run.closes_on, calendar.minimum_yen, ids)
    held = held_ids(at)
    reasons = {member_id: _reason(accounts.get(member_id), is_held=member_id in held) for member_id in amounts}
    _pass_over(amounts, reasons, run, by, at)
    usable = [
        (accounts[member_id], min(amount_yen, TRANSFER_YEN_MAX))
        for member_id, amount_yen in amounts.items()
        if reasons[member_id] is None
    ]
    for start in range(0, len(usable), _BATCH):
        _pay_out(usable[start : start + _BATCH], run, by, at)


def _confirmed(until_on: date, minimum_yen: int, ids: list[int] | None = None) -> dict[int, int]:
    return confirmed_yen("member", until_on=until_on, at_least_yen=minimum_yen, owner_ids=ids)


def _reason(account: BankAccount | None, *, is_held: bool) -> Skip.Reason | None:
    """Why a balance cannot be taken, if so."""
    if account is None:
        return Skip.Reason.NO_ACCOUNT
    if account.refused_at:
        return Skip.Reason.ACCOUNT_REFUSED
    return Skip.Reason.HELD if is_held else None


def _pass_over(
    amounts: dict[int, int], reasons: dict[int, Skip.Reason | None], run: ClosingRun, by: Actor, at: datetime
) -> None:
    for member_id, amount_yen in amounts.items():
        reason = reasons[member_id]
        if reason is None:
            continue
        skip = Skip.objects.create(run=run, member_id=member_id, amount_yen=amount_yen, reason=reason)
        record("payout.skipped", skip, by=by, at=at, member_id=member_id, amount_yen=amount_yen, reason=reason.value)


def _pay_out(usable: Sequence[tuple[BankAccount, int]], run: ClosingRun, by: Actor, at: datetime) -> None:
    calendar, taxes = rulebook.current().payout, rulebook.current().taxes
    payouts = Payout.objects.bulk_create(
        _made_by_run(account, amount_yen, calendar.worker_fee_yen(run.closes_on, account.bank_code), run, at)
        for account, amount_yen in usable
    )
    posted = book.post_batch(
        [
            (
                journals.request(
                    payout_id=payout.pk,
                    account_id=book.account_for("member", "member", payout.member_id),
                    amount_yen=payout.amount_yen,
                    fee_yen=payout.bank_fee_yen,
                    tax_bps=taxes.tax_bps(run.closes_on),
                    on=run.closes_on,
                ),
                key_for("payout.request", payout.pk),
            )
            for payout in payouts
        ]
    )
    for payout, journal_id in zip(payouts, posted, strict=True):
        payout.journal_id = journal_id
        record("payout.requested", payout, by=by, at=at, amount_yen=payout.amount_yen, run_id=run.pk)
    Payout.objects.bulk_update(payouts, ["journal_id"])


def _made_by_run(account: BankAccount, amount_yen: int, fee_yen: int, run: ClosingRun, at: datetime) -> Payout:
    return Payout(
        member_id=account.member_id,
        run=run,
        amount_yen=amount_yen,
        bank_fee_yen=fee_yen,
        pays_yen=amount_yen - fee_yen,
        destination=destination(account),
        status=Payout.Status.BATCHED,
        by_run=True,
        request_key=key_for("payouts.auto", run.pk, account.member_id),
        requested_at=at,
    )


def _finish(run: ClosingRun, by: Actor, at: datetime) -> None:
    run.transfers = run.payouts.count()
    run.total_yen = run.payouts.aggregate(total=Sum("pays_yen"))["total"] or 0
    run.save(update_fields=["transfers", "total_yen"])
    record("closingrun.closed", run, by=by, at=at, transfers=run.transfers, total_yen=run.total_yen)
    reached("run.closed")
