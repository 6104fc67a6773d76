"""Who may move money to a bank, and when not."""

from datetime import date, datetime

from django.conf import settings

from nakadachi.infra.events.queries import about
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.money import rulebook
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.people.standing.models import Standing

NOT_YOURS = Refusal("not_yours", N_("Only the member can change this."), 404)
STAFF_ONLY = Refusal("staff_only", N_("Only the operator can do this."), 404)
NO_ACCOUNT = Refusal("no_bank_account", N_("Please register the bank account for your payouts first."))
ACCOUNT_REFUSED = Refusal(
    "bank_account_refused",
    N_("The last transfer to your bank account came back. Please check the account and register it again."),
)
TOO_LITTLE = Refusal(
    "below_minimum",
    N_("Payouts start at %(minimum)s; your balance is %(balance)s. It stays yours and adds up."),
)
NOT_LEAVING = Refusal("not_leaving", N_("A payout below the minimum is the last one of somebody who leaves."))
NOTHING_UNCLAIMED = Refusal("nothing_unclaimed", N_("Nothing is left to be claimed: it is on its way, or was paid."))
ALREADY_REQUESTED = Refusal("already_requested", N_("You have already requested a payout. It goes with the next run."))
HELD = Refusal(
    "payouts_held",
    N_(
        "Your mail address or bank account has just been changed, or your password was reset."
        " For your safety payouts rest until %(until)s."
    ),
)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
TOO_LATE_TO_CANCEL = Refusal(
    "too_late_to_cancel", N_("This payout is already on its way to the bank and can no longer be cancelled.")
)
NO_CLOSING_DAY = Refusal("no_closing_day", N_("%(day)s is not a closing day of the payout calendar."), 422)
CLOSES_TOO_EARLY = Refusal(
    "closes_too_early", N_("The closing day %(day)s is not over yet. It can be closed from the next day on.")
)
NOTHING_TO_SEND = Refusal("nothing_to_send", N_("No transfers stand in this run: there is no file to make."))
TOTALS_DIFFER = Refusal(
    "totals_differ",
    N_("The transfers do not add up to the ledger. No file was made: run “bin/nakadachi ledger check” first."),
)
FILE_REFUSED = Refusal(
    "file_refused", N_("A bank would refuse this file (%(place)s: %(code)s). Please correct it and try again.")
)
SECOND_PERSON = Refusal(
    "second_person",
    N_("You made this transfer file yourself. A colleague has to compare it with the bank and mark it as sent."),
    403,
)
NOT_FILED = Refusal("not_filed", N_("Please make and download the transfer file first."))
SENT_OTHERWISE = Refusal("already_sent", N_("This run was already marked as sent, with another charge."))
BAD_CHARGE = Refusal("bad_charge", N_("Please enter the bank's charge in yen, 0 or more."), 422, field="bank_charge")
NO_REASON = Refusal("no_reason", N_("Please enter the reason the bank gave."), 422, field="reason")
NOT_SENT = Refusal("not_sent", N_("Only a transfer that was sent can come back."))

BAD_SWEEP = Refusal("bad_sweep", N_("Please enter the amount in yen, 1 or more."), 422, field="amount")
TOO_MUCH_TO_SWEEP = Refusal(
    "too_much_to_sweep",
    N_("Less than what is owed to members would be left. Please enter an amount up to the surplus."),
    field="amount",
)


def can_request(actor: Actor, member_id: int) -> Refusal | None:
    """Members ask for their own money."""
    return None if actor.is_member(member_id) else NOT_YOURS


def can_request_last(actor: Actor, standing: Standing) -> Refusal | None:
    """Those who have reserved leaving, and the system for them."""
    if not (actor.is_member(standing.member_id) or actor.is_system):
        return NOT_YOURS
    return None if standing.leaving_at is not None else NOT_LEAVING


def can_cancel(actor: Actor, payout: Payout) -> Refusal | None:
    """The member or the operator's people for payouts, until a run took it."""
    if not (actor.is_member(payout.member_id) or may(actor, areas.PAYOUTS)):
        return NOT_YOURS
    return None if payout.status == Payout.Status.REQUESTED else TOO_LATE_TO_CANCEL


def can_run(actor: Actor) -> Refusal | None:
    """Runs are closed by the calendar's timer or by the operator's people for payouts."""
    return None if actor.is_system or may(actor, areas.PAYOUTS) else STAFF_ONLY


def can_close(actor: Actor, closes_on: date, at: datetime) -> Refusal | None:
    """A closing day of the calendar, after it is over."""
    if refusal := can_run(actor):
        return refusal
    if closes_on >= jst_date(at):
        return CLOSES_TOO_EARLY.with_params(day=closes_on.isoformat())
    if rulebook.payout_dates(closes_on)[0] != closes_on:
        return NO_CLOSING_DAY.with_params(day=closes_on.isoformat())
    return None


def can_mark_sent(actor: Actor, run: ClosingRun) -> Refusal | None:
    """The operator, once there is a file."""
    if refusal := can_run(actor):
        return refusal
    if run.status == ClosingRun.Status.OPEN:
        return NOT_FILED
    return SECOND_PERSON if settings.STAFF_TWO_PERSON and filed_by(run) == actor.id else None


def filed_by(run: ClosingRun) -> int | None:
    """Who made the transfer file."""
    made = [event for event in about({"payouts.closingrun": [run.pk]}) if event.kind == "closingrun.file"]
    return made[-1].actor_id if made else None


def can_mark_returned(actor: Actor, payout: Payout) -> Refusal | None:
    """The operator, for a transfer that was sent."""
    if refusal := can_run(actor):
        return refusal
    return None if payout.status == Payout.Status.SENT else NOT_SENT


def can_sweep(actor: Actor) -> Refusal | None:
    """A person of the operator who keeps the funds, never a timer."""
    return None if may(actor, areas.FUNDS) else STAFF_ONLY
