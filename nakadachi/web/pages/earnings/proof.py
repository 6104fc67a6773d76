"""One journal opened for a member: every line in words, the calculation, its rule, and who did it when.

A member sees only journals that touch their own account or a hold of which they are a side, and those of refunds and
chargebacks of what was paid into it; any other is not there.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from nakadachi.infra.events import queries as events
from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.escrow import queries as escrow
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.ledger.queries import JournalView
from nakadachi.money.payments import queries as payments
from nakadachi.web.pages.earnings import words

SUBJECTS = {
    "hold": "escrow.hold",
    "payout": "payouts.payout",
    "refund": "payments.refund",
    "dispute": "payments.dispute",
}


@dataclass(frozen=True)
class Proof:
    """What the journal page draws."""

    journal: JournalView
    title: str
    meaning: str
    lines: list[words.Line]
    sums: list[words.Sum]
    rule: str
    source: str
    quoted_on: str
    milestone: Milestone | None
    who: str
    at: datetime | None
    inputs: str


def proof_for(actor: Actor, journal_id: int) -> Proof:
    """The journal with its proof; raises `NotVisible`."""
    journal = ledger.journal(journal_id)
    hold = _hold_of(actor, journal)
    own = f"member:{actor.id}"
    if hold is None and all(line.account != own for line in journal.lines):
        raise NotVisible
    calc = journal.calc or {}
    terms = calc.get("quote") or {}
    assert actor.id is not None
    event = _event_of(journal)
    return Proof(
        journal=journal,
        title=words.title_of(journal.kind),
        meaning=words.meaning_of(journal.kind),
        lines=[words.line_of(line, viewer_id=actor.id, hold=hold) for line in journal.lines],
        sums=words.sums_of(terms["rates"], calc["part"], before_yen=calc.get("before_yen", 0)) if terms else [],
        rule=terms.get("rule", ""),
        source=terms.get("source", ""),
        quoted_on=terms.get("on", ""),
        milestone=contracts.milestones_of_holds([hold.pk]).get(hold.pk) if hold else None,
        who=who_did(event, viewer_id=actor.id, hold=hold) if event else "",
        at=event.at if event else None,
        inputs=_inputs(calc),
    )


def _hold_of(actor: Actor, journal: JournalView) -> Hold | None:
    for line in journal.lines:
        kind, _, owner = line.account.partition(":")
        if kind == "hold":
            try:
                return escrow.hold_for(actor, int(owner))
            except NotVisible:
                continue
    purpose = payments.purpose_of(journal.ref_type, journal.ref_id)
    if purpose is None or purpose[0] != PURPOSE:
        return None
    try:
        return escrow.hold_for(actor, purpose[1])
    except NotVisible:
        return None


def _event_of(journal: JournalView) -> Event | None:
    """The event written in the same transaction as the journal: of the same thing, the nearest in time."""
    subject = SUBJECTS.get(journal.ref_type)
    if subject is None or journal.ref_id is None:
        return None
    found = [event for event in events.about({subject: [journal.ref_id]}) if _same_deed(event.kind, journal.kind)]
    return min(found, key=lambda event: abs(event.created_at - journal.posted_at), default=None)


def _same_deed(event_kind: str, journal_kind: str) -> bool:
    """`hold.release_part` and `hold.release`, `payout.requested` and `payout.request` tell of the same."""
    return event_kind.startswith(journal_kind) or journal_kind.startswith(event_kind)


def who_did(event: Event, *, viewer_id: int, hold: Hold | None) -> str:
    """The actor by role: the reader, the client, the worker, a timer, the operator."""
    if event.actor_kind == "system":
        return gettext("Automatically, by the published rule")
    if event.actor_kind == "staff":
        return gettext("The operator")
    if event.actor_id == viewer_id:
        return gettext("You")
    if hold is not None and event.actor_id == hold.payer_id:
        return gettext("The client")
    if hold is not None and event.actor_id == hold.payee_id:
        return gettext("The worker")
    return gettext("Another member")


def _inputs(calc: dict[str, Any]) -> str:
    """What is stored on the journal, as it is, without the numbers of other people's payments."""
    shown = {name: value for name, value in calc.items() if not name.endswith("_id")}
    return json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True) if shown else ""
