"""Proposals: who proposes for which job, in which words, for how much, and what becomes of it before any offer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from nakadachi.demo import talks
from nakadachi.demo.content import Meeting, Person, Posting, people, phrases
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.papers import paper
from nakadachi.demo.postings import Life
from nakadachi.demo.stage import Stage, Step, demo_key, person
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.sourcing import actions
from nakadachi.market.sourcing.draft import ProposalDraft

COUNTS: dict[str, tuple[tuple[int, int], ...]] = {
    "open": ((0, 0), (0, 0), (1, 2), (1, 3), (2, 4), (6, 11)),
    "expired": ((0, 1), (0, 2)),
    "closed": ((1, 4),),
    "met": ((0, 3), (1, 5)),
}
"""How many propose, from one to another number; each range as likely as the others."""

QUICKEST = timedelta(hours=7)
"""Between two proposals for one job, on the whole."""

WITHDRAWN, DECLINED = 0.07, 0.16
STEPS_YEN = ((5_000, 100), (30_000, 500), (100_000, 1_000), (300_000, 5_000))


@dataclass(frozen=True)
class Bid:
    """Who proposes for what, in which words, with which files beside them."""

    posting: Posting
    worker: str
    draft: ProposalDraft
    samples: tuple[str, ...] = ()


def steps(life: Life, meetings: list[Meeting], past: Past) -> Iterator[Step]:
    """All proposals for one job, those that lead to an offer included."""
    if not life.is_published:
        return
    posting = life.posting
    chance = dice("bids", posting.slug)
    words = _approaches(posting, chance)
    for meeting in meetings:
        sent_at = past.between(life.opened_at, life.ends_at, dice("sent", meeting.slug))
        approach = meeting.approach or next(words)
        draft = _draft(life, person(meeting.worker), approach, meeting.price_yen, sent_at)
        yield Step(sent_at, partial(_send, Bid(posting, meeting.worker, draft, meeting.samples)))
    seen_for = life.ends_at - life.opened_at
    count = min(chance.randint(*chance.choice(COUNTS[life.fate])), 1 + seen_for // QUICKEST)
    for someone in _others(life, {meeting.worker for meeting in meetings}, past, chance)[:count]:
        sent_at = past.between(life.opened_at, life.ends_at, chance)
        amount_yen = price_yen(posting, chance)
        draft = _draft(life, someone, next(words), amount_yen, sent_at)
        yield Step(sent_at, partial(_send, Bid(posting, someone.key, draft)))
        yield from _before_the_offer(life, someone, sent_at, past, chance)
        yield from talks.suggestions(life, someone.key, sent_at, past)


def _before_the_offer(life: Life, someone: Person, sent_at: datetime, past: Past, chance: Random) -> Iterator[Step]:
    fall = chance.random()
    answered_at = past.between(sent_at, life.ends_at, chance)
    if fall < WITHDRAWN:
        yield Step(answered_at, partial(_withdraw, life.posting.slug, someone.key))
    elif fall < WITHDRAWN + DECLINED:
        yield Step(answered_at, partial(_decline, life.posting, someone.key))


def _others(life: Life, taken: set[str], past: Past, chance: Random) -> list[Person]:
    """Members who may propose, those who know the field first."""
    able = [
        someone
        for someone in people()
        if someone.skills
        and someone.key not in taken | {life.posting.client}
        and past.moment(someone.joined_days - 1, 0) < life.opened_at
    ]
    chance.shuffle(able)
    return sorted(able, key=lambda someone: life.posting.category not in someone.skills)


def _approaches(posting: Posting, chance: Random) -> Iterator[str]:
    """Ways to say it, never the same twice for one job."""
    known = phrases().approaches
    special, generic = list(known[posting.category]), list(known["generic"])
    chance.shuffle(special)
    chance.shuffle(generic)
    for text in special + generic:
        yield text.replace("{topic}", posting.topic).strip()


def _draft(life: Life, someone: Person, approach: str, amount_yen: Yen, sent_at: datetime) -> ProposalDraft:
    chance = dice("draft", life.posting.slug, someone.key)
    wished = life.delivery_on - timedelta(days=chance.choice((0, 0, 1, 2, 3)))
    return ProposalDraft(
        introduction=someone.hello if chance.random() < 0.94 else "",
        track_record=someone.record if chance.random() < 0.85 else "",
        approach=approach,
        amount_yen=amount_yen,
        deliver_on=max(wished, jst_date(sent_at) + timedelta(days=2)),
        wishes_continuation="continuing" in life.posting.flags and chance.random() < 0.6,
    )


def price_yen(posting: Posting, chance: Random) -> Yen:
    """A price within the budget, rounded as people round."""
    low_yen, high_yen = posting.budget_yen
    wanted = low_yen + (high_yen - low_yen) * chance.betavariate(2.2, 2.0)
    step_yen = next((step for below_yen, step in STEPS_YEN if wanted < below_yen), 10_000)
    return min(max(round(wanted / step_yen) * step_yen, low_yen), high_yen)


def _send(bid: Bid, stage: Stage, at: datetime) -> None:
    slug, worker = bid.posting.slug, bid.worker
    proposal = actions.send(
        job=stage.job(slug),
        worker=stage.members[worker],
        draft=bid.draft,
        files=[paper(name, bid.posting, worker) for name in bid.samples],
        request_key=demo_key("proposal", slug, worker),
        by=stage.actor(worker),
        at=at,
    )
    stage.keep_proposal(slug, worker, proposal)


def _withdraw(slug: str, worker: str, stage: Stage, at: datetime) -> None:
    actions.withdraw(proposal=stage.proposal(slug, worker), by=stage.actor(worker), at=at)


def _decline(posting: Posting, worker: str, stage: Stage, at: datetime) -> None:
    reason, note = talks.reason(posting.slug, worker)
    proposal, client = stage.proposal(posting.slug, worker), stage.actor(posting.client)
    actions.decline(proposal=proposal, reason=reason, note=note, by=client, at=at)
