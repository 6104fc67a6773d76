"""Tasks: the client hears of the beginning and the end, the worker of every decision."""

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.notifications import task_facts as facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row, by_somebody, by_system


def _of_task(event: str, to: str, title: str, text: str, *, group: Group = Group.DELIVERIES, **more: object) -> Row:
    return Row(
        event=event,
        to=(to,),
        group=group,
        title=title,
        text=text,
        page="tasks:detail",
        facts=facts.of_task,
        **more,  # type: ignore[arg-type]
    )


def _of_claim(event: str, to: str, title: str, text: str, *, group: Group = Group.DELIVERIES, **more: object) -> Row:
    return Row(
        event=event,
        to=(to,),
        group=group,
        title=title,
        text=text,
        page="tasks:answer",
        facts=facts.of_claim,
        **more,  # type: ignore[arg-type]
    )


def _ran_its_time(event: Event) -> bool:
    return by_system(event) and "charged_back" not in event.data


def _charged_back(event: Event) -> bool:
    return "charged_back" in event.data


ROWS = (
    _of_task(
        "task.fund",
        "client",
        N_("Your payment has arrived"),
        N_("%(sum_yen)s is set aside for the task “%(work)s”."),
        group=Group.MONEY,
    ),
    _of_task(
        "task.open",
        "client",
        N_("Your task is open"),
        N_("“%(work)s” takes answers until %(closes_at)s."),
        mail=False,
    ),
    _of_task(
        "task.close",
        "client",
        N_("Your task has closed"),
        N_("“%(work)s” takes no more answers. What you do not look at is approved by itself."),
        variant="over",
        when=_ran_its_time,
    ),
    _of_task(
        "task.close",
        "client",
        N_("A disputed payment went back, the work has ended"),
        N_("The card company decided for the card's owner. The task “%(work)s” is closed."),
        variant="charged_back",
        when=_charged_back,
        group=Group.MONEY,
    ),
    _of_task(
        "task.finish",
        "client",
        N_("Your task is finished"),
        N_("Every answer to “%(work)s” is decided: %(paid_yen)s was paid, %(refund_yen)s goes back to your card."),
        group=Group.MONEY,
    ),
    _of_task(
        "task.freeze",
        "client",
        N_("A payment is disputed"),
        N_("The card's owner disputes the payment for “%(work)s”. Until that is decided, the money cannot move."),
        variant="client",
        group=Group.MONEY,
    ),
    _of_task(
        "task.freeze",
        "waiting",
        N_("A payment is disputed"),
        N_("The payment for the task “%(work)s” is being examined. What you have handed in will be paid all the same."),
        variant="worker",
        group=Group.MONEY,
    ),
    _of_task(
        "task.unfreeze",
        "client",
        N_("The dispute is over"),
        N_("The payment for the task “%(work)s” stands, and everything goes on."),
        variant="client",
        group=Group.MONEY,
    ),
    _of_task(
        "task.unfreeze",
        "waiting",
        N_("The dispute is over"),
        N_("The payment for the task “%(work)s” stands, and everything goes on."),
        variant="worker",
        group=Group.MONEY,
    ),
    _of_task(
        "task.pay",
        "paid",
        N_("Your answer is approved"),
        N_("Your answer to “%(work)s” is approved: %(reward_yen)s for each one."),
        group=Group.MONEY,
        mail=False,
    ),
    _of_claim(
        "claim.lapse",
        "worker",
        N_("The time for your answer ran out"),
        N_("Your place of “%(work)s” went to others. If one is free, your answer is still taken."),
        mail=False,
    ),
    _of_claim(
        "claim.reject",
        "worker",
        N_("An answer was not approved"),
        N_("Your answer to “%(work)s” was not approved. Please read why; you can object until %(appeal_by_at)s."),
        must=True,
    ),
    _of_claim(
        "claim.appeal",
        "client",
        N_("A worker objects to a rejection"),
        N_("The operator examines an answer to “%(work)s” and decides by %(decide_by_at)s."),
        variant="client",
    ),
    Row(
        event="claim.appeal",
        to=("staff",),
        group=Group.ACCOUNT,
        title=N_("An objection waits for a decision"),
        text=N_("“%(work)s”: please decide by %(decide_by_at)s, else the answer is paid."),
        page="staff:tasks:list",
        facts=facts.of_claim,
        variant="staff",
    ),
    _of_claim(
        "claim.grant",
        "worker",
        N_("Your objection is granted"),
        N_("Your answer to “%(work)s” is approved: %(reward_yen)s is yours."),
        variant="worker",
        when=by_somebody,
        group=Group.MONEY,
    ),
    _of_claim(
        "claim.grant",
        "worker",
        N_("Your answer is paid"),
        N_("Nobody decided on your objection to “%(work)s” in time, so you receive %(reward_yen)s."),
        variant="worker_silent",
        when=by_system,
        group=Group.MONEY,
    ),
    _of_claim(
        "claim.grant",
        "client",
        N_("A rejected answer was approved"),
        N_("The worker's objection to “%(work)s” was granted, and the answer is paid."),
        variant="client",
    ),
    _of_claim(
        "claim.dismiss",
        "worker",
        N_("Your objection was not granted"),
        N_("The operator upholds the rejection of your answer to “%(work)s”. The page says why."),
        variant="worker",
    ),
    _of_claim(
        "claim.dismiss",
        "client",
        N_("A rejection stands"),
        N_("The operator upholds the rejection; the place of “%(work)s” is free again."),
        variant="client",
        mail=False,
    ),
    *(
        Row(
            event=event,
            to=("client",),
            group=Group.MONEY,
            title=title,
            text=text,
            page="tasks:funding",
            facts=facts.of_task_payment,
            when=facts.is_for_task,
            variant="task",
        )
        for event, title, text in (
            (
                "payment.decline",
                N_("The card was declined"),
                N_("%(amount_yen)s for “%(work)s” could not be charged. Please try another card."),
            ),
            (
                "payment.fail",
                N_("The payment was not completed"),
                N_("%(amount_yen)s for “%(work)s” was not charged. Please pay again."),
            ),
            (
                "payment.expire",
                N_("The payment was not confirmed in time"),
                N_("%(amount_yen)s for “%(work)s” was not charged. Please pay again."),
            ),
        )
    ),
)
