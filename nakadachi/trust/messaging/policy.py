"""Who may write to whom, when, and how much. Pages ask the same functions to show their forms."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.jobs.models import Job
from nakadachi.money import rulebook
from nakadachi.people.models import Member
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.people.standing.queries import Between, between
from nakadachi.trust.messaging import refusals as no
from nakadachi.trust.messaging.models import TEXT_LENGTH_MAX, Message, Thread
from nakadachi.trust.messaging.situation import Situation

A_MINUTE_MAX = 30
A_DAY_MAX = 1000
THREADS_A_DAY_MAX = 30
REASON_LENGTH_MAX = 1000


def is_party(actor: Actor, thread: Thread) -> bool:
    """True for the two sides, and for nobody else."""
    return actor.is_member(thread.client_id) or actor.is_member(thread.worker_id)


def can_begin(actor: Actor, job: Job, worker: Member, now: Situation, at: datetime) -> Refusal | None:
    """A worker about a job that takes questions; either side once they have met over a proposal or contract."""
    if worker.pk == job.client_id:
        return no.OWN_JOB
    if actor.is_member(job.client_id) and not now.has_met:
        return no.NOT_BETWEEN
    if now.stage == "over" and not now.has_met:
        return no.JOB_CLOSED
    other = worker if actor.is_member(job.client_id) else job.client
    found = between(actor.id or 0, other.pk)
    if now.stage == "question" and found.one.leaving_at is not None:
        return no.LEAVING
    return _can_write(other, now, found, at)


def can_write(actor: Actor, thread: Thread, now: Situation, at: datetime) -> Refusal | None:
    """Both sides: always while an offer or contract stands, otherwise while the posting or proposal does and for some
    time after. Suspensions and blocks stop what is not work already."""
    other = thread.other_side(actor.id or 0)
    return _can_write(other, now, between(actor.id or 0, other.pk), at)


def _can_write(other: Member, now: Situation, found: Between, at: datetime) -> Refusal | None:
    if not other.is_active:
        return no.OTHER_GONE
    if now.is_running:
        return None
    if not now.is_open(at):
        return no.CLOSED.with_params(days=rulebook.current().talk.open_days)
    if found.one.suspended_at is not None and not now.has_worked:
        return no.SUSPENDED
    return no.BLOCKED if found.is_blocked else None


def words_refusal(text: str, files_count: int) -> Refusal | None:
    """What speaks against a tidied text."""
    if not text and not files_count:
        return no.NOTHING_WRITTEN
    if len(text) <= TEXT_LENGTH_MAX:
        return None
    return no.TEXT_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX, length=len(text))


def flood_refusal(member_id: int, at: datetime) -> Refusal | None:
    """People type; what comes faster is a program."""
    sent = Message.objects.filter(author=member_id, at__gt=at - timedelta(days=1)).aggregate(
        day=Count("pk"), minute=Count("pk", filter=Q(at__gt=at - timedelta(minutes=1)))
    )
    if sent["minute"] >= A_MINUTE_MAX:
        return no.TOO_FAST
    return no.TOO_MANY if sent["day"] >= A_DAY_MAX else None


def threads_refusal(member_id: int, at: datetime) -> Refusal | None:
    """Asking about every job in sight is advertising."""
    opened = Thread.objects.filter(opened_by=member_id, opened_at__gt=at - timedelta(days=1)).count()
    return no.TOO_MANY_THREADS if opened >= THREADS_A_DAY_MAX else None


def can_take_back(actor: Actor, message: Message, at: datetime) -> Refusal | None:
    """Its author, for some minutes."""
    if not actor.is_member(message.author_id):
        return no.NOT_YOURS
    if message.is_taken_back:
        return no.TAKEN_BACK
    minutes = rulebook.current().talk.take_back_minutes
    return None if at < message.at + timedelta(minutes=minutes) else no.TOO_LATE.with_params(minutes=minutes)


def can_disclose(actor: Actor) -> Refusal | None:
    """The operator's people who answer members."""
    return None if may(actor, areas.MESSAGES) else no.STAFF_ONLY


def reason_refusal(reason: str) -> Refusal | None:
    """What speaks against a tidied reason."""
    if not reason:
        return no.REASON_MISSING
    return None if len(reason) <= REASON_LENGTH_MAX else no.REASON_TOO_LONG.with_params(length_max=REASON_LENGTH_MAX)
