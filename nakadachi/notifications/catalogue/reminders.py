"""What is told before a date, not after an event. Once each."""

from dataclasses import dataclass

from nakadachi.kernel.refusal import N_
from nakadachi.notifications.groups import Group


@dataclass(frozen=True, slots=True)
class Reminder:
    """One sentence before a date. By mail always: whoever does not answer has answered."""

    kind: str
    group: Group
    title: str
    text: str
    page: str = "contracts:detail"


INSPECTION = Reminder(
    "reminder.inspection",
    Group.DELIVERIES,
    N_("A delivery will soon count as accepted"),
    N_("Please inspect “%(milestone)s” of “%(work)s”. Without an answer it counts as accepted on %(silent_at)s."),
)
OFFER = Reminder(
    "reminder.offer",
    Group.CONTRACTS,
    N_("An offer will soon lapse"),
    N_("%(client)s waits for your answer to “%(work)s”. The offer lapses on %(answer_by_at)s."),
)
FUNDING = Reminder(
    "reminder.funding",
    Group.CONTRACTS,
    N_("The money is not set aside yet"),
    N_("%(worker)s cannot begin “%(work)s” before the money is set aside."),
)
MONTH = Reminder(
    "reminder.month",
    Group.CONTRACTS,
    N_("A month is not set aside yet"),
    N_(
        "Please set aside “%(milestone)s” of “%(work)s”. If it is unpaid on %(fund_by_at)s, it does not begin, and no"
        " month follows."
    ),
)
DEAL = Reminder(
    "reminder.deal",
    Group.CONTRACTS,
    N_("A contract will soon end at its deal deadline"),
    N_(
        "If nothing happens in “%(work)s”, it ends on %(deal_ends_at)s: what is delivered is paid, everything else that"
        " is set aside goes back to the client. Both of you can agree on a later day."
    ),
)
REMINDERS = (INSPECTION, OFFER, FUNDING, MONTH, DEAL)
