"""Mediation: every step is told to whoever did not take it."""

from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row

BOTH = ("client", "worker")


def _row(event: str, title: str, text: str, *, to: tuple[str, ...] = BOTH, must: bool = True) -> Row:
    return Row(
        event=event,
        to=to,
        group=Group.CONTRACTS,
        title=title,
        text=text,
        page="mediation:detail",
        facts=facts.of_case,
        must=must,
    )


ROWS = (
    _row(
        "case.open",
        N_("The operator was asked to mediate"),
        N_(
            "About “%(work)s” the operator was asked to mediate (%(rest_yen)s). The money stands still. Please write"
            " down what happened by %(due_at)s."
        ),
    ),
    _row(
        "statement.write",
        N_("A new statement in the mediation"),
        N_("Something was added to the mediation about “%(work)s”."),
        must=False,
    ),
    _row(
        "sealedoffer.make",
        N_("A sealed offer was made"),
        N_(
            "In the mediation about “%(work)s” the other side has made an offer. Nobody sees it: when you would agree,"
            " your own offer settles it half-way."
        ),
    ),
    _row(
        "case.hand_over",
        N_("The operator reads the mediation now"),
        N_("The time to talk about “%(work)s” is over. The operator rules by %(due_at)s; you can still make offers."),
    ),
    _row(
        "case.rule",
        N_("The operator has ruled"),
        N_("About “%(work)s” there is a ruling. You can appeal until %(due_at)s; then it takes effect."),
    ),
    _row(
        "case.content",
        N_("The other side accepts the ruling"),
        N_("About “%(work)s” the other side accepts the ruling. When you do too, it takes effect at once."),
    ),
    _row(
        "case.appeal",
        N_("There is an appeal against the ruling"),
        N_("In the mediation about “%(work)s” somebody else of the operator rules for good by %(due_at)s."),
    ),
    *(
        Row(
            event=event,
            to=("staff",),
            group=Group.CONTRACTS,
            title=N_("A mediation waits for a ruling"),
            text=N_("Mediation %(case)s about “%(work)s”. Please rule by %(due_at)s."),
            page="staff:mediation:detail",
            facts=facts.of_case,
            variant="staff",
        )
        for event in ("case.hand_over", "case.appeal")
    ),
    _row("case.withdraw", N_("A mediation was taken back"), N_("The work on “%(work)s” goes on as it was.")),
    *(
        _row(
            f"case.{move}",
            N_("A mediation has ended"),
            N_("The money of “%(work)s” is divided: %(result_yen)s before fees to the worker, the rest goes back."),
        )
        for move in ("agree", "default", "accept_ruling", "take_effect", "rule_again", "uphold")
    ),
    _row(
        "case.drop",
        N_("A mediation has ended without money"),
        N_("The card company has decided about the payment for “%(work)s”, so nothing is left to divide."),
    ),
)
