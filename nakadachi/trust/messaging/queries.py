"""Reading threads: one's own, and only those."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Func, QuerySet, TextField

from nakadachi.infra.files import queries as file_queries
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs.models import Job
from nakadachi.money import rulebook
from nakadachi.people.models import Member
from nakadachi.trust.messaging import policy
from nakadachi.trust.messaging.models import Message, Seat, Thread

PAGE = 50
LATELY = timedelta(minutes=5)
WORDS_MAX = 100


@dataclass(frozen=True)
class Talk:
    """A thread as one of its two sides sees it: `mine` and `theirs` are the seats."""

    thread: Thread
    mine: Seat
    theirs: Seat

    @property
    def other(self) -> Member:
        """Whom one talks to."""
        return self.thread.other_side(self.mine.member_id)


@dataclass(frozen=True)
class Stretch:
    """Some messages in the order of time, and whether there are earlier and later ones."""

    messages: Sequence[Message]
    has_earlier: bool
    has_later: bool


def talk_for(actor: Actor, thread_id: int) -> Talk:
    """A thread of the actor's, with posting, both sides and both seats, in one query."""
    seats = Seat.objects.filter(thread=thread_id, thread__seats__member=_own(actor))
    found = list(seats.select_related("thread__job__client", "thread__client", "thread__worker"))
    if len(found) != 2 or not policy.is_party(actor, found[0].thread):
        raise NotVisible
    mine, theirs = found if actor.is_member(found[0].member_id) else reversed(found)
    return Talk(mine.thread, mine, theirs)


def _own(actor: Actor) -> int:
    """Staff have no threads, even when the same person has some as a member."""
    return actor.id or 0 if actor.kind == "member" else 0


def between(actor: Actor, job: Job, worker_id: int) -> Thread | None:
    """The thread between the client of a job and a worker, for one of the two."""
    if not (actor.is_member(job.client_id) or actor.is_member(worker_id)):
        raise NotVisible
    return Thread.objects.filter(job=job, worker=worker_id).first()


def thread_of_contract(actor: Actor, contract: Contract) -> Thread | None:
    """The same for a contract."""
    return between(actor, contract.job, contract.worker_id)


def messages_of(thread: Thread) -> Iterator[Message]:
    """Everything that was written in a thread, in order. Who may read it is decided by who found the thread."""
    return Message.objects.filter(thread=thread).select_related("author").order_by("pk").iterator()


def newest(thread: Thread, *, limit: int = PAGE) -> Stretch:
    """The end of a thread."""
    return before(thread, 0, limit=limit)


def before(thread: Thread, before_id: int, *, limit: int = PAGE) -> Stretch:
    """What was written before a message; before nothing (0) is the end of the thread."""
    rows = _written(thread).order_by("-pk")
    found = list((rows.filter(pk__lt=before_id) if before_id else rows)[: limit + 1])
    return Stretch(found[:limit][::-1], has_earlier=len(found) > limit, has_later=before_id > 0)


def since(thread: Thread, from_id: int, *, limit: int = PAGE) -> Stretch:
    """What was written from a message on, that one included."""
    found = list(_written(thread).filter(pk__gte=from_id).order_by("pk")[: limit + 1])
    earlier = Message.objects.filter(thread=thread, pk__lt=from_id).exists()
    return Stretch(found[:limit], has_earlier=earlier, has_later=len(found) > limit)


def around_unread(talk: Talk, *, limit: int = PAGE) -> Stretch:
    """Where one stopped reading: with a few that are known, so that it makes sense; else the end of the thread."""
    if talk.mine.unread_count < limit - 10 or not talk.mine.read_id:
        return newest(talk.thread, limit=limit)
    known = _written(talk.thread).filter(pk__lte=talk.mine.read_id).order_by("-pk").values_list("pk", flat=True)
    return since(talk.thread, min([*known[:5], talk.mine.read_id]), limit=limit)


