"""From the money set aside to the acceptance."""

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row, by_somebody, by_system


def _silence(event: Event) -> bool:
    """The time for inspection is over, and no more than that."""
    return by_system(event) and "dispute_id" not in event.data


def _paid_after_dispute(event: Event) -> bool:
    """The client took the money back, and the work was there: the worker is paid all the same."""
    return "dispute_id" in event.data and "charged_back" not in event.data


def _charged_back(event: Event) -> bool:
    return "charged_back" in event.data


def _row(event: str, to: str, title: str, text: str, *, group: Group = Group.DELIVERIES, **more: object) -> Row:
    return Row(
        event=event,
        to=(to,),
        group=group,
        title=title,
        text=text,
        page="contracts:detail",
        facts=facts.of_milestone,
        **more,  # type: ignore[arg-type]
    )


ROWS = (
    _row(
        "milestone.fund",
        "worker",
        N_("The money is set aside: you can begin"),
        N_("The reward for “%(milestone)s” of “%(work)s” is held safely. Please begin the work."),
        variant="worker",
        group=Group.MONEY,
    ),
    _row(
        "milestone.fund",
        "client",
        N_("Your payment has arrived"),
        N_("%(paid_yen)s is set aside for “%(milestone)s” of “%(work)s”."),
        variant="client",
        group=Group.MONEY,
    ),
    _row(
        "milestone.deliver",
        "client",
        N_("There is a delivery to inspect"),
        N_("%(worker)s has delivered “%(milestone)s”. Without an answer it counts as accepted on %(silent_at)s."),
        must=True,
    ),
    _row(
        "milestone.withdraw_delivery",
        "client",
        N_("A delivery was taken back"),
        N_("%(worker)s has taken back the delivery of “%(milestone)s” and will deliver again."),
        mail=False,
    ),
    _row(
        "milestone.request_revision",
        "worker",
        N_("You are asked for changes"),
        N_("%(client)s asks for changes to “%(milestone)s” of “%(work)s”."),
    ),
    _row(
        "milestone.accept",
        "worker",
        N_("Your work is accepted"),
        N_("“%(milestone)s” of “%(work)s” was accepted. Your reward of %(reward_yen)s is confirmed."),
        variant="worker",
        when=by_somebody,
        group=Group.MONEY,
    ),
    _row(
        "milestone.accept",
        "worker",
        N_("Your work counts as accepted"),
        N_("The time to inspect “%(milestone)s” is over. Your reward of %(reward_yen)s is confirmed."),
        variant="worker_silent",
        when=_silence,
        group=Group.MONEY,
    ),
    _row(
        "milestone.accept",
        "client",
        N_("A delivery counts as accepted"),
        N_("The time to inspect “%(milestone)s” of “%(work)s” is over. The reward went to %(worker)s."),
        variant="client_silent",
        when=_silence,
        group=Group.MONEY,
    ),
    _row(
        "milestone.hand_back",
        "client",
        N_("Work was given up, the money goes back to you"),
        N_("%(worker)s has given up “%(milestone)s” of “%(work)s”. %(paid_yen)s goes back to your card."),
        group=Group.MONEY,
    ),
    _row(
        "milestone.accept",
        "worker",
        N_("Your reward is confirmed"),
        N_("The card payment for “%(milestone)s” was taken back, but you had delivered: you receive %(reward_yen)s."),
        variant="after_dispute",
        when=_paid_after_dispute,
        group=Group.MONEY,
    ),
    _row(
        "milestone.settle",
        "worker",
        N_("Your reward is confirmed"),
        N_("The card payment for “%(milestone)s” was taken back, but you had delivered: you receive %(reward_yen)s."),
        variant="after_dispute",
        when=_paid_after_dispute,
        group=Group.MONEY,
    ),
    _row(
        "milestone.settle",
        "worker",
        N_("A disputed payment went back, the work has ended"),
        N_("The card company decided for the card's owner. “%(milestone)s” of “%(work)s” is closed."),
        variant="worker_charged_back",
        when=_charged_back,
        group=Group.MONEY,
    ),
    _row(
        "milestone.settle",
        "client",
        N_("A disputed payment went back, the work has ended"),
        N_("The card company decided for the card's owner. “%(milestone)s” of “%(work)s” is closed."),
        variant="client_charged_back",
        when=_charged_back,
        group=Group.MONEY,
    ),
    _row(
        "milestone.freeze",
        "worker",
        N_("A payment is disputed"),
        N_("The card's owner disputes the payment for “%(milestone)s”. Until that is decided, the money cannot move."),
        variant="worker",
        group=Group.MONEY,
    ),
    _row(
        "milestone.freeze",
        "client",
        N_("A payment is disputed"),
        N_("The card's owner disputes the payment for “%(milestone)s”. Until that is decided, the money cannot move."),
        variant="client",
        group=Group.MONEY,
    ),
    _row(
        "milestone.unfreeze",
        "worker",
        N_("The dispute is over"),
        N_("The payment for “%(milestone)s” of “%(work)s” stands, and everything goes on."),
        variant="worker",
        group=Group.MONEY,
    ),
    _row(
        "milestone.unfreeze",
        "client",
        N_("The dispute is over"),
        N_("The payment for “%(milestone)s” of “%(work)s” stands, and everything goes on."),
        variant="client",
        group=Group.MONEY,
    ),
)
