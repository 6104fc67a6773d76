"""The usual ORM style, for comparison: the same acceptance, with the same rows of contract, milestone, hold and events,
but saved object by object, and money as balance rows: five accounts locked by `select_for_update`, the entries by
`bulk_create`, the fee and tax rows updated by everybody.

It is given a lock order that cannot deadlock and keeps the hot rows as short as it can; it asks no policy and has no
idempotency.
"""

import os
from collections.abc import Callable
from typing import Any

models: dict[str, Any] = {}
HOT = ("fee_revenue_worker", "fee_revenue_client", "consumption_tax_payable")


def declare() -> None:
    """Define the models; Django must be set up."""
    from django.db import models as m

    class NaiveAccount(m.Model):
        kind = m.CharField(max_length=30)
        owner_id = m.BigIntegerField(default=0)
        balance = m.BigIntegerField(default=0)

        class Meta:
            app_label = "bench"
            unique_together = [("kind", "owner_id")]

    class NaiveJournal(m.Model):
        kind = m.CharField(max_length=30)
        ref_id = m.BigIntegerField()
        calc = m.JSONField()
        posted_at = m.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

    class NaiveEntry(m.Model):
        journal = m.ForeignKey(NaiveJournal, on_delete=m.PROTECT)
        account = m.ForeignKey(NaiveAccount, on_delete=m.PROTECT)
        amount = m.BigIntegerField()

        class Meta:
            app_label = "bench"

    for model in (NaiveAccount, NaiveJournal, NaiveEntry):
        models[model.__name__] = model


def make_tables(role: str) -> None:
    """As the owner of the database."""
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in models.values():
            editor.create_model(model)
    with connection.cursor() as cursor:
        for model in models.values():
            cursor.execute(f"GRANT ALL ON {model._meta.db_table} TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def open_accounts() -> None:
    """One balance row for every hold and member, and the shared ones."""
    from nakadachi.money.escrow.models import Hold
    from nakadachi.people.models import Member

    account = models["NaiveAccount"]
    rows = [account(kind=kind) for kind in HOT]
    rows += [account(kind="member", owner_id=pk) for pk in Member.objects.values_list("pk", flat=True)]
    rows += [account(kind="hold", owner_id=pk, balance=yen) for pk, yen in Hold.objects.values_list("pk", "funded_yen")]
    account.objects.bulk_create(rows, batch_size=5_000)


def accept(milestone_id: int, at: Any) -> None:
    """What `contracts.actions.accept` does, the way most Django code does it."""
    from django.db import transaction

    from nakadachi.infra.events.models import Event
    from nakadachi.market.contracts.models import Contract, Milestone
    from nakadachi.money.escrow.models import Hold

    with transaction.atomic():
        milestone = Milestone.objects.select_for_update().get(pk=milestone_id)
        contract = Contract.objects.select_for_update().get(pk=milestone.contract_id)
        hold = Hold.objects.select_for_update().get(pk=milestone.hold_id)
        assert milestone.status == "delivered"
        assert hold.status == "funded"
        milestone.status, milestone.accepted_at, milestone.closed_at, milestone.auto_accept_at = (
            "accepted",
            at,
            at,
            None,
        )
        milestone.save()
        _event(Event, "milestone.accept", milestone, contract, at)
        _post(hold)
        hold.status, hold.closed_at = "released", at
        hold.released_yen, hold.settled_yen = hold.amount_yen, hold.funded_yen
        hold.save()
        _event(Event, "hold.release", hold, contract, at)
        if not contract.milestones.exclude(status="accepted").exists():
            contract.status, contract.closed_at = "completed", at
            contract.save()
            _event(Event, "contract.complete", contract, contract, at)


def _post(hold) -> None:  # type: ignore[no-untyped-def]
    part = hold.next_part(hold.amount_yen)
    moves = {("hold", hold.pk): -10_550, ("member", hold.payee_id): part.worker_receives_yen}
    moves |= {(HOT[0], 0): 1_500, (HOT[1], 0): 500, (HOT[2], 0): 200}
    accounts = models["NaiveAccount"].objects.select_for_update()
    locked = [accounts.get(kind=kind, owner_id=owner_id) for kind, owner_id in moves]
    assert all(account.balance + yen >= 0 for account, yen in zip(locked, moves.values(), strict=True))
    journal = models["NaiveJournal"].objects.create(kind="hold.release", ref_id=hold.pk, calc=hold.quote)
    entry = models["NaiveEntry"]
    entry.objects.bulk_create(
        [
            entry(journal=journal, account=account, amount=yen)
            for account, yen in zip(locked, moves.values(), strict=True)
        ]
    )
    for account, yen in zip(locked, moves.values(), strict=True):
        account.balance += yen
        account.save()


def _event(model, kind, subject, contract, at) -> None:  # type: ignore[no-untyped-def]
    model.objects.create(
        kind=kind,
        at=at,
        actor_kind="member",
        actor_id=contract.client_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data={"after": subject.status},
    )


def accepting(number: int, of: int) -> Callable[[], bool]:
    """A worker process that accepts what is its share."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    django.setup()
    declare()
    from nakadachi.infra import clock
    from nakadachi.market.contracts.models import Milestone

    waiting = Milestone.objects.filter(status="delivered").order_by("pk")
    mine = [pk for pk in waiting.values_list("pk", flat=True) if pk % of == number]

    def work() -> bool:
        if not mine:
            return False
        accept(mine.pop(), clock.now())
        return True

    return work
