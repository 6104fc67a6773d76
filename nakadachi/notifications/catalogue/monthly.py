"""Work by the month: the next month, notice, and a month that did not begin."""

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Facts, Row


def _unpaid(event: Event) -> bool:
    return event.data.get("why") == "unfunded"


def _month(event: Event) -> Facts:
    said = facts.of_milestone(event)
    return Facts(said.roles, {**said.words, "from_on": event.data["from_on"]}, said.ids)


def _notice(event: Event) -> Facts:
    said = facts.of_contract(event)
    return Facts(said.roles, {**said.words, "last_on": event.data["last_on"]}, said.ids)


ROWS = (
    Row(
        event="milestone.write_month",
        to=("client",),
        group=Group.CONTRACTS,
        title=N_("The next month is to be set aside"),
        text=N_("Please set aside “%(milestone)s” of “%(work)s” before it begins on %(from_on)s."),
        page="contracts:detail",
        facts=_month,
        must=True,
    ),
    Row(
        event="contract.give_notice",
        to=("client", "worker"),
        group=Group.CONTRACTS,
        title=N_("Notice was given"),
        text=N_("%(other)s ends “%(work)s”. Its last day is %(last_on)s. You can read the reason on the page."),
        page="contracts:detail",
        facts=_notice,
        must=True,
    ),
    Row(
        event="milestone.settle",
        to=("client", "worker"),
        group=Group.CONTRACTS,
        title=N_("A month did not begin"),
        text=N_("“%(milestone)s” of “%(work)s” was not set aside in time, so it did not begin. No month follows."),
        page="contracts:detail",
        facts=facts.of_milestone,
        when=_unpaid,
        variant="unpaid_month",
        must=True,
    ),
)
