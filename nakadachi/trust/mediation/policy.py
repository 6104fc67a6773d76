"""Who may do what in a case, and when."""

from collections.abc import Sequence
from datetime import datetime

from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import Refusal
from nakadachi.money import rulebook
from nakadachi.money.escrow import policy as escrow
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.trust.mediation import refusals as no
from nakadachi.trust.mediation.crossing import latest
from nakadachi.trust.mediation.models import Case, Ruling, SealedOffer, Side

STATEMENTS_MAX = 20
"""Of one author in one case."""


def may_see(actor: Actor, case: Case) -> bool:
    """The two sides, and the operator's people for mediation."""
    return case.side_of(_member_id(actor)) is not None or may(actor, areas.MEDIATION) or actor.is_system


def can_state(actor: Actor, case: Case, count: int) -> Refusal | None:
    """Either side or the operator, as long as it is open. `count`: what the author has written so far."""
    if case.side_of(_member_id(actor)) is None and not may(actor, areas.MEDIATION):
        return no.NOT_PARTY
    if not case.is_open:
        return no.IS_CLOSED
    return no.STATEMENTS_USED.with_params(count=STATEMENTS_MAX) if count >= STATEMENTS_MAX else None


def can_offer(actor: Actor, case: Case, own: Sequence[SealedOffer], at: datetime) -> Refusal | None:
    """Either side, a few times, until the operator has ruled."""
    if case.side_of(_member_id(actor)) is None:
        return no.NOT_PARTY
    if not case.is_open:
        return no.IS_CLOSED
    if case.status not in {Case.Status.TALKING, Case.Status.DECIDING}:
        return no.NO_OFFERS_NOW
    if _is_over(case, at) and case.status == Case.Status.DECIDING:
        return no.TOO_LATE
    count = rulebook.current().mediation.offers_max
    return no.OFFERS_USED.with_params(count=count) if len(own) >= count else None


def amount_refusal(case: Case, side: Side, own: Sequence[SealedOffer], worker_amount_yen: Yen) -> Refusal | None:
    """Within what there is, and nearer to the other side than one's last offer."""
    if refusal := escrow.can_take(case.hold, worker_amount_yen, low_yen=0):
        return refusal
    last = latest(own, side)
    if last is None:
        return None
    bound = format_yen(last.worker_amount_yen)
    if side == Side.CLIENT and worker_amount_yen < last.worker_amount_yen:
        return no.OFFER_LOWER.with_params(bound=bound)
    if side == Side.WORKER and worker_amount_yen > last.worker_amount_yen:
        return no.OFFER_HIGHER.with_params(bound=bound)
    return None


def can_withdraw(actor: Actor, case: Case) -> Refusal | None:
    """The side that opened it, until the operator has ruled."""
    if not actor.is_member(case.opened_by_id):
        return no.NOT_OPENER
    if not case.is_open:
        return no.IS_CLOSED
    return None if case.status in {Case.Status.TALKING, Case.Status.DECIDING} else no.NO_OFFERS_NOW


def can_rule(actor: Actor, case: Case, first: Ruling | None, at: datetime) -> Refusal | None:
    """The operator's people for mediation who are no side of it; on an appeal, not the one who ruled first."""
    if not may(actor, areas.MEDIATION):
        return no.NOT_OPERATOR
    if actor.id in {case.contract.client_id, case.contract.worker_id}:
        return no.INTERESTED
    if not case.is_open:
        return no.IS_CLOSED
    if case.status == Case.Status.TALKING:
        return no.NOT_YET
    if case.status == Case.Status.DECIDED or _is_over(case, at):
        return no.TOO_LATE
    return no.SAME_PERSON if first is not None and first.by_id == actor.id else None


def can_answer_ruling(actor: Actor, case: Case, at: datetime) -> Refusal | None:
    """Either side, while the ruling is open to appeal."""
    if case.side_of(_member_id(actor)) is None:
        return no.NOT_PARTY
    if not case.is_open:
        return no.IS_CLOSED
    if case.status != Case.Status.DECIDED:
        return no.NOT_RULED
    return no.TOO_LATE if _is_over(case, at) else None


def can_accept_ruling(actor: Actor, case: Case, at: datetime) -> Refusal | None:
    """The same, once each."""
    if refusal := can_answer_ruling(actor, case, at):
        return refusal
    side = case.side_of(_member_id(actor))
    return no.ALREADY_ACCEPTED if getattr(case, f"{side}_accepts") else None


def text_refusal(text: str, missing: Refusal) -> Refusal | None:
    """Something, of bounded length."""
    if not text:
        return missing
    return no.TEXT_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX) if len(text) > TEXT_LENGTH_MAX else None


def _is_over(case: Case, at: datetime) -> bool:
    return case.due_at is not None and at >= case.due_at


def _member_id(actor: Actor) -> int | None:
    return actor.id if actor.kind == "member" else None
