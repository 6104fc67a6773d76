"""Ordinary contracts that went well, made up from phrases: the bulk of what a market does."""

from collections.abc import Iterable, Iterator
from random import Random

from nakadachi.demo.bids import price_yen
from nakadachi.demo.content import Beat, Meeting, Person, Posting, people, phrases
from nakadachi.demo.moments import dice
from nakadachi.demo.stage import person
from nakadachi.kernel.money import Yen

COUNT = 46
LATEST_END = 2
SILENT_EVERY = 9
REVISED = 0.22
PIECES_FROM_YEN = 120_000
SILENCE_DAYS = 15


def choose(left: Iterable[Posting]) -> list[Posting]:
    """Postings for such contracts: from every field, not the very largest ones."""
    fit = [posting for posting in left if posting.hires_max == 1 and posting.budget_yen[1] <= 400_000]
    return sorted(fit, key=lambda posting: dice("routine", posting.slug).random())[:COUNT]


def meetings(chosen: list[Posting]) -> Iterator[Meeting]:
    """One contract for each posting, ending between a few days and almost four months ago."""
    busy: dict[str, int] = {}
    for number, posting in enumerate(chosen):
        chance = dice("meeting", posting.slug)
        worker = _worker(posting, busy, chance)
        is_silent = number % SILENT_EVERY == 4
        yield _meeting(posting, worker, number / len(chosen), is_silent, chance)


def _worker(posting: Posting, busy: dict[str, int], chance: Random) -> Person:
    """Somebody of the field who has been here long enough, the least busy first."""
    able = [
        someone
        for someone in people()
        if posting.category in someone.skills and someone.key != posting.client and someone.joined_days >= 74
    ]
    chosen = min(able, key=lambda someone: (busy.get(someone.key, 0), chance.random()))
    busy[chosen.key] = busy.get(chosen.key, 0) + 1
    return chosen


def _meeting(posting: Posting, worker: Person, place: float, is_silent: bool, chance: Random) -> Meeting:
    pieces = _pieces(posting, price_yen(posting, chance), chance)
    gaps = list(_gaps(posting, len(pieces), is_silent, chance))
    span = sum(days for _do, _n, days, _note, _files in gaps)
    longest = min(person(posting.client).joined_days, worker.joined_days) - 4
    days = LATEST_END + span + round((longest - span - LATEST_END) * place)
    offered_days = days
    beats = []
    for do, n, gap, note, files in gaps:
        days -= gap
        beats.append(Beat(days=days, do=do, n=n, note=note, files=files))
    opened_days = min(offered_days + chance.randint(2, min(posting.closes_days, 7)), longest + 2)
    return Meeting(
        job=posting.slug, worker=worker.key, opened_days=opened_days, beats=tuple(beats), pieces=tuple(pieces)
    )


def _gaps(
    posting: Posting, pieces: int, is_silent: bool, chance: Random
) -> Iterator[tuple[str, int, int, str, tuple[str, ...]]]:
    """What happens, to which piece, so many days after the thing before it."""
    known = phrases()
    handovers = list(known.handovers[posting.category])
    chance.shuffle(handovers)
    yield "offer", 1, 0, "", ()
    yield "confirm", 1, chance.randint(0, 2), "", ()
    for n in range(1, pieces + 1):
        handover = handovers[(n - 1) % len(handovers)]
        note = handover.note.replace("{topic}", posting.topic)
        yield "fund", n, chance.randint(0, 1), "", ()
        yield "deliver", n, chance.randint(2, 3 + posting.deliver_days // 8), note, (handover.file,)
        if chance.random() < REVISED:
            yield "revise", n, chance.randint(1, 2), chance.choice(known.revisions), ()
            yield "deliver", n, chance.randint(1, 2), chance.choice(known.again), (handover.file,)
        if is_silent and n == pieces:
            yield "silence", n, SILENCE_DAYS, "", ()
        else:
            yield "accept", n, chance.randint(0, 3), "", ()


def _pieces(posting: Posting, whole_yen: Yen, chance: Random) -> list[tuple[str, Yen]]:
    if whole_yen < PIECES_FROM_YEN:
        return [(posting.topic, whole_yen)]
    titles = phrases().pieces[posting.category]
    share_yen = whole_yen // len(titles) // 1_000 * 1_000
    amounts = [share_yen] * (len(titles) - 1)
    return list(zip(titles, [*amounts, whole_yen - sum(amounts)], strict=True))
