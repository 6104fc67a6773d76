"""Payments, refunds and payouts. Always by mail."""

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.money.payouts.models import Skip
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row


def _by_run(event: Event) -> bool:
    return "run_id" in event.data


def _no_account(event: Event) -> bool:
    return event.data["reason"] == Skip.Reason.NO_ACCOUNT


def _refused(event: Event) -> bool:
    return event.data["reason"] == Skip.Reason.ACCOUNT_REFUSED


def _held(event: Event) -> bool:
    return event.data["reason"] == Skip.Reason.HELD


ROWS = (
    Row(
        event="payment.decline",
        to=("client",),
        group=Group.MONEY,
        title=N_("The card was declined"),
        text=N_("%(amount_yen)s for “%(work)s” could not be charged. Please try another card."),
        page="contracts:detail",
        facts=facts.of_payment,
        when=facts.is_for_milestone,
    ),
    Row(
        event="payment.fail",
        to=("client",),
        group=Group.MONEY,
        title=N_("The payment was not completed"),
        text=N_("%(amount_yen)s for “%(work)s” was not charged. Please pay again."),
        page="contracts:detail",
        facts=facts.of_payment,
        when=facts.is_for_milestone,
    ),
    Row(
        event="payment.expire",
        to=("client",),
        group=Group.MONEY,
        title=N_("The payment was not confirmed in time"),
        text=N_("%(amount_yen)s for “%(work)s” was not charged. Please pay again."),
        page="contracts:detail",
        facts=facts.of_payment,
        when=facts.is_for_milestone,
    ),
    Row(
        event="refund.transfer",
        to=("client",),
        group=Group.MONEY,
        title=N_("Money was given back by bank transfer"),
        text=N_("%(amount_yen)s could not be given back to your card, so it was transferred to your bank account."),
        page="earnings:refunds",
        facts=facts.of_refund,
    ),
    Row(
        event="dispute.open",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A payment is disputed: the provider waits for evidence"),
        text=N_("Payment %(payment)s over %(amount_yen)s. Please answer by %(answer_by_at)s."),
        page="staff:disputes:list",
        facts=facts.of_dispute,
    ),
    Row(
        event="dispute.win",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A disputed payment was decided for us"),
        text=N_("Payment %(payment)s: %(amount_yen)s came back from the provider."),
        page="staff:disputes:list",
        facts=facts.of_dispute,
    ),
    Row(
        event="dispute.lose",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A disputed payment was lost"),
        text=N_("Payment %(payment)s: %(amount_yen)s went back to the card's owner."),
        page="staff:disputes:list",
        facts=facts.of_dispute,
    ),
    Row(
        event="refund.settle",
        to=("client",),
        group=Group.MONEY,
        title=N_("Money was given back to your card"),
        text=N_("%(amount_yen)s was given back. Depending on the card it shows one or two months later."),
        page="earnings:refunds",
        facts=facts.of_refund,
    ),
    Row(
        event="refund.refuse",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A refund was refused by the provider"),
        text=N_("Refund %(refund)s over %(amount_yen)s did not go through. Somebody must look at it."),
        page="staff:refunds:list",
        facts=facts.of_refund,
    ),
    Row(
        event="refund.mismatch",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A refund does not match the provider's answer"),
        text=N_("Refund %(refund)s over %(amount_yen)s was answered with another amount. Somebody must look at it."),
        page="staff:refunds:list",
        facts=facts.of_refund,
    ),
    Row(
        event="payout.requested",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your reward will be transferred"),
        text=N_("%(pays_yen)s will be transferred to your bank account on %(pays_on)s."),
        page="earnings:payouts:detail",
        facts=facts.of_payout,
        when=_by_run,
        variant="by_run",
    ),
    Row(
        event="payout.batch",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your payout is on its way"),
        text=N_("%(pays_yen)s will be transferred to your bank account on %(pays_on)s."),
        page="earnings:payouts:detail",
        facts=facts.of_payout,
        mail=False,
    ),
    Row(
        event="payout.cancel",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your payout was cancelled"),
        text=N_("%(amount_yen)s is on your balance again."),
        page="earnings:payouts:detail",
        facts=facts.of_payout,
    ),
    Row(
        event="payout.send",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your reward was transferred"),
        text=N_("%(pays_yen)s was transferred to your bank account."),
        page="earnings:payouts:detail",
        facts=facts.of_payout,
    ),
    Row(
        event="payout.return",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your transfer came back"),
        text=N_(
            "The bank sent %(pays_yen)s back (%(reason)s). The money is safe on your balance."
            " Please register your bank account again; the next run then takes it."
        ),
        page="settings:bank",
        facts=facts.of_payout,
    ),
    Row(
        event="payout.skipped",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your reward could not be transferred"),
        text=N_(
            "No bank account is registered, so %(amount_yen)s stayed on your balance at the closing of %(closes_on)s."
            " Please register an account; the next run then takes it."
        ),
        page="settings:bank",
        facts=facts.of_skip,
        when=_no_account,
        variant="no_account",
    ),
    Row(
        event="payout.skipped",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your reward could not be transferred"),
        text=N_(
            "The last transfer to your bank account came back, so %(amount_yen)s stayed on your balance at the closing"
            " of %(closes_on)s. Please register an account; the next run then takes it."
        ),
        page="settings:bank",
        facts=facts.of_skip,
        when=_refused,
        variant="refused",
    ),
    Row(
        event="payout.skipped",
        to=("member",),
        group=Group.MONEY,
        title=N_("Your reward could not be transferred"),
        text=N_(
            "Your mail address or bank account was changed or your password was reset shortly before,"
            " so %(amount_yen)s stayed on your balance at"
            " the closing of %(closes_on)s. The next run takes it."
        ),
        page="earnings:payouts:list",
        facts=facts.of_skip,
        when=_held,
        variant="held",
    ),
    Row(
        event="closingrun.closed",
        to=("staff",),
        group=Group.MONEY,
        title=N_("A closing run waits for its transfer file"),
        text=N_("Closing of %(closes_on)s: %(total_yen)s is to be transferred on %(pays_on)s."),
        page="staff:payouts:detail",
        facts=facts.of_run,
    ),
)
