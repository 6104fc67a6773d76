"""What the pages of hourly work show, put together from the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.turn import Turn
from nakadachi.market.hourly import policy
from nakadachi.market.hourly.actions.funding import amount_of, quote_of
from nakadachi.market.hourly.billing import Day, cost_of, days_of, minutes_of
from nakadachi.market.hourly.minutes import rate_on
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.market.hourly.turn import of_week, of_weeks
from nakadachi.money.rulebook import Quote
from nakadachi.trust.mediation import queries as mediation
from nakadachi.web.pages.contracts.calls import Call, mediation_call
from nakadachi.web.pages.hourly.chart import Chart, chart_of
from nakadachi.web.pages.hourly.words import deadline, duration, span, times_of
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Line:
    """One recorded time as the table shows it."""

    entry: TimeEntry
    day: str
    times: str
    duration: str
    marks: list[tuple[str, str]]
    href: str


@dataclass(frozen=True)
class WeekSight:
    """One week. `settled_yen`: what a mediation set the reward at, where that is not what the recorded time costs."""

    week: WorkWeek
    title: str
    status: str
    tone: str
    lines: list[Line]
    days: list[Day]
    chart: Chart
    minutes: str
    minutes_max: str
    cost_yen: Yen
    quote: Quote | None
    settled_yen: Yen | None
    call: Call

    @property
    def reward_yen(self) -> Yen:
        """What the week comes to: its recorded time, or what a mediation set it at."""
        return self.cost_yen if self.settled_yen is None else self.settled_yen


STATUS_TONES = {"approved": "good", "skipped": "plain", "settled": "plain", "returned": "warn", "reported": "accent"}


def week_sight(week: WorkWeek, *, viewer_id: int, now: datetime) -> WeekSight:
    """The week as this member sees it. Entries and hold are loaded."""
    entries = list(week.entries.all())
    counted = [entry for entry in entries if entry.counts]
    minutes = minutes_of(counted, now)
    cost_yen = cost_of(counted, week.engagement.rates, now) if week.engagement.rates else 0
    is_settled = week.status == WorkWeek.Status.SETTLED and week.approved_yen != cost_yen
    settled_yen = week.approved_yen if is_settled else None
    owed_yen = week.approved_yen if is_settled else cost_yen
    title = span(week)
    summary = _("%(week)s: %(time)s in all") % {"week": title, "time": duration(minutes)}
    days = days_of(week.monday, entries, now)
    return WeekSight(
        week=week,
        title=title,
        status=status_words(week, now),
        tone=STATUS_TONES.get(week.status, "plain"),
        lines=[line_of(entry, week, now) for entry in entries],
        days=days,
        chart=chart_of(days, summary),
        minutes=duration(minutes),
        minutes_max=duration(week.minutes_max),
        cost_yen=cost_yen,
        quote=quote_of(week, owed_yen) if owed_yen else None,
        settled_yen=settled_yen,
        call=week_call(week, viewer_id=viewer_id, now=now),
    )


def status_words(week: WorkWeek, now: datetime) -> str:
    """The status, and what the money of an open week says."""
    if week.is_frozen:
        return pgettext("hours", "On hold")
    if week.is_owed:
        return pgettext("hours", "To be paid")
    if week.status == WorkWeek.Status.SETTLED and not week.engagement.contract.is_over:
        return pgettext("hours", "Closed")
    if week.status != WorkWeek.Status.OPEN:
        return str(week.get_status_display())
    if week.engagement.holds_money and not week.is_funded:
        return pgettext("hours", "Not paid in yet")
    return pgettext("hours", "This week") if week.starts_at <= now < week.ends_at else str(week.get_status_display())


def line_of(entry: TimeEntry, week: WorkWeek, now: datetime) -> Line:
    """A line of the table, with everything that marks it."""
    marks = []
    if entry.is_running:
        marks.append((pgettext("hours", "Running"), "accent"))
    elif entry.source == TimeEntry.Source.MANUAL:
        marks.append((str(entry.get_source_display()), "plain"))
    if entry.cut:
        marks.append((str(entry.get_cut_display()), "warn"))
    if entry.deleted_at is not None:
        marks.append((pgettext("hours", "Deleted"), "bad"))
    elif entry.decision:
        tones = {"approved": "good", "returned": "warn", "dropped": "plain"}
        marks.append((str(entry.get_decision_display()), tones[entry.decision]))
    ids = [week.engagement.contract_id, week.pk, entry.pk]
    return Line(
        entry=entry,
        day=figures.short_day(entry.started_at),
        times=times_of(entry),
        duration=duration(entry.minutes_at(now)),
        marks=marks,
        href=reverse("hourly:entry", args=ids),
    )


def week_call(week: WorkWeek, *, viewer_id: int, now: datetime) -> Call:
    """Whose turn it is with a week, until when, and what follows from silence."""
    turn = of_week(week, now, is_paying=getattr(week, "is_paying", False))
    return call_of(turn, week, viewer_id=viewer_id) if turn.action else Call("info", "")


def contract_calls(weeks: Sequence[WorkWeek], *, viewer_id: int, now: datetime) -> list[Call]:
    """What this member is to do first, then what the other side is to do: of each the most pressing of all weeks."""
    paying = {week.pk for week in weeks if getattr(week, "is_paying", False)}
    mine = [week for week in weeks if _is_mine(week, viewer_id, now, is_paying=week.pk in paying)]
    others = [week for week in weeks if week not in mine]
    return [_most_pressing(some, paying, viewer_id=viewer_id, now=now) for some in (mine, others)]


def _most_pressing(weeks: Sequence[WorkWeek], paying: set[int], *, viewer_id: int, now: datetime) -> Call:
    turn = of_weeks(weeks, now, paying)
    if turn is None:
        return Call("info", "")
    week = next(week for week in weeks if of_week(week, now, is_paying=week.pk in paying) == turn)
    return call_of(turn, week, viewer_id=viewer_id)


def _is_mine(week: WorkWeek, viewer_id: int, now: datetime, *, is_paying: bool) -> bool:
    return of_week(week, now, is_paying=is_paying).is_for(week.engagement.contract, viewer_id)


def claim_calls(weeks: Sequence[WorkWeek]) -> list[Call]:
    """Where the mediations stand that are on about some of these weeks, asked for only when there are some."""
    claimed = {week.hold_id or 0: week for week in weeks if week.is_claimed}
    cases = mediation.open_by_hold(claimed) if claimed else {}
    return [mediation_call(case, span(claimed[hold_id])) for hold_id, case in cases.items()]


def call_of(turn: Turn, week: WorkWeek, *, viewer_id: int) -> Call:
    """The callout of a turn: the same words on the contract's page and on the week's."""
    contract = week.engagement.contract
    mine = turn.is_for(contract, viewer_id)
    ids = [contract.pk, week.pk]
    facts = {
        "other": contract.other_side(viewer_id).display_name,
        "week": span(week),
        "until": deadline(turn.until),
        "amount": figures.yen(week.approved_yen),
        "is_held": week.engagement.holds_money,
        "has_approved": week.approved_minutes > 0,
    }
    title, text, name, label = _WORDS[turn.action, mine](facts)
    href = reverse(f"hourly:{name}", args=ids if name != "tracker" else []) if name else ""
    return Call("turn" if mine else "info", title, text, href, label)


def _words(title: str, text: str, name: str = "", label: str = "") -> tuple[str, str, str, str]:
    return title, text, name, label


_WORDS = {
    ("fund_week", True): lambda facts: _words(
        _("Your turn: please set the money for %(week)s aside by %(until)s") % facts,
        _("Without it by %(until)s, the week does not begin, and no work can be recorded.") % facts,
        "funding",
        _("Set the money aside"),
    ),
    ("fund_week", False): lambda facts: _words(
        _("%(other)s's turn: the money for %(week)s is not set aside yet") % facts,
        _("Please begin this week's work only after that. Without it by %(until)s, the week does not begin.") % facts,
    ),
    ("pay_week", True): lambda facts: _words(
        _("Your turn: please pay %(amount)s for %(week)s") % facts,
        _("Under this contract nothing is held. Without payment by %(until)s, the work ends by itself.") % facts
        if facts["until"]
        else _("The time to pay has passed and the work has ended. Please pay for what was approved."),
        "funding",
        _("Pay for the week"),
    ),
    ("pay_week", False): lambda facts: _words(
        _("%(other)s's turn: %(amount)s for %(week)s is to be paid") % facts,
        _("Under this contract nothing is held. Without payment by %(until)s, the work ends by itself.") % facts
        if facts["until"]
        else _("The time to pay has passed and the work has ended. The client can still pay."),
    ),
    ("track", True): lambda facts: _words(
        _("Your turn: work and record your time"),
        _("The week runs until %(until)s. You report it afterwards; until then you can correct it.") % facts,
        "tracker",
        _("Record my time"),
    ),
    ("track", False): lambda facts: _words(
        _("%(other)s's turn: working and recording time") % facts,
        _("The week runs until %(until)s; then it is reported to you.") % facts,
    ),
    ("report_week", True): lambda facts: _words(
        _("Your turn: please report %(week)s by %(until)s") % facts,
        _("Without a report by then, the recorded times are reported by themselves as they stand."),
        "report",
        _("Look through and report"),
    ),
    ("report_week", False): lambda facts: _words(
        _("%(other)s's turn: the report of %(week)s") % facts,
        _("It comes by %(until)s; without one, the recorded times are reported by themselves.") % facts,
    ),
    ("review_week", True): lambda facts: _words(
        _("Your turn: please look at %(week)s by %(until)s") % facts,
        _("Without an answer by %(until)s, the week is approved by itself and the reward is confirmed.") % facts
        if facts["is_held"]
        else _("Without an answer by %(until)s, the week is approved by itself and is to be paid.") % facts,
        "review",
        _("Look at the week"),
    ),
    ("review_week", False): lambda facts: _words(
        _("%(other)s's turn: approval of %(week)s") % facts,
        _("Without an answer by %(until)s, the week is approved by itself and your reward is confirmed.") % facts
        if facts["is_held"]
        else _("Without an answer by %(until)s, it is approved by itself; your reward is confirmed once paid.") % facts,
    ),
    ("answer_week", True): lambda facts: _words(
        _("Your turn: lines of %(week)s were sent back. Please answer by %(until)s") % facts,
        _("A line without an answer by then is taken out by itself.")
        if not facts["has_approved"]
        else _("A line without an answer by then is taken out by itself. All others are approved and paid already.")
        if facts["is_held"]
        else _("A line without an answer by then is taken out by itself. All others are approved; paid is the whole."),
        "answer",
        _("Answer"),
    ),
    ("answer_week", False): lambda facts: _words(
        _("%(other)s's turn: lines of %(week)s were sent back") % facts,
        _("Without an answer by %(until)s, they are taken out by themselves.") % facts,
    ),
    ("wait", False): lambda facts: _words(
        _("The payment is being processed"),
        _("The result arrives by itself. Please never pay twice."),
    ),
    ("claimed", False): lambda facts: _words(
        _("On hold: a mediation about %(week)s is on") % facts,
        _("Its money stands still until the two sides agree or the operator rules. The other weeks go on."),
    ),
    ("frozen", False): lambda facts: _words(
        _("On hold: the card company is deciding on an objection"),
        _("Nobody can use the money of %(week)s until then. What was recorded is paid, whatever it decides.") % facts,
    ),
}


def rate_now(engagement: Engagement, now: datetime) -> Yen:
    """The rate of today; before the first day, that of the first."""
    if not engagement.rates:
        return engagement.contract.amount_yen
    return rate_on(engagement.rates, max(jst_date(now), engagement.starts_on))


def sum_to_fund(week: WorkWeek) -> Quote:
    """What is set aside for the week."""
    return week.hold.terms if week.hold is not None else quote_of(week, amount_of(week))


def may_finish(engagement: Engagement, actor: Actor) -> bool:
    """True when the button to end the work is shown."""
    return policy.can_finish(actor, engagement) is None
