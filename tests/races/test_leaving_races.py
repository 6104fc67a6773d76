"""Leaving in one tab and something else in another, at the same moment: one effect, nothing slips through."""

from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest

from nakadachi.closing import actions as closing
from nakadachi.closing.models import Closing
from nakadachi.infra.events.models import Event as Recorded
from nakadachi.kernel.actor import Actor
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.models import Member
from nakadachi.people.standing import policy
from tests import cast, walk
from tests.cast import by
from tests.together import at_once

pytestmark = pytest.mark.races
AT = walk.START
ROUNDS = 4


def leave(member: Member) -> Closing:
    return closing.reserve(
        member=member, reason="", reason_text="", consents=True, leaves_remainder=False, request_key=uuid4(),
        by=by(member), at=AT,
    )  # fmt: skip


def slipped_through() -> int:
    """Accounts that are closed although a proposal of theirs waits."""
    gone = Closing.objects.filter(status="closed").values("member")
    return Proposal.objects.filter(worker__in=gone, status="sent").count()


def leave_between_reading_and_writing(monkeypatch, worker: Member) -> None:
    """The proposal has read that its worker may begin, and is not written yet; there the worker leaves."""
    has_read, has_left, read = Event(), Event(), policy.between

    def slowly(*ids: int, **how: bool) -> object:
        found = read(*ids, **how)
        has_read.set()
        has_left.wait(timeout=1)
        return found

    def go() -> None:
        has_read.wait(timeout=10)
        leave(worker)
        has_left.set()

    job = walk.open_job()
    monkeypatch.setattr(policy, "between", slowly)
    at_once(lambda: walk.proposal(job, worker=worker), go)


def test_what_begins_meanwhile_is_waited_for_and_seen(committed_db, monkeypatch):
    worker = cast.hanako()
    leave_between_reading_and_writing(monkeypatch, worker)
    assert Closing.objects.get(member=worker).status == "reserved"
    assert slipped_through() == 0


def test_without_the_door_it_slips_through(committed_db, monkeypatch):
    """The negative control."""
    worker = cast.hanako()
    monkeypatch.setattr(policy, "outside_transaction", lambda: True)
    monkeypatch.setattr(policy, "hold_open", lambda member_id: None)
    leave_between_reading_and_writing(monkeypatch, worker)
    assert slipped_through() == 1


def test_two_tabs_reserve_once(committed_db):
    member = cast.hanako()
    answers = at_once(*[lambda: leave(member)] * 2)
    assert Closing.objects.count() == 1
    assert sorted("already" if "already" in str(answer) else "closed" for answer in answers) == ["already", "closed"]


def test_undoing_twice_at_once_is_undoing_once(committed_db):
    made = leave(cast.hanako())
    at_once(*[lambda: closing.undo(closing=made, by=by(made.member), at=AT)] * 2)
    assert Recorded.objects.filter(kind="closing.undo").count() == 1
    assert Member.objects.get(pk=made.member_id).is_active


def test_at_the_very_end_of_the_time_one_of_undo_and_erasing_wins(committed_db):
    for number in range(ROUNDS):
        made = leave(cast.person(f"end-{number}@example.jp", "だれか"))
        last = made.erase_at - timedelta(seconds=1)
        undo, erase = made, made
        at_once(
            lambda made=undo, last=last: closing.undo(closing=made, by=Actor.member(made.member_id), at=last),
            lambda made=erase: closing.erase(closing=made, at=made.erase_at),
        )
        made.refresh_from_db()
        active = Member.objects.get(pk=made.member_id).is_active
        assert (made.status, active) in {("undone", True), ("erased", False)}


def test_two_workers_erase_once(committed_db):
    made = leave(cast.hanako())
    at_once(*[lambda: closing.erase(closing=made, at=made.erase_at)] * 2)
    assert Recorded.objects.filter(kind="closing.begin_erasing").count() == 1
    assert Recorded.objects.filter(kind="closing.finish").count() == 1
