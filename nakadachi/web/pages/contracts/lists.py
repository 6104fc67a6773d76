"""The rows of 仕事管理. One tab is one keyset-paged query; what is proposed and not yet offered stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import formats, prices, queries
from nakadachi.market.contracts.lateness import days_late
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.queries import Side
from nakadachi.market.contracts.turn import Turn
from nakadachi.market.hourly import queries as hours
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as sourcing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.web.ui import figures

Tab = Literal["proposed", "running", "inspection", "done"]
ROWS_BESIDE = 50
TABS: tuple[Tab, ...] = ("proposed", "running", "inspection", "done")


@dataclass(frozen=True)
class Row:
    """One line: which work, with whom, whose turn until when, how much."""

    title: str
    href: str
    text: str
    turn: str
    mine: bool
    chip: str
    tone: str
    price: str
    days_late: int = 0


def tab_of(actor: Actor, tab: Tab, *, side: Side | None, after: str, now: datetime) -> dict[str, Any]:
    """The rows of a tab and its page for さらに表示. `proposals` and `postings` stand on the first page of 提案中."""
    page: Page[Contract] = page_of(queries.in_tab(actor, tab, side=side), order=queries.NEWEST, after=after)
    return {
        "rows": _rows(page.rows, actor, now),
        "page": page,
        "counts": queries.tab_counts(actor, side=side),
        "proposals": _proposals(actor) if tab == "proposed" and side != "client" and not after else [],
        "postings": _postings(actor) if tab == "proposed" and side != "worker" and not after else [],
    }


def running_rows(actor: Actor, *, limit: int, now: datetime) -> list[Row]:
    """The newest work that is going on, inspection included."""
    return _rows(queries.running(actor)[:limit], actor, now)


def _rows(contracts: Iterable[Contract], actor: Actor, now: datetime) -> list[Row]:
    assert actor.id is not None
    found = list(contracts)
    by_hour = [contract.pk for contract in found if contract.format == Job.Format.HOURLY]
    unheld = hours.unheld(by_hour) if by_hour else set()
    turns = formats.turns_of(found, viewer_id=actor.id, at=now)
    price_yen = prices.now_of(found, jst_date(now))
    return [_row(one, turns[one.pk], price_yen[one.pk], actor, now, is_unheld=one.pk in unheld) for one in found]


def _row(contract: Contract, turn: Turn, price_yen: Yen, actor: Actor, now: datetime, *, is_unheld: bool) -> Row:
    assert actor.id is not None
    milestones = contract.milestones.all()
    mine = turn.is_for(contract, actor.id)
    role = pgettext("role", "as client") if contract.client_id == actor.id else pgettext("role", "as worker")
    chip, tone = _chip(contract, mine=mine, has_turn=turn.who != "nobody")
    text = f"{contract.other_side(actor.id).display_name} · {role}"
    return Row(
        title=contract.title,
        href=reverse("contracts:detail", args=[contract.pk]),
        text=f"{text} · {_('Nothing is held under this contract')}" if is_unheld else text,
        turn=_turn_words(turn),
        mine=mine,
        chip=chip,
        tone=tone,
        price=figures.yen_per(price_yen, contract.format),
        days_late=max((days_late(one, now) for one in milestones if one.status == one.Status.OPEN), default=0),
    )


def _turn_words(turn: Turn) -> str:
    if not turn.action:
        return ""
    if turn.until is None or turn.who == "nobody":
        return str(turn.what)
    last_moment = turn.until - timedelta(microseconds=1)  # of a week that ends at midnight, Sunday is the last day
    return _("%(what)s (by %(day)s)") % {"what": turn.what, "day": figures.short_day(last_moment)}


def _chip(contract: Contract, *, mine: bool, has_turn: bool) -> tuple[str, str]:
    if contract.status == Contract.Status.COMPLETED:
        return contract.get_status_display(), "good"
    if contract.is_over:
        return contract.get_status_display(), "plain"
    if not has_turn:
        return contract.get_status_display(), "plain"
    return (pgettext("turn", "Your turn"), "accent") if mine else (pgettext("turn", "Other side's turn"), "plain")


def _postings(actor: Actor) -> list[Row]:
    """The member's own open postings, with how many proposals came in."""
    found = jobs.my_page(actor, status=Job.Status.OPEN, limit=ROWS_BESIDE).rows
    counts = sourcing.counts(job.pk for job in found)
    return [_posting(job, counts.get(job.pk, 0)) for job in found]


def _posting(job: Job, count: int) -> Row:
    words = ngettext("%(count)s proposal has come in", "%(count)s proposals have come in", count) % {"count": count}
    return Row(
        title=job.title,
        href=reverse("proposals:of_job", args=[job.pk]) if count else reverse("jobs:detail", args=[job.pk]),
        text=_("open until %(day)s") % {"day": figures.short_day(job.closes_on)},
        turn=words if count else _("No proposal has come in yet"),
        mine=count > 0,
        chip=job.get_status_display(),
        tone="plain",
        price=figures.yen_per(job.budget_max_yen, job.format),
    )


def _proposals(actor: Actor) -> list[Row]:
    """What the member proposed and nobody has answered yet."""
    return [
        Row(
            title=proposal.job.title,
            href=reverse("proposals:detail", args=[proposal.pk]),
            text=f"{proposal.job.client.display_name} · {pgettext('role', 'as worker')}",
            turn=_("Proposed on %(day)s") % {"day": figures.short_day(proposal.sent_at)},
            mine=False,
            chip=pgettext("turn", "Other side's turn"),
            tone="plain",
            price=figures.yen_per(proposal.amount_yen, proposal.job.format),
        )
        for proposal in sourcing.mine_page(actor, status=Proposal.Status.SENT, limit=ROWS_BESIDE).rows
    ]
