"""Threads for tests, through the real actions."""

from datetime import datetime
from uuid import UUID, uuid4

from nakadachi.market.jobs.models import Job
from nakadachi.people.models import Member
from nakadachi.trust.messaging import actions
from nakadachi.trust.messaging.models import Message, Seat, Thread
from tests import cast, walk

QUESTION = "構成案は先にお送りしたほうがよいでしょうか。"


def asked(
    job: Job | None = None,
    *,
    worker: Member | None = None,
    text: str = QUESTION,
    by: Member | None = None,
    request_key: UUID | None = None,
    at: datetime = walk.START,
    **more: object,
) -> Message:
    """Hanako asks about a job of Minato's, unless somebody else does."""
    worker = worker or cast.hanako()
    return actions.begin(
        job=job or walk.open_job(at=at),
        worker=worker,
        text=text,
        request_key=request_key or uuid4(),
        by=cast.by(by or worker),
        at=at,
        **more,
    )


def said(
    thread: Thread, by: Member, text: str = "はい、お願いします。", *, at: datetime = walk.START, **more: object
) -> Message:
    return actions.send(thread=thread, text=text, by=cast.by(by), at=at, **{"request_key": uuid4(), **more})


def seat(thread: Thread, member: Member) -> Seat:
    return Seat.objects.get(thread=thread, member=member)
