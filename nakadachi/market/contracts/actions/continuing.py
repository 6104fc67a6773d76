"""継続: going on with the same worker on the same terms, by one direct offer that the worker answers as any other."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts import formats, policy, queries, timers
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.money import rulebook


@transaction.atomic
def reorder(*, contract: Contract, request_key: UUID, by: Actor, at: datetime) -> Contract:
    """Offer the same again: scope, prices, rounds of revision; its days as far from today as they were then.

    The same form again gives the offer it made, and while such an offer waits there is no second one.
    """
    before = lock_contract(contract.pk, by)
    known = Contract.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.reorder_of_id == before.pk else KEY_REUSED)
        return known
    require(policy.can_reorder(by, before, waiting=queries.reorder_waits(before)))
    rules = rulebook.current()
    made = Contract.objects.create(
        job_id=before.job_id,
        reorder_of=before,
        client_id=before.client_id,
        worker_id=before.worker_id,
        title=before.title,
        format=before.format,
        scope=before.scope,
        amount_yen=before.amount_yen,
        revisions_max=before.revisions_max,
        offered_at=at,
        answer_by=timers.answer_by(at, rules.timers.offer_answer_days),
        auto_accept_days=rules.timers.auto_accept_days,
        service=rules.service,
        request_key=request_key,
    )
    _pieces(before, made, jst_date(at))
    formats.of(made).reoffered(made, before, at=at)
    record("contract.offer", made, by=by, at=at, reorder_of=before.pk, amount_yen=made.amount_yen)
    return made


def _pieces(before: Contract, made: Contract, today: date) -> None:
    """The milestones again; months are the format's own."""
    assert before.agreed_at is not None
    pieces = [one for one in lock_milestones(before) if one.period_from is None]
    rows = [
        Milestone(
            contract=made,
            position=number,
            title=one.title,
            amount_yen=one.amount_yen,
            due_on=today + max(one.due_on - jst_date(before.agreed_at), timedelta(days=1)),
        )
        for number, one in enumerate(pieces, start=1)
    ]
    Milestone.objects.bulk_create(rows)
    if rows and made.format == "project":
        made.amount_yen = sum(row.amount_yen for row in rows)
        made.save(update_fields=["amount_yen"])
