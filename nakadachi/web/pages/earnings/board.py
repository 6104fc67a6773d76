"""Puts together what 「報酬管理」 shows: money in every state, each line with the journal behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from nakadachi.infra.paging import Page
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.market.hourly import queries as hourly
from nakadachi.market.hourly.billing import cost_of
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks import queries as tasks
from nakadachi.market.tasks.models import Task
from nakadachi.money.escrow import queries as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.ledger.book import LedgerRefused, account_for
from nakadachi.web.pages.earnings.words import title_of
from nakadachi.web.pages.hourly.words import span
from nakadachi.web.ui.parts import EntryLine

ENTRIES_A_PAGE = 20
_SALT = "earnings.entries"
REPORTED = frozenset({WorkWeek.Status.REPORTED, WorkWeek.Status.RETURNED, WorkWeek.Status.ANSWERED})


@dataclass(frozen=True)
class HeldLine:
    """One hold on a list: which work, with whom, how much, and where its entries are."""

    title: str
    text: str
    status: str
    since: datetime | None
    amount_yen: int
    figure_yen: int
    href: str
    hold_id: int


def own_account(member_id: int) -> int | None:
    """The member's ledger account; None before the first reward."""
    try:
        return account_for("member", "member", member_id)
    except LedgerRefused:
        return None


def held_for(member_id: int, *, at: datetime) -> tuple[list[HeldLine], list[HeldLine]]:
    """What is set aside for a worker: (being worked on, waiting for inspection), with what they will receive. The rest
    of an approved week is the client's and waits for the next one."""
    found = _lines(
        escrow.funded_for_payee(member_id),
        viewer_id=member_id,
        figure=lambda hold, week: _to_receive(hold, week, at),
    )
    lines = [line for line in found if line.status != WorkWeek.Status.APPROVED]
    waiting = [line for line in lines if line.status == Milestone.Status.DELIVERED]
    answered = [_answers_line(found) for found in tasks.waiting_answers(member_id)]
    return [line for line in lines if line.status != Milestone.Status.DELIVERED], [*waiting, *answered]


def _to_receive(hold: Hold, week: WorkWeek | None, at: datetime) -> int:
    """After fee and tax: all that is held, but of a week that was reported only what was recorded."""
    part_yen = hold.rest_yen
    if week is not None and week.status in REPORTED:
        recorded_yen = cost_of(week.entries.all(), week.engagement.rates, at)
        part_yen = min(part_yen, recorded_yen - hold.released_yen)
    return hold.next_part(part_yen).worker_receives_yen if part_yen > 0 else 0


def _answers_line(found: tasks.Waiting) -> HeldLine:
    """A worker's answers to one task that wait to be approved."""
    text = ngettext("%(count)s answer to a task", "%(count)s answers to a task", found.count) % {"count": found.count}
    return HeldLine(
        title=found.title,
        text=text,
        status=Milestone.Status.DELIVERED,
        since=None,
        amount_yen=found.reward_yen,
        figure_yen=found.reward_yen,
        href=reverse("tasks:detail", args=[found.task_id]),
        hold_id=0,
    )


def paid_lines(holds: Sequence[Hold], *, payer_id: int) -> list[HeldLine]:
    """What a client paid in, with what it cost after refunds."""
    return _lines(holds, viewer_id=payer_id, figure=lambda hold, _week: hold.funded_yen - hold.refunded_yen)


def _lines(holds: Sequence[Hold], *, viewer_id: int, figure: Callable[[Hold, WorkWeek | None], int]) -> list[HeldLine]:
    milestones = contracts.milestones_of_holds([hold.pk for hold in holds])
    others = [hold.pk for hold in holds if hold.pk not in milestones]
    weeks, posted = hourly.weeks_of_holds(others), tasks.tasks_of_holds(others)
    lines: list[HeldLine] = []
    for hold in holds:
        if hold.pk in milestones:
            lines.append(_line(hold, milestones[hold.pk], viewer_id, figure(hold, None)))
        elif hold.pk in weeks:
            lines.append(_week_line(hold, weeks[hold.pk], viewer_id, figure(hold, weeks[hold.pk])))
        elif hold.pk in posted:
            lines.append(_task_line(hold, posted[hold.pk], figure(hold, None)))
    return lines


