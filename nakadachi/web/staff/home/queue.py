"""What waits for this operator, the most urgent first, each with its date in words and the page that deals with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext, pgettext

from nakadachi.infra.mail import sending as mails
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.tasks import queries as tasks
from nakadachi.money.payments.queries import refused_refunds, unanswered_disputes
from nakadachi.money.payouts import queries as payouts
from nakadachi.money.payouts.funds import funds
from nakadachi.people.roles import areas
from nakadachi.people.standing.checking import WHAT
from nakadachi.people.standing.queries import waiting_for_check
from nakadachi.trust.inquiries import queries as inquiries
from nakadachi.trust.mediation import queries as mediation
from nakadachi.web.staff.console import Console
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import ToDo


@dataclass(frozen=True)
class Item:
    """Something that waits: sorted by how pressing it is, then by its date."""

    pressing: int
    on: date
    todo: ToDo


def queue(console: Console) -> list[ToDo]:
    """Everything in the areas of the role."""
    sources = {
        areas.FUNDS: _funds,
        areas.PAYOUTS: _payouts,
        areas.REFUNDS: _refunds,
        areas.INQUIRIES: _inquiries,
        areas.MEDIATION: _mediations,
        areas.CHECKS: _checks,
        areas.MAILS: _mails,
    }
    found = [item for area, source in sources.items() if area in console.areas for item in source(console.now)]
    return [item.todo for item in sorted(found, key=lambda item: (item.pressing, item.on))]


def _funds(now: datetime) -> Iterator[Item]:
    if funds().free_yen < 0:
        title = pgettext("console", "Members' money is not covered")
        text = pgettext("console", "What is held at bank and card provider is less than what is owed.")
        yield Item(0, jst_date(now), _todo(title, text, "/staff/funds/", "warn"))


def _payouts(now: datetime) -> Iterator[Item]:
    today = jst_date(now)
    closes_on, pays_on = payouts.latest_closing(today)
    if not payouts.is_closed(closes_on):
        title = pgettext("console", "The closing of %(day)s is due") % {"day": figures.short_day(closes_on)}
        text = pgettext("console", "It closes by itself within minutes, or by hand.")
        yield Item(1, pays_on, _todo(title, text, "/staff/payouts/", "turn"))
    for run in payouts.unfinished_runs():
        facts = {"day": figures.short_day(run.closes_on), "amount": figures.yen(run.total_yen)}
        if run.status == "open":
            title = pgettext("console", "Make the transfer file of the closing of %(day)s (%(amount)s)") % facts
        else:
            title = pgettext("console", "Have the bank execute the closing of %(day)s (%(amount)s)") % facts
        is_late = run.pays_on <= today
        due = pgettext("console", "Transfer on %(day)s (%(left)s)") % {
            "day": figures.short_day(run.pays_on),
            "left": pgettext("console", "overdue") if run.pays_on < today else figures.days_left(run.pays_on, now),
        }
        todo = _todo(title, "", f"/staff/payouts/{run.pk}/", "warn" if is_late else "turn", due)
        yield Item(0 if is_late else 2, run.pays_on, todo)


def _refunds(now: datetime) -> Iterator[Item]:
    waiting = list(refused_refunds()[:100])
    if waiting:
        n = len(waiting)
        title = ngettext("%(n)s refund was refused by the provider", "%(n)s refunds were refused by the provider", n)
        since = waiting[0].requested_at
        yield Item(1, jst_date(since), _todo(title % {"n": n}, "", "/staff/refunds/", "warn", _since(since)))
    if n := unanswered_disputes().count():
        answer_by = unanswered_disputes()[0].answer_by
        title = ngettext("%(n)s chargeback wants evidence", "%(n)s chargebacks want evidence", n) % {"n": n}
        due = pgettext("console", "To be answered by %(day)s") % {"day": figures.short_day(answer_by)}
        yield Item(1, jst_date(answer_by), _todo(title, "", "/staff/disputes/", "warn", due))
    objections = tasks.appeals()
    if n := objections.count():
        decide_by = objections.values_list("decide_by", flat=True)[0]
        title = ngettext("%(n)s objection waits for a decision", "%(n)s objections wait for a decision", n) % {"n": n}
        due = pgettext("console", "Decided by itself on %(day)s") % {"day": figures.short_day(decide_by)}
        yield Item(2, jst_date(decide_by), _todo(title, "", "/staff/tasks/", "turn", due))


def _inquiries(now: datetime) -> Iterator[Item]:
    waiting = inquiries.waiting()
    if n := waiting.count():
        since = waiting.values_list("waiting_since", flat=True)[0]
        title = ngettext("%(n)s inquiry waits for an answer", "%(n)s inquiries wait for an answer", n) % {"n": n}
        yield Item(3, jst_date(since), _todo(title, "", "/staff/inquiries/", "turn", _since(since)))


def _mediations(now: datetime) -> Iterator[Item]:
    waiting = mediation.waiting()
    if n := waiting.count():
        due_at = waiting.values_list("due_at", flat=True)[0]
        assert due_at is not None
        title = ngettext("%(n)s mediation waits for a ruling", "%(n)s mediations wait for a ruling", n) % {"n": n}
        due = pgettext("console", "To be ruled on by %(day)s") % {"day": figures.short_day(due_at)}
        yield Item(1, jst_date(due_at), _todo(title, "", "/staff/mediation/", "warn", due))


def _checks(now: datetime) -> Iterator[Item]:
    for what in WHAT:
        waiting = waiting_for_check(what)
        if n := waiting.count():
            since = waiting.values_list(f"{what}_at", flat=True)[0]
            if what == "identity":
                title = ngettext("%(n)s identity to check", "%(n)s identities to check", n) % {"n": n}
            else:
                title = ngettext("%(n)s phone number to check", "%(n)s phone numbers to check", n) % {"n": n}
            yield Item(3, jst_date(since), _todo(title, "", "/staff/checks/", "turn", _since(since)))


def _mails(now: datetime) -> Iterator[Item]:
    if n := mails.parked().count():
        title = pgettext("console", "Mails that could not be sent: %(n)s") % {"n": n}
        yield Item(2, jst_date(now), _todo(title, "", "/staff/mails/", "turn"))


def _since(moment: datetime) -> str:
    return pgettext("console", "The oldest since %(day)s") % {"day": figures.short_day(moment)}


def _todo(title: str, text: str, href: str, tone: str, due: str = "") -> ToDo:
    return ToDo(title=title, text=text, href=href, label=pgettext("console", "Open"), tone=tone, due=due)
