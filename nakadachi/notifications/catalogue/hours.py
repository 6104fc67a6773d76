"""Work by the hour: the money of a week, its report, what was sent back, the approval."""

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Facts, Row, by_somebody, by_system


def of_week(event: Event) -> Facts:
    """A week, and both sides of its contract."""
    sides = ("engagement__contract__client", "engagement__contract__worker")
    week = WorkWeek.objects.select_related(*sides).get(pk=event.subject_id)
    return facts.of_this(
        week.engagement.contract,
        event,
        monday_on=week.monday.isoformat(),
        by_at=week.act_by.isoformat() if week.act_by else None,
        fund_by_at=week.fund_by.isoformat() if week.fund_by else None,
        pay_by_at=week.pay_by.isoformat() if week.pay_by else None,
        reward_yen=week.approved_yen,
    )


def of_entry(event: Event) -> Facts:
    """A recorded time, and its worker."""
    sides = ("week__engagement__contract__client", "week__engagement__contract__worker")
    entry = TimeEntry.objects.select_related(*sides).get(pk=event.subject_id)
    return facts.of_this(entry.week.engagement.contract, event, ended_at=event.data["ended_at"])


def of_engagement(event: Event) -> Facts:
    """The contract of which the work ended."""
    return facts.of_contract_id(event.data["contract_id"], event)


def _waits_for_money(event: Event) -> bool:
    return WorkWeek.objects.filter(pk=event.subject_id, fund_by__isnull=False).exists()


def _is_forgotten(event: Event) -> bool:
    return event.data.get("why") == TimeEntry.Cut.FORGOTTEN


def _has_time(event: Event) -> bool:
    return bool(event.data.get("minutes"))


def _by_client(event: Event) -> bool:
    return by_somebody(event) and _has_time(event)


def _by_silence(event: Event) -> bool:
    return by_system(event) and _has_time(event)


def _is_owed(event: Event) -> bool:
    return WorkWeek.objects.filter(pk=event.subject_id, pay_by__isnull=False).exists()


def _row(event: str, to: str, title: str, text: str, **more: object) -> Row:
    values: dict[str, object] = {"group": Group.DELIVERIES, "page": "contracts:detail", "facts": of_week, **more}
    return Row(event=event, to=(to,), title=title, text=text, **values)  # type: ignore[arg-type]


ROWS = (
    _row(
        "workweek.open",
        "client",
        N_("The next week can be set aside"),
        N_("The week from %(monday_on)s of “%(work)s” begins only if its money is set aside by %(fund_by_at)s."),
        group=Group.MONEY,
        when=_waits_for_money,
        must=True,
        even_actor=True,
    ),
    _row(
        "workweek.fund",
        "worker",
        N_("A week is set aside: you can record time"),
        N_("The money for the week from %(monday_on)s of “%(work)s” is held safely."),
        group=Group.MONEY,
    ),
    _row(
        "workweek.skip",
        "client",
        N_("A week did not begin"),
        N_("The week from %(monday_on)s of “%(work)s” was not paid in, so no time can be recorded in it."),
        variant="client",
    ),
    _row(
        "workweek.skip",
        "worker",
        N_("A week did not begin"),
        N_("The week from %(monday_on)s of “%(work)s” was not paid in. Please do not work in it."),
        variant="worker",
        must=True,
    ),
    _row(
        "timeentry.cut",
        "worker",
        N_("Your timer was stopped"),
        N_("The timer of “%(work)s” ran for long without a sign from you and stopped. Please correct the time."),
        facts=of_entry,
        when=_is_forgotten,
        page="hourly:tracker",
    ),
    _row(
        "workweek.report",
        "client",
        N_("A week is to be approved"),
        N_("%(worker)s has reported the week from %(monday_on)s. Without an answer it is approved on %(by_at)s."),
        must=True,
    ),
    _row(
        "workweek.report",
        "worker",
        N_("Your week was reported automatically"),
        N_("The recorded times of the week from %(monday_on)s of “%(work)s” are with the client now."),
        variant="system",
        when=by_system,
    ),
    _row(
        "workweek.send_back",
        "worker",
        N_("Lines of your week were sent back"),
        N_("Please answer by %(by_at)s: a line of “%(work)s” without an answer is taken out."),
        must=True,
    ),
    _row(
        "workweek.answer",
        "client",
        N_("Your worker has answered"),
        N_("%(worker)s answered the lines you sent back. Without an answer they are approved on %(by_at)s."),
        must=True,
    ),
    _row(
        "workweek.approve",
        "worker",
        N_("Your week is approved"),
        N_("%(reward_yen)s of work in the week from %(monday_on)s of “%(work)s” is approved."),
        variant="client",
        when=_by_client,
        group=Group.MONEY,
    ),
    _row(
        "workweek.approve",
        "worker",
        N_("Your week is approved automatically"),
        N_("The time to look at the week from %(monday_on)s of “%(work)s” is over: %(reward_yen)s is approved."),
        variant="silence",
        when=_by_silence,
        group=Group.MONEY,
    ),
    _row(
        "workweek.approve",
        "client",
        N_("Please pay for an approved week"),
        N_("Nothing is held for “%(work)s”. Please pay for the week from %(monday_on)s by %(pay_by_at)s."),
        variant="owed",
        when=_is_owed,
        group=Group.MONEY,
        must=True,
        even_actor=True,
    ),
    _row(
        "workweek.pay",
        "worker",
        N_("An approved week is paid"),
        N_("The reward for the week from %(monday_on)s of “%(work)s” is confirmed."),
        group=Group.MONEY,
    ),
    _row(
        "workweek.unpaid",
        "worker",
        N_("An approved week was not paid in time"),
        N_("The week from %(monday_on)s of “%(work)s” is not paid, so the work has ended. It can still be paid."),
        variant="worker",
        group=Group.MONEY,
        must=True,
    ),
    _row(
        "workweek.unpaid",
        "client",
        N_("An approved week was not paid in time"),
        N_("Please pay for the week from %(monday_on)s of “%(work)s”. The work has ended."),
        variant="client",
        group=Group.MONEY,
        must=True,
    ),
    _row(
        "workweek.freeze",
        "worker",
        N_("The money of a week is on hold"),
        N_(
            "The client's card company decides on an objection. What you recorded for “%(work)s” is paid whatever it"
            " decides."
        ),
        group=Group.MONEY,
    ),
    _row(
        "workweek.unfreeze",
        "worker",
        N_("The work goes on"),
        N_("The card company has decided: the money for “%(work)s” is free again."),
        group=Group.MONEY,
    ),
    _row(
        "engagement.end_renewal",
        "client",
        N_("No further week follows"),
        N_("“%(work)s” ends with the weeks that are paid in or running. What was recorded is still approved and paid."),
        variant="client",
        facts=of_engagement,
        group=Group.CONTRACTS,
    ),
    _row(
        "engagement.end_renewal",
        "worker",
        N_("No further week follows"),
        N_("“%(work)s” ends with the weeks that are paid in or running. What was recorded is still approved and paid."),
        variant="worker",
        facts=of_engagement,
        group=Group.CONTRACTS,
    ),
    _row(
        "engagement.finish",
        "client",
        N_("The work has ended"),
        N_("“%(work)s” has ended. What was recorded is still approved and paid; the rest goes back to you."),
        variant="client",
        facts=of_engagement,
        group=Group.CONTRACTS,
    ),
    _row(
        "engagement.finish",
        "worker",
        N_("The work has ended"),
        N_("“%(work)s” has ended. What you recorded is still approved and paid."),
        variant="worker",
        facts=of_engagement,
        group=Group.CONTRACTS,
    ),
)