def _task_line(hold: Hold, task: Task, figure_yen: int) -> HeldLine:
    """What a client paid in for a task."""
    return HeldLine(
        title=task.job.title,
        text=str(Job.Format.TASK.label),
        status=task.status,
        since=hold.funded_at,
        amount_yen=hold.amount_yen,
        figure_yen=figure_yen,
        href=reverse("tasks:detail", args=[task.pk]),
        hold_id=hold.pk,
    )


def _week_line(hold: Hold, week: WorkWeek, viewer_id: int, figure_yen: int) -> HeldLine:
    """A week of hourly work; reported, it stands among what waits for inspection."""
    contract = week.engagement.contract
    waits = week.status in REPORTED - {WorkWeek.Status.RETURNED}
    return HeldLine(
        title=_work_words(contract.title, span(week)),
        text=contract.other_side(viewer_id).display_name,
        status=Milestone.Status.DELIVERED if waits else week.status,
        since=week.reported_at if waits else hold.funded_at,
        amount_yen=hold.amount_yen,
        figure_yen=figure_yen,
        href=reverse("earnings:contract", args=[contract.pk]) + f"#week-{week.pk}",
        hold_id=hold.pk,
    )


def _line(hold: Hold, milestone: Milestone, viewer_id: int, figure_yen: int) -> HeldLine:
    contract = milestone.contract
    return HeldLine(
        title=work_words(milestone),
        text=contract.other_side(viewer_id).display_name,
        status=milestone.status,
        since=milestone.delivered_at if milestone.status == Milestone.Status.DELIVERED else hold.funded_at,
        amount_yen=hold.amount_yen,
        figure_yen=figure_yen,
        href=reverse("earnings:contract", args=[contract.pk]) + f"#milestone-{milestone.pk}",
        hold_id=hold.pk,
    )


def work_words(milestone: Milestone) -> str:
    """The work in one line: the contract's title, and the milestone's own where it says more."""
    return _work_words(milestone.contract.title, milestone.title)


def _work_words(contract: str, milestone: str) -> str:
    if milestone == contract:
        return contract
    return gettext("%(contract)s: %(milestone)s") % {"contract": contract, "milestone": milestone}


def entries_page(
    account_id: int | None,
    *,
    after: str,
    limit: int = ENTRIES_A_PAGE,
    journals: str = "earnings:journal",
    balance_yen: int | None = None,
) -> Page[EntryLine]:
    """An account's entries, newest first, each with the balance after it. The cursor carries that balance along.

    `balance_yen` is what the page has just read, so that it is not asked twice.

    `journals` names the page that a line opens.
    """
    if account_id is None:
        return Page([])
    start = _read_cursor(account_id, after)
    if start is not None:
        before, balance_yen = start
    else:
        before, balance_yen = None, ledger.balance_yen(account_id) if balance_yen is None else balance_yen
    rows = ledger.entries_of(account_id, before=before, limit=limit + 1)
    works = works_of([row.ref_id for row in rows if row.ref_type == "hold"])
    lines = []
    for row in rows[:limit]:
        lines.append(
            EntryLine(
                on=row.effective_at,
                title=title_of(row.kind),
                text=works.get(row.ref_id, "") if row.ref_type == "hold" else "",
                amount_yen=row.amount_yen,
                balance_yen=balance_yen,
                href=reverse(journals, args=[row.journal_id]),
            )
        )
        balance_yen -= row.amount_yen
    if len(rows) <= limit:
        return Page(lines)
    last_id = rows[limit - 1].journal_id
    return Page(lines, signing.dumps([account_id, last_id, balance_yen], salt=_SALT))


def works_of(hold_ids: Sequence[int | None]) -> dict[int | None, str]:
    """What each hold was for, in one line, by hold id."""
    known = [hold_id for hold_id in hold_ids if hold_id is not None]
    found: dict[int | None, str] = {
        hold_id: _work_words(*both) for hold_id, both in contracts.titles_of_holds(known).items()
    }
    return found | {**tasks.titles_of_holds([hold_id for hold_id in known if hold_id not in found])}


def _read_cursor(account_id: int, cursor: str) -> tuple[int, int] | None:
    """A cursor that was tampered with, or belongs to another account, starts at the beginning."""
    try:
        owner_id, journal_id, balance_yen = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (journal_id, balance_yen) if owner_id == account_id else None
