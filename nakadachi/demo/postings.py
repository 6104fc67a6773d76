"""Jobs: which fate each posting has, and when it is written, opened, closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.demo.content import Posting
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.stage import Stage, Step, demo_key, person
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs import actions
from nakadachi.market.jobs.draft import JobDraft

Fate = Literal["draft", "discarded", "open", "closed", "expired", "met"]

COUNTS: dict[Fate, int] = {"draft": 9, "discarded": 3, "closed": 13, "expired": 38}
FRESH = 7
"""So many open jobs are from the last hours."""


@dataclass(frozen=True)
class Life:
    """One posting and what becomes of it. `ends_at`: no new proposals from then on."""

    posting: Posting
    fate: Fate
    opened_at: datetime
    ends_at: datetime

    @property
    def closes_on(self) -> date:
        """The last day for proposals that the client names."""
        return jst_date(self.opened_at) + timedelta(days=self.posting.closes_days)

    @property
    def delivery_on(self) -> date:
        """The day by which the client wishes to have it."""
        return self.closes_on + timedelta(days=self.posting.deliver_days)

    @property
    def is_published(self) -> bool:
        """True when workers ever saw it."""
        return self.fate not in {"draft", "discarded"}


def lives(left: Sequence[Posting], past: Past) -> list[Life]:
    """Fates of the postings that no contract comes from: some of each, the rest is open."""
    order = sorted(left, key=lambda posting: dice("fate", posting.slug).random())
    fates = [fate for fate, count in COUNTS.items() for _ in range(count)]
    found = [_life(posting, fate, past) for posting, fate in zip(order, fates, strict=False)]
    still_open = order[len(fates) :]
    found += [_fresh(posting, number, past) for number, posting in enumerate(still_open[:FRESH], start=1)]
    return found + [_life(posting, "open", past) for posting in still_open[FRESH:]]


def _fresh(posting: Posting, number: int, past: Past) -> Life:
    opened_at = past.loaded_at - timedelta(minutes=20 + 55 * number)
    return Life(posting, "open", opened_at, past.loaded_at)


def _life(posting: Posting, fate: Fate, past: Past) -> Life:
    chance = dice("life", posting.slug)
    longest = person(posting.client).joined_days - 2
    if fate == "open":
        days = chance.randint(1, min(posting.closes_days, 24))
    elif fate == "expired":
        days = chance.randint(posting.closes_days + 2, longest)
    elif fate == "closed":
        days = chance.randint(6, longest)
    else:
        days = chance.randint(3, 12)
    opened_at = past.some_moment(days, chance)
    if fate == "open":
        ends_at = past.loaded_at
    elif fate == "expired":
        ends_at = past.moment(days - posting.closes_days, 23.9)
    else:
        ends_at = opened_at + timedelta(days=chance.uniform(1, min(posting.closes_days, 5)))
    return Life(posting, fate, opened_at, min(ends_at, past.loaded_at - timedelta(minutes=10)))


def met(posting: Posting, opened_days: int, offered_at: datetime, past: Past) -> Life:
    """The life of a job from which a contract comes: proposals come in until the offer."""
    return Life(posting, "met", past.some_moment(opened_days, dice("life", posting.slug)), offered_at)


def steps(life: Life) -> Iterator[Step]:
    """Write it, open it, and close it where its client does. What the clock closes is done by the nights."""
    written_at = life.opened_at - timedelta(minutes=dice("written", life.posting.slug).randint(6, 240))
    yield Step(written_at, partial(_write, life))
    if life.is_published:
        yield Step(life.opened_at, partial(_publish, life.posting))
    if life.fate == "closed":
        yield Step(life.ends_at, partial(_close, life.posting))
    if life.fate == "discarded":
        yield Step(life.ends_at, partial(_discard, life.posting))


def _write(life: Life, stage: Stage, at: datetime) -> None:
    posting = life.posting
    draft = JobDraft(
        category=posting.category,
        title=posting.title,
        description=posting.description,
        requirements=posting.requirements,
        budget_min_yen=posting.budget_yen[0],
        budget_max_yen=posting.budget_yen[1],
        closes_on=life.closes_on,
        delivery_on=life.delivery_on,
        hires_max=posting.hires_max,
        no_experience_ok="no_experience" in posting.flags,
        beginner_welcome="beginner" in posting.flags,
        continuing="continuing" in posting.flags,
        char_rate_sen=posting.char_rate_sen,
    )
    job = actions.write(
        client=stage.members[posting.client],
        draft=draft,
        files=[SimpleUploadedFile(name, f"{text}\n".encode()) for name, text in posting.files],
        request_key=demo_key("job", posting.slug),
        by=stage.actor(posting.client),
        at=at,
    )
    stage.keep_job(posting.slug, job)


def _publish(posting: Posting, stage: Stage, at: datetime) -> None:
    actions.publish(job=stage.job(posting.slug), by=stage.actor(posting.client), at=at)


def _close(posting: Posting, stage: Stage, at: datetime) -> None:
    actions.close(job=stage.job(posting.slug), by=stage.actor(posting.client), at=at)


def _discard(posting: Posting, stage: Stage, at: datetime) -> None:
    actions.discard(job=stage.job(posting.slug), by=stage.actor(posting.client), at=at)
