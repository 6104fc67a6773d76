"""What people write to each other: questions on postings, talk over proposals, one long thread of a contract."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from nakadachi.demo.content import Posting, meetings, people, read
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.papers import paper
from nakadachi.demo.postings import Life
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.market.sourcing.models import Proposal
from nakadachi.trust.messaging import actions
from nakadachi.trust.messaging.models import Message, Thread

QUESTIONED, TALKED_OVER = 22, 14
OLD_ENOUGH = timedelta(days=3)
READ_BY = 0.7
"""So many of the last words of a thread are read."""


@dataclass(frozen=True)
class Words:
    """One message: who writes it in which thread, and whether the other side reads it at once."""

    posting: Posting
    worker: str
    by: str
    text: str
    request_key: UUID
    files: tuple[str, ...] = ()
    is_read: bool = True


def steps(lives: Iterable[Life], past: Past) -> Iterator[Step]:
    """On open postings, a question or talk over a proposal; and all that was said over one piece of work."""
    known = sorted(lives, key=lambda life: dice("thread", life.posting.slug).random())
    still_open = [life for life in known if life.fate == "open" and past.loaded_at - life.opened_at > OLD_ENOUGH]
    talk = read("talk.toml")
    for number, life in enumerate(still_open[:QUESTIONED]):
        row = talk["questions"][number % len(talk["questions"])]
        yield from _question(life, row, past)
    for number, life in enumerate(still_open[QUESTIONED : QUESTIONED + TALKED_OVER]):
        row, chance = talk["asked"][number % len(talk["asked"])], dice("asked", life.posting.slug)
        yield Step(past.between(life.ends_at - OLD_ENOUGH / 2, life.ends_at, chance), partial(_talk_over, life, row))
    yield from _long(talk, {life.posting.slug: life for life in known}, past)


def _question(life: Life, row: dict[str, Any], past: Past) -> Iterator[Step]:
    chance = dice("question", life.posting.slug)
    worker = _curious(life, past, chance)
    at = past.between(life.opened_at, life.ends_at - OLD_ENOUGH / 2, chance)
    for words in _exchange(life, worker, (worker, life.posting.client), row, chance):
        yield Step(at, partial(_say, words))
        at += timedelta(hours=1 + 8 * chance.random())


def _curious(life: Life, past: Past, chance: Random) -> str:
    """Somebody who works and was here before the posting."""
    client, since = life.posting.client, life.opened_at
    able = [
        one.key for one in people() if one.skills and one.key != client and past.moment(one.joined_days - 1, 0) < since
    ]
    return chance.choice(able)


def _exchange(life: Life, worker: str, sides: tuple[str, str], row: dict[str, Any], chance: Random) -> Iterator[Words]:
    """Asked by the first side, answered by the other; the last words are not always read yet."""
    said = [
        (sides[0], row["ask"], row.get("files", ())),
        (sides[1], row.get("answer", ""), row.get("answer_files", ())),
        (sides[0], row.get("thanks", ""), ()),
    ]
    said = [one for one in said if one[1]]
    for number, (by, text, files) in enumerate(said):
        is_read = number < len(said) - 1 or chance.random() < READ_BY
        filled = text.replace("{topic}", life.posting.topic)
        yield Words(life.posting, worker, by, filled, _key(life.posting, worker, number), tuple(files), is_read)


def _key(posting: Posting, worker: str, number: int) -> UUID:
    return demo_key("words", posting.slug, worker, number)


def _talk_over(life: Life, row: dict[str, Any], stage: Stage, at: datetime) -> None:
    """With the one whose proposal has waited longest."""
    waiting = Proposal.objects.filter(job=stage.job(life.posting.slug), status=Proposal.Status.SENT)
    proposal = waiting.select_related("worker").order_by("pk").first()
    if proposal is None:
        return
    worker = next(one.key for one in people() if one.email == proposal.worker.email)
    chance = dice("over", life.posting.slug)
    for words in _exchange(life, worker, (life.posting.client, worker), row, chance):
        _say(words, stage, at)
        at += timedelta(minutes=chance.randint(20, 200))


def _long(talk: dict[str, Any], lives: dict[str, Life], past: Past) -> Iterator[Step]:
    """Line by line between the order and the delivery."""
    meeting = next(one for one in meetings() if one.slug == talk["long_with"])
    life, number = lives[meeting.job], 0
    first, last = (past.moment(beat.days, 8) for beat in (meeting.beats[2], meeting.beats[-1]))
    count = len(talk["items"]) * len(talk["lines"])
    for item in talk["items"]:
        for side, text in talk["lines"]:
            at = first + (last - first) * (number / count)
            by = life.posting.client if side == "client" else meeting.worker
            key = _key(life.posting, meeting.worker, number)
            words = Words(life.posting, meeting.worker, by, text.replace("{item}", item), key)
            yield Step(at, partial(_say, words))
            number += 1


def write(words: Words, stage: Stage, at: datetime) -> Message:
    """As on the page: whoever writes in a thread has read what stands there."""
    said: dict[str, Any] = {
        "text": words.text,
        "files": [paper(name, words.posting, words.worker) for name in words.files],
        "request_key": words.request_key,
        "by": stage.actor(words.by),
        "at": at,
    }
    job, worker = stage.job_now(words.posting.slug), stage.members[words.worker]
    thread = Thread.objects.filter(job=job, worker=worker).first()
    if thread is None:
        return actions.begin(job=job, worker=worker, **said)
    return actions.send(thread=thread, seen_id=thread.messages.latest("pk").pk, **said)


def _say(words: Words, stage: Stage, at: datetime) -> None:
    message = write(words, stage, at)
    if words.is_read:
        _read(message, words, stage, at)


def _read(message: Message, words: Words, stage: Stage, at: datetime) -> None:
    other = words.worker if words.by == words.posting.client else words.posting.client
    soon = at + timedelta(minutes=4)
    actions.read(thread=message.thread, until_id=message.pk, by=stage.actor(other), at=soon)
