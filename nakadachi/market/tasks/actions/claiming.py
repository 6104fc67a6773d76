"""A worker takes a place, hands in an answer, or gives the place back; a reservation runs out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused, require
from nakadachi.market.tasks import claiming, fields, policy, queries, timing
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.actions.finishing import finish_if_done, free_place, pay
from nakadachi.market.tasks.claiming import TakenTwice
from nakadachi.market.tasks.fields import Given
from nakadachi.market.tasks.lifecycle import CLAIM
from nakadachi.market.tasks.locking import lock_claim
from nakadachi.market.tasks.models import Claim, Task

Files = Mapping[str, Sequence[Incoming]]
"""Files by the key of their question."""


def claim(*, task: Task, by: Actor, at: datetime) -> Claim:
    """Take a place until a fixed moment. Who holds one already keeps that one: the button twice has one effect."""
    for _ in range(2):  # what was faster has committed by the second time, and is seen
        try:
            with transaction.atomic():
                return _claim(task, by, at)
        except (TakenTwice, IntegrityError):
            continue
    return _held_or_refused(task.pk, by, at)


def _claim(task: Task, by: Actor, at: datetime) -> Claim:
    record = queries.record_of(by.id or 0) if task.approval_bps_min is not None else None
    if refusal := policy.can_claim(by, task, at, record):
        return _held_or(refusal, task.pk, by)
    assert by.id is not None
    until = timing.reserved_until(task.rules, task.minutes, at)
    taken = claiming.take(task, [by.id], until=until, at=at)
    if not taken:
        return _held_or_refused(task.pk, by, at)
    return Claim(
        pk=taken[0].claim_id,
        task=task,
        worker_id=by.id,
        round=taken[0].round,
        reserved_at=at,
        reserved_until=until,
    )


def _held_or(refusal: Refusal, task_id: int, by: Actor) -> Claim:
    """Running work is never stopped: who holds a place keeps it, whatever has changed since it was taken."""
    held = queries.reserved_of(task_id, by.id) if by.kind == "member" and by.id is not None else None
    if held is None:
        raise Refused(refusal)
    return held


def _held_or_refused(task_id: int, by: Actor, at: datetime) -> Claim:
    """The statement gave no place: the one that the member has, or why there is none."""
    task = Task.objects.select_related("hold").get(pk=task_id)
    held = queries.reserved_of(task_id, by.id or 0)
    if held is not None:
        return held
    require(policy.closed_refusal(task, at))
    if queries.rounds_used(task_id, by.id or 0) >= task.repeats_max:
        raise Refused(no.ROUNDS_USED)
    raise Refused(no.ALL_BUSY if queries.may_become_free(task_id) else no.ALL_TAKEN)


@transaction.atomic
def give_back(*, claim: Claim, by: Actor, at: datetime) -> Claim:
    """The place is free again at once, and the round with it."""
    claim = lock_claim(claim, by)
    require(policy.can_give_back(by, claim))
    move(claim, CLAIM, "give_back", by=by, at=at)
    free_place(claim)
    finish_if_done(claim.task, at=at)
    return claim


@transaction.atomic
def lapse(*, claim_id: int, at: datetime) -> bool:
    """The time for an answer ran out. It may still come, while a place is free."""
    claim = lock_claim(Claim.objects.get(pk=claim_id), SYSTEM)
    if claim.status != Claim.Status.RESERVED or at < claim.reserved_until:
        return False
    move(claim, CLAIM, "lapse", by=SYSTEM, at=at)
    free_place(claim)
    finish_if_done(claim.task, at=at)
    return True


@transaction.atomic
def submit(*, claim: Claim, given: Given, files: Files | None = None, by: Actor, at: datetime) -> Claim:
    """Hand in the answer, once. After the time it is taken if a place is free; a task of instant approval pays now.

    What speaks against the answers is told by `fields.read`; the first of it is refused here.
    """
    claim = _locked_for_answer(claim, by)
    require(policy.can_submit(by, claim))
    files = files or {}
    answers = _checked(claim.task, given, files)
    if claim.status == Claim.Status.LAPSED or at >= claim.reserved_until:
        _late_place(claim, at)
    for key, incoming in files.items():
        stored = store(incoming, owner=claim, by=by, at=at)
        answers[key] = [file.pk for file in stored]
    _remember(claim, answers)
    task = claim.task
    closes_at = task.closed_at or task.closes_at
    due = at if task.is_instant else timing.auto_approve_at(task.rules, closes_at, at)
    event = {"task_id": task.pk, "round": claim.round, "auto_approve_at": due.isoformat()}
    columns = {"answers": answers, "submitted_at": at, "auto_approve_at": due, "slot_number": claim.slot_number}
    move(claim, CLAIM, "submit", by=by, at=at, event=event, **columns)
    if task.is_instant and not task.is_frozen:
        pay(task, {claim.pk: claim.worker_id}, "approve", by=SYSTEM, at=at)
        claim.status = Claim.Status.APPROVED
        finish_if_done(task, at=at)
    return claim


def _locked_for_answer(claim: Claim, by: Actor) -> Claim:
    """Where the answer is paid at once the task is locked first; else answers do not wait for one another."""
    task = Task.objects.select_related("hold").get(pk=claim.task_id)
    if task.is_instant or claim.status == Claim.Status.LAPSED:
        return lock_claim(claim, by)
    found = locked(Claim, id=claim.pk)
    if not found:
        raise NotVisible
    found[0].task = task
    if not policy.may_see_claim(by, found[0]):
        raise NotVisible
    return found[0]


def _checked(task: Task, given: Given, files: Files) -> fields.Answers:
    answers, refusals = fields.read(task.form, given, {key: len(incoming) for key, incoming in files.items()})
    for key, refusal in refusals.items():
        raise Refused(refusal.in_field(key))
    return answers


def _late_place(claim: Claim, at: datetime) -> None:
    """The reservation is over: while the sweeper has not been there the place is still kept, else another is taken."""
    if claim.status == Claim.Status.RESERVED:
        return
    slot_number = claiming.take_one_more(claim.task, at=at)
    if slot_number is None:
        is_open = policy.closed_refusal(claim.task, at) is None
        raise Refused(no.RAN_OUT if is_open else no.RAN_OUT_CLOSED)
    claim.slot_number = slot_number


_REMEMBER = """
INSERT INTO tasks_seenvalue (task_id, claim_id, key, digest)
SELECT %(task)s, %(claim)s, key, digest FROM unnest(%(keys)s::text[], %(digests)s::bytea[]) AS seen (key, digest)
ON CONFLICT (task_id, key, digest) DO NOTHING RETURNING key
"""


def _remember(claim: Claim, answers: fields.Answers) -> None:
    """Write down what may be answered only once; what somebody else has answered is refused beside its question."""
    digests = fields.digests(claim.task.form, answers)
    if not digests:
        return
    parameters = {
        "task": claim.task_id,
        "claim": claim.pk,
        "keys": list(digests),
        "digests": list(digests.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, parameters)
        new = {key for (key,) in cursor.fetchall()}
    for key in digests:
        require(None if key in new else no.SEEN_VALUE.in_field(key))
