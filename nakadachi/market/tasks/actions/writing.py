"""A draft: its figures, its questions one by one, thrown away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.tasks import fields, policy
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.draft import TaskDraft
from nakadachi.market.tasks.fields import Field
from nakadachi.market.tasks.lifecycle import TASK
from nakadachi.market.tasks.locking import lock_posting, lock_task
from nakadachi.market.tasks.models import Task
from nakadachi.money.escrow.paying import require_none_on_its_way
from nakadachi.people.models import Member


@transaction.atomic
def write(*, client: Member, draft: TaskDraft, request_key: UUID, by: Actor, at: datetime) -> Task:
    """Keep a new draft without questions. The same form again gives the draft it made the first time."""
    draft = draft.tidied()
    known = Task.objects.filter(job__request_key=request_key, client=client).select_related("job").first()
    if known is not None and by.is_member(client.pk):
        return known
    require(policy.draft_refusal(draft, at))
    job = jobs.write(client=client, draft=draft.posting(), request_key=request_key, by=by, at=at)
    task = Task.objects.create(job=job, client=client, **draft.columns())
    record("task.write", task, by=by, at=at)
    return task


@transaction.atomic
def change(*, task: Task, draft: TaskDraft, by: Actor, at: datetime) -> Task:
    """Put other figures and texts into a draft; its questions stay."""
    task = lock_posting(task.pk, by)
    require(policy.can_edit(by, task))
    draft = draft.tidied()
    require(policy.draft_refusal(draft, at))
    task.job = jobs.change(job=task.job, draft=draft.posting(), by=by, at=at)
    columns = draft.columns()
    for name, value in columns.items():
        setattr(task, name, value)
    task.save(update_fields=list(columns))
    record("task.change", task, by=by, at=at)
    return task


@transaction.atomic
def discard(*, task: Task, by: Actor, at: datetime) -> Task:
    """Throw a draft away, and its posting with it. While a payment is on its way, that is waited for."""
    task = lock_posting(task.pk, by)
    require(policy.can_discard(by, task))
    if task.hold is not None:
        require_none_on_its_way(task.hold)
    jobs.take_down(job=task.job, by=by, at=at)
    return move(task, TASK, "discard", by=by, at=at, closed_at=at)


# Questions


@transaction.atomic
def add_question(*, task: Task, field: Field, by: Actor, at: datetime) -> Task:
    """Put a question at the end of the form; it gets a key of its own."""
    task = lock_task(task.pk, by)
    require(policy.can_add_question(by, task))
    used = [int(one.key[1:]) for one in task.form]
    field = fields.tidied(replace(field, key=f"q{max(used, default=0) + 1}"))
    require(fields.question_refusal(field))
    return _keep(task, [*task.form, field], by, at)


@transaction.atomic
def change_question(*, task: Task, field: Field, by: Actor, at: datetime) -> Task:
    """Put another question in the place of the one with that key."""
    task = lock_task(task.pk, by)
    require(policy.can_edit(by, task))
    place = _place(task, field.key)
    field = fields.tidied(field)
    require(fields.question_refusal(field))
    form = list(task.form)
    form[place] = field
    return _keep(task, form, by, at)


@transaction.atomic
def remove_question(*, task: Task, key: str, by: Actor, at: datetime) -> Task:
    """Take a question out. When it is gone already, nothing happens."""
    task = lock_task(task.pk, by)
    require(policy.can_edit(by, task))
    form = [field for field in task.form if field.key != key]
    return task if len(form) == len(task.fields) else _keep(task, form, by, at)


@transaction.atomic
def raise_question(*, task: Task, key: str, by: Actor, at: datetime) -> Task:
    """Let a question change places with the one before it. The first one stays where it is."""
    task = lock_task(task.pk, by)
    require(policy.can_edit(by, task))
    place = _place(task, key)
    form = list(task.form)
    if place == 0:
        return task
    form[place - 1], form[place] = form[place], form[place - 1]
    return _keep(task, form, by, at)


def _place(task: Task, key: str) -> int:
    for place, field in enumerate(task.form):
        if field.key == key:
            return place
    raise Refused(no.NO_SUCH_QUESTION)


def _keep(task: Task, form: Sequence[Field], by: Actor, at: datetime) -> Task:
    task.fields = [field.as_json() for field in form]
    task.save(update_fields=["fields"])
    record("task.ask", task, by=by, at=at, questions=len(form))
    return task
