"""The usual ORM style, for comparison: the same business event with four accounts locked by `select_for_update`, the
entries by `bulk_create`, balances saved one by one, the fee account's row updated by everybody.

It does less than the product (no policy, no idempotency, one event) and takes its locks in one order.
"""

import os
from collections.abc import Callable
from typing import Any

models: dict[str, Any] = {}
FEE, TAX, FIRST_WORKER = 1, 2, 1_000


def declare() -> None:
    """Define the models; Django must be set up."""
    from django.db import models as m

    class NaiveAccount(m.Model):
        balance = m.BigIntegerField(default=0)

        class Meta:
            app_label = "bench"

    class NaiveMilestone(m.Model):
        status = m.CharField(max_length=12, default="delivered")
        hold = m.ForeignKey(NaiveAccount, on_delete=m.PROTECT, related_name="+")
        worker = m.ForeignKey(NaiveAccount, on_delete=m.PROTECT, related_name="+")

        class Meta:
            app_label = "bench"

    class NaiveJournal(m.Model):
        kind = m.CharField(max_length=30)
        milestone = m.ForeignKey(NaiveMilestone, on_delete=m.PROTECT)
        posted_at = m.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

    class NaiveEntry(m.Model):
        journal = m.ForeignKey(NaiveJournal, on_delete=m.PROTECT)
        account = m.ForeignKey(NaiveAccount, on_delete=m.PROTECT)
        amount = m.BigIntegerField()

        class Meta:
            app_label = "bench"

    class NaiveEvent(m.Model):
        kind = m.CharField(max_length=30)
        milestone = m.ForeignKey(NaiveMilestone, on_delete=m.PROTECT)
        at = m.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

    for model in (NaiveAccount, NaiveMilestone, NaiveJournal, NaiveEntry, NaiveEvent):
        models[model.__name__] = model


def make_tables(role: str, *, milestones: int, workers: int) -> None:
    """As the owner of the database: tables, accounts, delivered milestones."""
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in models.values():
            editor.create_model(model)
    account, milestone = models["NaiveAccount"], models["NaiveMilestone"]
    first_hold = FIRST_WORKER + workers
    account.objects.bulk_create([account(id=number) for number in (FEE, TAX)])
    account.objects.bulk_create([account(id=FIRST_WORKER + number) for number in range(workers)])
    account.objects.bulk_create(
        [account(id=first_hold + number, balance=10_550) for number in range(milestones)], batch_size=5_000
    )
    milestone.objects.bulk_create(
        [
            milestone(hold_id=first_hold + number, worker_id=FIRST_WORKER + number % workers)
            for number in range(milestones)
        ],
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        for model in models.values():
            cursor.execute(f"GRANT ALL ON {model._meta.db_table} TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def accept(milestone_id: int) -> None:
    """Status, four entries, four balances and an event in one transaction."""
    from django.db import transaction

    account = models["NaiveAccount"].objects
    with transaction.atomic():
        milestone = models["NaiveMilestone"].objects.select_for_update().get(pk=milestone_id)
        assert milestone.status == "delivered"
        moves = {FEE: 2_000, TAX: 200, milestone.worker_id: 8_350, milestone.hold_id: -10_550}
        locked = [account.select_for_update().get(pk=pk) for pk in sorted(moves)]
        assert all(row.balance + moves[row.pk] >= 0 for row in locked)
        milestone.status = "accepted"
        milestone.save()
        journal = models["NaiveJournal"].objects.create(kind="release", milestone=milestone)
        entry = models["NaiveEntry"]
        entry.objects.bulk_create([entry(journal=journal, account_id=pk, amount=yen) for pk, yen in moves.items()])
        for row in locked:
            row.balance += moves[row.pk]
            row.save()
        models["NaiveEvent"].objects.create(kind="accepted", milestone=milestone)


def accepting(number: int, of: int) -> Callable[[], bool]:
    """A worker process that accepts what is its share."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    django.setup()
    declare()
    waiting = models["NaiveMilestone"].objects.filter(status="delivered").order_by("id")
    mine = [pk for pk in waiting.values_list("id", flat=True) if pk % of == number]

    def work() -> bool:
        if not mine:
            return False
        accept(mine.pop())
        return True

    return work
