"""What is written for the demo: whole, consistent, and nothing said twice."""

import re
from collections import Counter
from datetime import datetime

import pytest

from nakadachi.demo import content, story
from nakadachi.demo.moments import Past
from nakadachi.kernel.calendar import JST
from nakadachi.market.jobs.categories import SLUGS
from nakadachi.market.jobs.models import TITLE_LENGTH_MAX

LINES_MAX = 400
POSTINGS = content.postings()
POSTING_SLUGS = {posting.slug for posting in POSTINGS}
PEOPLE = {person.key: person for person in content.people()}


def test_there_are_some_thirty_people_and_about_three_hundred_jobs() -> None:
    assert 30 <= len(PEOPLE) <= 40
    assert 270 <= len(POSTINGS) <= 330
    assert len({slug.split(".")[0] for slug in POSTING_SLUGS}) >= 110, "written by hand"


def test_slugs_and_titles_differ() -> None:
    assert len(POSTING_SLUGS) == len(POSTINGS)
    assert not [title for title, count in Counter(posting.title for posting in POSTINGS).items() if count > 1]
    assert all(len(posting.title) <= TITLE_LENGTH_MAX for posting in POSTINGS)


@pytest.mark.parametrize("posting", POSTINGS, ids=lambda posting: posting.slug)
def test_a_posting_says_enough(posting: content.Posting) -> None:
    assert len(posting.description) >= 80
    assert not re.search(r"\{\w+\}", posting.title + posting.description + posting.requirements + posting.topic)
    assert posting.client in PEOPLE
    assert posting.flags <= {"no_experience", "beginner", "continuing"}
    assert posting.budget_yen[0] <= posting.budget_yen[1]


def test_every_category_and_every_size_of_budget_is_there() -> None:
    assert {posting.category for posting in POSTINGS} == set(SLUGS)
    assert min(posting.budget_yen[0] for posting in POSTINGS) <= 1_000
    assert max(posting.budget_yen[1] for posting in POSTINGS) >= 1_000_000
    assert any(posting.char_rate_sen for posting in POSTINGS)


def test_people_have_reserved_addresses_and_one_very_long_name() -> None:
    assert all(person.email.endswith("@example.jp") for person in PEOPLE.values())
    assert max(len(person.name) for person in PEOPLE.values()) == 40
    assert sum(person.is_operator for person in PEOPLE.values()) == 1


@pytest.mark.parametrize("meeting", content.meetings(), ids=lambda meeting: meeting.slug)
def test_a_story_fits_its_people_and_its_posting(meeting: content.Meeting) -> None:
    posting = next(posting for posting in POSTINGS if posting.slug == meeting.job)
    days = [beat.days for beat in meeting.beats]
    assert days == sorted(days, reverse=True)
    assert meeting.beats[0].do == "offer"
    assert days[-1] >= 1
    assert meeting.worker != posting.client
    offered = max(other.beats[0].days for other in content.meetings() if other.job == meeting.job)
    assert 0 < meeting.opened_days - offered <= posting.closes_days
    joined = min(PEOPLE[meeting.worker].joined_days, PEOPLE[posting.client].joined_days)
    assert meeting.opened_days < joined - 1


def test_content_files_stay_small() -> None:
    long = {
        path.name: count
        for path in content.FOLDER.rglob("*.toml")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX
    }
    assert not long


def test_the_same_moment_gives_the_same_past() -> None:
    at = datetime(2026, 12, 31, 23, 58, tzinfo=JST)
    assert [step.at for step in story.steps(Past(at))] == [step.at for step in story.steps(Past(at))]
    assert all(step.at <= at for step in story.steps(Past(at)))
