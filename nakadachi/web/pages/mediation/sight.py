"""A case as a page shows it: where it stands, what comes when, what was said, and what each figure means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.infra.files import queries as file_queries
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.hourly import queries as hourly
from nakadachi.money.escrow.models import HELD
from nakadachi.trust.mediation import queries
from nakadachi.trust.mediation.models import Case, Ruling, Statement
from nakadachi.web.pages.contracts.splitting import Share, share_of
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.pages.hourly.words import span
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import FileLink, Step

TONES = {"talking": "warn", "deciding": "accent", "decided": "warn", "appealed": "accent", "closed": "plain"}


_SKIPPED = {Case.Outcome.AGREED: {"deciding", "decided"}, Case.Outcome.DEFAULT: {"decided"}, Case.Outcome.APPEAL: set()}
"""The stages that nothing came of when a case ended so: nobody has ruled. Else there was no second ruling."""


@dataclass(frozen=True)
class Said:
    """One thing that was written: `kind` is claim, statement, ruling or appeal."""

    kind: str
    author: str
    author_id: int | None
    at: datetime
    text: str
    files: Sequence[FileLink] = field(default_factory=tuple)
    share: Share | None = None
    by_operator: bool = False


def works_of(cases: Sequence[Case]) -> dict[int, str]:
    """What each case is about, in a line, by case id."""
    names = pieces_of([case.hold_id for case in cases])
    return {case.pk: names.get(case.hold_id, case.contract.title) for case in cases}


def pieces_of(hold_ids: Sequence[int]) -> dict[int, str]:
    """The title of the milestone or the days of the week that each of several holds is for; beside it stands the
    contract's own title."""
    titles = {hold_id: both[1] for hold_id, both in contracts.titles_of_holds(hold_ids).items()}
    others = [hold_id for hold_id in hold_ids if hold_id not in titles]
    weeks = hourly.weeks_of_holds(others) if others else {}
    return titles | {hold_id: span(week) for hold_id, week in weeks.items()}


def steps_of(case: Case) -> list[Step]:
    """The stages on the stepper, with the date of the one that is now."""
    labels = [
        ("asked", pgettext("mediation", "Asked")),
        ("talking", pgettext("mediation", "Talking")),
        ("deciding", pgettext("mediation", "Ruling")),
        ("decided", pgettext("mediation", "Time to appeal")),
        ("closed", pgettext("mediation", "Money divided")),
    ]
    if case.appealed_by_id:
        labels.insert(4, ("appealed", pgettext("mediation", "Second ruling")))
    names = [name for name, _label in labels]
    at = names.index(case.status)
    if not case.is_open:
        if case.result_yen is None:
            return [Step(labels[0][1], "done"), Step(case.get_outcome_display(), "done")]
        skipped = _SKIPPED.get(Case.Outcome(case.outcome), {"appealed"})
        return [Step(label, "done") for name, label in labels if name not in skipped]
    note = pgettext("mediation", "until %(day)s") % {"day": figures.short_day(case.due_at)}
    return [
        Step(label, "done" if index < at else "now" if index == at else "todo", note if index == at else "")
        for index, (_name, label) in enumerate(labels)
    ]


def what_comes(case: Case) -> tuple[str, str]:
    """Where an open case stands, and what happens on its date if nobody does anything."""
    facts = {"at": figures.day_and_time(case.due_at), "rest": figures.yen(case.rest_yen)}
    if case.status == Case.Status.TALKING:
        return (
            _("The two sides talk until %(at)s") % facts,
            _("Write what happened, and make an offer under seal. When nothing is agreed by then, the operator rules."),
        )
    if case.status == Case.Status.DECIDING:
        silent = _by_rule(case, facts)
        text = _("You can still make offers that settle it at once.")
        return _("The operator rules by %(at)s") % facts, f"{silent} {text}"
    if case.status == Case.Status.DECIDED:
        return (
            _("There is a ruling: appeal until %(at)s") % facts,
            _("If neither side appeals by then, it takes effect. When both accept, it takes effect at once."),
        )
    return (
        _("Somebody else of the operator rules for good by %(at)s") % facts,
        _("Without a second ruling by then, the first one takes effect."),
    )


def _by_rule(case: Case, facts: dict[str, str]) -> str:
    by_rule_yen = queries.by_rule_yen(case)
    if by_rule_yen == 0:
        return _("Without a ruling by then, everything goes back to the client, since nothing was delivered.")
    if by_rule_yen == case.rest_yen:
        return _("Without a ruling by then, all of %(rest)s goes to the worker, since the work was delivered.") % facts
    facts |= {"part": figures.yen(by_rule_yen)}
    return _("Without a ruling by then, %(part)s goes to the worker for the recorded time, the rest back.") % facts


def how_it_ended(case: Case) -> str:
    """One sentence for a case that is over."""
    facts = {"at": figures.day_and_time(case.closed_at), "how": case.get_outcome_display()}
    return _("Over since %(at)s: %(how)s") % facts


def result_of(case: Case, work: str) -> Share | None:
    """How the money was divided in the end."""
    if case.result_yen is None:
        return None
    hold = case.hold
    part = hold.terms.part(hold.released_yen - case.result_yen, case.result_yen)
    return Share(
        title=work,
        amount_yen=case.rest_yen,
        paid_in_yen=part.client_pays_yen + hold.refunded_yen,
        worker_amount_yen=case.result_yen,
        worker_receives_yen=part.worker_receives_yen,
        fees_yen=part.worker_fee_yen + part.client_fee_yen,
        client_back_yen=hold.refunded_yen,
        fits=True,
    )


def share_in(case: Case, worker_amount_yen: Yen | None, work: str) -> Share | None:
    """What a division would bring both sides, while the money is there."""
    return share_of(work, case.hold, worker_amount_yen) if case.hold.status in HELD else None


def said_in(case: Case, work: str, *, names_staff: bool = False) -> list[Said]:
    """Everything that was written, in the order of time."""
    statements, rulings = queries.statements_of(case), queries.rulings_of(case)
    files = file_queries.of_owners(Statement._meta.label_lower, [one.pk for one in statements]) if statements else {}
    sides = {case.contract.client_id: case.contract.client, case.contract.worker_id: case.contract.worker}
    operator = pgettext("mediation", "The operator")

    def name(author_id: int, staff_name: str) -> str:
        side = sides.get(author_id)
        return side.display_name if side else staff_name if names_staff else operator

    found = [Said("claim", case.opened_by.display_name, case.opened_by_id, case.opened_at, case.reason)]
    for one in statements:
        author = name(one.author_id, one.author.display_name)
        by_operator = one.author_id not in sides
        links = links_of(files.get(one.pk, ()))
        found.append(Said("statement", author, one.author_id, one.at, one.text, links, by_operator=by_operator))
    for ruling in rulings:
        found.append(_ruling(case, ruling, ruling.by.display_name if names_staff else operator, work))
    if case.appealed_by is not None:
        at = queries.appealed_at(case) or rulings[0].at
        found.append(Said("appeal", case.appealed_by.display_name, case.appealed_by_id, at, case.appeal_reason))
    return sorted(found, key=lambda said: said.at)


def _ruling(case: Case, ruling: Ruling, author: str, work: str) -> Said:
    share = share_in(case, ruling.worker_amount_yen, work)
    return Said("ruling", author, ruling.by_id, ruling.at, ruling.reasons, share=share, by_operator=True)
