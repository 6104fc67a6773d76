"""Somebody writes: the first message opens the thread, every other one goes on with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Coalesce

from nakadachi.infra.events.record import record
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.locks import locked
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, require
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.jobs.models import Job
from nakadachi.money import rulebook
from nakadachi.people.models import Member
from nakadachi.trust.messaging import policy, refusals
from nakadachi.trust.messaging.models import Message, Seat, Thread
from nakadachi.trust.messaging.situation import situation_of


@transaction.atomic
def begin(
    *, job: Job, worker: Member, text: str, files: Sequence[Incoming] = (), request_key: UUID, by: Actor, at: datetime
) -> Message:
    """The first message between the client of a job and a worker, by either; where a thread is, it goes on with it.

    The same form again is the same message.
    """
    if not (by.is_member(job.client_id) or by.is_member(worker.pk)):
        raise NotVisible
    known = _known(request_key, by)
    if known is not None:
        require(None if known.thread.job_id == job.pk else refusals.KEY_REUSED)
        return known
    thread = Thread.objects.filter(job=job, worker=worker).first()
    if thread is None:
        require(policy.can_begin(by, job, worker, situation_of(job, worker.pk), at))
        require(policy.threads_refusal(by.id or 0, at))
        sides = {"client_id": job.client_id, "opened_by_id": by.id, "opened_at": at}
        thread, is_new = Thread.objects.get_or_create(job=job, worker=worker, defaults=sides)
        if is_new:
            record("thread.open", thread, by=by, at=at)
    return send(thread=thread, text=text, files=files, request_key=request_key, by=by, at=at)


@transaction.atomic
def send(
    *,
    thread: Thread,
    text: str,
    files: Sequence[Incoming] = (),
    seen_id: int = 0,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Message:
    """Write to the other side; it is a sign of life for their contract. `seen_id` is the last message on the page, so
    that whoever answers has read so far. The same form again is the same message."""
    thread = _locked(thread, by)
    known = _known(request_key, by)
    if known is not None:
        require(None if known.thread_id == thread.pk else refusals.KEY_REUSED)
        return known
    require(policy.can_write(by, thread, situation_of(thread.job, thread.worker_id), at))
    words = tidy_text(text)
    require(policy.words_refusal(words, len(files)))
    require(policy.flood_refusal(by.id or 0, at))
    assert by.id is not None
    message = Message.objects.create(
        thread=thread, author_id=by.id, text=words, files_count=len(files), at=at, request_key=request_key
    )
    store(files, owner=message, by=by, at=at)
    _seat_both(thread, message, seen_id)
    contracts.heard(job_id=thread.job_id, worker_id=thread.worker_id, by=by, at=at)
    return message


def _locked(thread: Thread, by: Actor) -> Thread:
    """The thread as it is now: whatever is written to it comes one after the other."""
    found = locked(Thread, id=thread.pk)
    if not found or not policy.is_party(by, found[0]):
        raise NotVisible
    fresh = found[0]
    if thread.job_id == fresh.job_id:
        fresh.job, fresh.client, fresh.worker = thread.job, thread.client, thread.worker
    return fresh


def _known(request_key: UUID, by: Actor) -> Message | None:
    known = Message.objects.select_related("thread").filter(request_key=request_key).first()
    if known is not None:
        require(None if by.is_member(known.author_id) else refusals.KEY_REUSED)
    return known


def _seat_both(thread: Thread, message: Message, seen_id: int) -> None:
    """The newest message for both; one more that is unread for the other, who is told later unless it was read."""
    if not Seat.objects.filter(thread=thread).exists():
        Seat.objects.bulk_create(
            Seat(thread=thread, member_id=member_id, newest=message)
            for member_id in (thread.client_id, thread.worker_id)
        )
    tell_at = message.at + timedelta(minutes=rulebook.current().talk.tell_minutes)
    begins = When(Q(unread_count=0), then=Coalesce("tell_at", Value(tell_at)))
    others = Seat.objects.filter(thread=thread).exclude(member=message.author_id)
    others.update(
        newest=message,
        unread_count=F("unread_count") + 1,
        tell_at=Case(begins, default=F("tell_at"), output_field=DateTimeField()),
    )
    own = Seat.objects.select_for_update().get(thread=thread, member=message.author_id)
    own.newest = message
    settle(own, seen_id)


def settle(seat: Seat, seen_id: int) -> Seat:
    """Keep how far a seat has read, never backwards; the seat is locked. What was taken back is not unread."""
    seat.read_id = max(seat.read_id, min(seen_id, seat.newest_id))
    left = Message.objects.filter(thread=seat.thread_id, pk__gt=seat.read_id, taken_back_at=None)
    seat.unread_count = left.exclude(author=seat.member_id).count()
    if not seat.unread_count:
        seat.read_id, seat.tell_at = seat.newest_id, None
    seat.save(update_fields=["newest", "read_id", "unread_count", "tell_at"])
    return seat
