"""From the money set aside to the acceptance."""

from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row, by_somebody, by_system


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
        when=by_system,
        group=Group.MONEY,
    ),
    _row(
        "milestone.accept",
        "client",
        N_("A delivery counts as accepted"),
        N_("The time to inspect “%(milestone)s” of “%(work)s” is over. The reward went to %(worker)s."),
        variant="client_silent",
        when=by_system,
        group=Group.MONEY,
    ),
    _row(
        "milestone.hand_back",
        "client",
        N_("Work was given up, the money goes back to you"),
        N_("%(worker)s has given up “%(milestone)s” of “%(work)s”. %(paid_yen)s goes back to your card."),
        group=Group.MONEY,
    ),
)
