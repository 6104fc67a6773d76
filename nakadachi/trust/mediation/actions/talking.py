"""Writing down what happened, and offering a settlement under seal."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files import actions as files
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import policy as escrow
from nakadachi.trust.mediation import crossing, policy, refusals
from nakadachi.trust.mediation.actions.closing import divide
from nakadachi.trust.mediation.locking import lock_case
from nakadachi.trust.mediation.models import Case, SealedOffer, Side, Statement


@transaction.atomic
def state(
    *, case: Case, text: str, attached: Sequence[Incoming] = (), request_key: UUID, by: Actor, at: datetime
) -> Statement:
    """Add a statement with its files; both sides and the operator read it."""
    case = lock_case(case.pk, by)
    known = Statement.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if (known.case_id, known.author_id) == (case.pk, by.id) else refusals.KEY_REUSED)
        return known
    assert by.id is not None
    require(policy.can_state(by, case, Statement.objects.filter(case=case, author_id=by.id).count()))
    text = tidy_text(text)
    require(policy.text_refusal(text, refusals.TEXT_MISSING))
    statement = Statement.objects.create(case=case, author_id=by.id, text=text, at=at, request_key=request_key)
    files.store(attached, owner=statement, by=by, at=at)
    record("statement.write", statement, by=by, at=at, case_id=case.pk)
    return statement


@transaction.atomic
def offer(*, case: Case, worker_amount_yen: Yen, request_key: UUID, by: Actor, at: datetime) -> Case:
    """Say under seal what one would settle for. When the offers cross, the case ends half-way at once."""
    case = lock_case(case.pk, by)
    known = SealedOffer.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if (known.case_id, known.side) == (case.pk, case.side_of(by.id)) else refusals.KEY_REUSED)
        return case
    offers = list(SealedOffer.objects.filter(case=case).order_by("side", "number"))
    side = case.side_of(by.id)
    own = [one for one in offers if one.side == side]
    require(policy.can_offer(by, case, own, at))
    assert side is not None
    require(policy.amount_refusal(case, side, own, worker_amount_yen))
    new = SealedOffer.objects.create(
        case=case,
        side=side,
        number=len(own) + 1,
        worker_amount_yen=worker_amount_yen,
        at=at,
        request_key=request_key,
    )
    record("sealedoffer.make", new, by=by, at=at, case_id=case.pk)
    between_yen = crossing.agreed_yen([*offers, new])
    if between_yen is None:
        return case
    return divide(case, "agree", Case.Outcome.AGREED, _possible(case, between_yen, [*offers, new]), by=by, at=at)


def _possible(case: Case, between_yen: Yen, offers: Sequence[SealedOffer]) -> Yen:
    """Half-way; where fees would eat so small a part, what the worker would have taken."""
    if escrow.can_take(case.hold, between_yen, low_yen=0) is None:
        return between_yen
    worker = crossing.latest(offers, Side.WORKER)
    assert worker is not None
    return worker.worker_amount_yen
