"""The whole past of the market as one list of steps in the order of time."""

from collections import defaultdict
from collections.abc import Iterator

from nakadachi.demo import (
    bids,
    desk,
    hourly,
    leaving,
    members,
    monthly,
    nights,
    payouts,
    portraits,
    postings,
    routine,
    takeaway,
    talks,
    tasks,
    threads,
    work,
)
from nakadachi.demo.content import Meeting, meetings
from nakadachi.demo.content import postings as all_postings
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Step


def steps(past: Past) -> list[Step]:
    """Everything that happened before the load, the same for the same moment."""
    own = (members, portraits, nights, payouts, desk, monthly, hourly, tasks, takeaway, leaving)
    found = [*(step for part in own for step in part.steps(past)), *_market(past)]
    return sorted((step for step in found if step.at <= past.loaded_at), key=lambda step: step.at)


def _market(past: Past) -> Iterator[Step]:
    written = meetings()
    left = {posting.slug: posting for posting in all_postings()}
    all_of = dict(left)
    for meeting in written:
        left.pop(meeting.job, None)
    chosen = routine.choose(left.values())
    for posting in chosen:
        del left[posting.slug]
    by_job: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in [*written, *routine.meetings(chosen)]:
        by_job[meeting.job].append(meeting)

    lives = postings.lives(list(left.values()), past)
    for slug, met in by_job.items():
        offered_at = min(work.moments(meeting, past)[0] for meeting in met)
        lives.append(postings.met(all_of[slug], met[0].opened_days, offered_at, past))
    yield from talks.changes(lives, past)
    yield from threads.steps(lives, past)
    for life in lives:
        met = by_job.get(life.posting.slug, [])
        yield from postings.steps(life)
        yield from bids.steps(life, met, past)
        for meeting in met:
            yield from work.steps(life.posting, meeting, past)