def taken_back_lately(thread: Thread, at: datetime) -> list[Message]:
    """What was taken back a moment ago, for pages that still show it."""
    if not thread.taken_back_count:
        return []
    written_since = at - LATELY - timedelta(minutes=rulebook.current().talk.take_back_minutes)
    return list(_written(thread).filter(at__gte=written_since, taken_back_at__gte=at - LATELY).order_by("pk"))


def _written(thread: Thread) -> QuerySet[Message]:
    return Message.objects.filter(thread=thread)


def files_of(messages: Sequence[Message]) -> dict[int, list[StoredFile]]:
    """The files of several messages, by message; not those of what was taken back."""
    having = [message.pk for message in messages if message.files_count and not message.is_taken_back]
    return file_queries.of_owners(Message._meta.label_lower, having) if having else {}


def message_for(actor: Actor, message_id: int) -> Message:
    """A message of a thread of the actor's (and with it, its files); what was taken back is nobody's."""
    message = Message.objects.select_related("thread__job").filter(pk=message_id, taken_back_at=None).first()
    if message is None or not policy.is_party(actor, message.thread):
        raise NotVisible
    return message


def own_message_for(actor: Actor, thread_id: int, message_id: int) -> Message:
    """A message of the actor's own, whatever became of it."""
    message = Message.objects.select_related("thread").filter(pk=message_id, thread=thread_id).first()
    if message is None or not actor.is_member(message.author_id):
        raise NotVisible
    return message


def seats_page(actor: Actor, *, unread: bool = False, job_id: int = 0, after: str = "", limit: int = 20) -> Page[Seat]:
    """The member's threads, the last one that was written to first, each with its newest message."""
    seats = Seat.objects.filter(member_id=_own(actor))
    if unread:
        seats = seats.filter(unread_count__gt=0)
    if job_id:
        seats = seats.filter(thread__job=job_id)
    found = seats.select_related("thread__job", "thread__client", "thread__worker", "newest")
    return page_of(found, order=("-newest_id",), after=after, limit=limit)


def search(actor: Actor, words: str, *, thread_id: int = 0, after: str = "", limit: int = 20) -> Page[Message]:
    """Messages of the member's threads, or of one of them, in which all the words stand, the newest first. Width and
    case of letters do not matter."""
    plain = unicodedata.normalize("NFKC", words[:WORDS_MAX]).lower().split()
    found: QuerySet[Any] = Message.objects.filter(thread__seats__member=_own(actor), taken_back_at=None)
    if thread_id:
        found = found.filter(thread=thread_id)
    if not plain:
        return Page([])
    found = found.annotate(
        plain=Func(F("text"), template="lower(normalize(%(expressions)s, NFKC))", output_field=TextField())
    )
    for word in plain:
        found = found.filter(plain__contains=word)
    found = found.select_related("author", "thread__job", "thread__client", "thread__worker")
    return page_of(found, order=("-id",), after=after, limit=limit)


def any_thread(staff: Actor, thread_id: int) -> Thread:
    """Any thread, for the operator's people who answer members; what is in it is not shown by this."""
    thread = Thread.objects.select_related("job", "client", "worker").filter(pk=thread_id).first()
    if thread is None or policy.can_disclose(staff):
        raise NotVisible
    return thread


def count_of(thread: Thread) -> int:
    """How many messages stand in a thread."""
    return _written(thread).count()


def threads_page(staff: Actor, *, member_id: int = 0, job_id: int = 0, after: str = "") -> Page[Thread]:
    """Who talks with whom about what, for the operator's people; not what they say."""
    if policy.can_disclose(staff):
        raise NotVisible
    threads = Thread.objects.select_related("job", "client", "worker")
    if job_id:
        threads = threads.filter(job=job_id)
    if member_id:
        threads = threads.filter(seats__member=member_id)
    return page_of(threads, order=("-id",), after=after)
