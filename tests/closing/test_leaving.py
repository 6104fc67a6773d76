"""Reserving, closing by itself, coming back: what each does, what it refuses, and that nothing is half done."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.closing import actions as closing
from nakadachi.closing.models import Closing, Holdup
from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.infra.mail.models import Mail
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.people.access.models import Session
from nakadachi.people.models import Member
from nakadachi.people.standing import sanctions
from nakadachi.people.standing.queries import standing_of
from tests import cast, earners, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db

AT = walk.START
DAY = timedelta(days=1)
STAFF = Actor.staff(1)


def leave(member: Member, at=AT, **changed) -> Closing:
    given = {
        "reason": "", "reason_text": "", "consents": True, "leaves_remainder": False, "request_key": uuid4(),
        "by": by(member), **changed,
    }  # fmt: skip
    return closing.reserve(member=member, at=at, **given)


def refused(code: str, member: Member, **changed) -> None:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        leave(member, **changed)
    assert caught.value.refusal.code == code
    assert fingerprint() == before


def test_with_nothing_open_the_account_closes_at_once():
    member = cast.sakura()
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=AT + DAY, member=member, started_at=AT)
    made = leave(member, reason="fees", reason_text=" 高い ")
    member.refresh_from_db()
    assert (made.status, made.closed_at, made.erase_at) == ("closed", AT, AT + 7 * DAY)
    assert (made.reason, made.reason_text, member.is_active) == ("fees", "高い", False)
    assert not Session.objects.filter(member=member).exists()
    mail = Mail.objects.get(to=member.email)
    assert "/settings/closing/closed/" in mail.text


def test_with_something_open_it_is_reserved_and_closes_by_itself():
    job = walk.open_job()
    client = job.client
    made = leave(client)
    client.refresh_from_db()
    assert (made.status, made.obstacles_count, client.is_active) == ("reserved", 1, True)
    assert standing_of(client.pk).leaving_at == AT
    assert Holdup.objects.get(closing=made).code == "job.open"
    with pytest.raises(Refused) as caught:
        walk.open_job(client=client)
    assert caught.value.refusal.code == "leaving"
    jobs.close(job=job, by=by(client), at=AT + DAY)
    assert closing.look_around(at=AT + DAY) == 1
    made.refresh_from_db()
    assert (made.status, made.closed_at) == ("closed", AT + DAY)
    assert Holdup.objects.get(closing=made).cleared_at == AT + DAY


def test_time_alone_closes_it_on_the_day_the_last_obstacle_is_over():
    job = walk.open_job()
    made = leave(job.client)
    timers.play(until=AT + 40 * DAY)
    made.refresh_from_db()
    assert made.status == "erased"
    assert made.closed_at.date() >= job.closes_on
    assert made.closed_at - AT < timedelta(days=(job.closes_on - AT.date()).days + 2)


def test_a_balance_below_the_minimum_goes_out_and_the_account_closes_after_it():
    one = walk.accepted((1_000,))
    worker = one.contract.worker
    earners.with_account(worker, at=AT)
    made = leave(worker)
    payout = Payout.objects.get(member=worker)
    assert (payout.amount_yen, payout.bank_fee_yen, payout.status, made.status) == (835, 0, "requested", "reserved")
    run = payouts.close_extra(request_key=uuid4(), by=STAFF, at=AT + DAY)
    payouts.make_file(run=run, by=STAFF, at=AT + DAY)
    payouts.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=AT + DAY)
    assert closing.look(closing=made, at=AT + DAY).status == "closed"
    assert_clean()


def test_small_change_waits_while_more_can_come():
    one = walk.accepted((1_000, 5_000))
    worker = one.contract.worker
    earners.with_account(worker, at=AT)
    leave(worker)
    assert not Payout.objects.filter(member=worker).exists()


def test_the_minimum_is_waived_for_nobody_who_stays():
    worker = walk.accepted((1_000,)).contract.worker
    earners.with_account(worker, at=AT)
    for actor, code in ((by(worker), "not_leaving"), (by(cast.ren()), "not_yours")):
        with pytest.raises(Refused) as caught:
            payouts.request(member=worker, request_key=uuid4(), by=actor, at=AT, is_last=True)
        assert caught.value.refusal.code == code
    assert not Payout.objects.exists()


def test_a_balance_without_an_account_keeps_it_open_unless_the_member_agrees_to_leave_it_behind():
    worker = walk.accepted((1_000,)).contract.worker
    made = leave(worker)
    assert (made.status, made.obstacles_count) == ("reserved", 1)
    closing.change_consent(closing=made, leaves_remainder=True, by=by(worker), at=AT)
    assert closing.look(closing=made, at=AT).status == "closed"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("consent_missing", {"consents": False}),
        ("bad_reason", {"reason": "because"}),
        ("reason_too_long", {"reason_text": "あ" * 1001}),
        ("not_yours", {"by": Actor.member(0)}),
        ("not_yours", {"by": SYSTEM}),
    ],
)
def test_what_is_refused_changes_nothing(code, changed):
    refused(code, cast.sakura(), **changed)


def test_the_same_form_twice_is_one_closing_and_another_is_refused():
    job = walk.open_job()
    key = uuid4()
    first = leave(job.client, request_key=key)
    assert leave(job.client, request_key=key) == first
    refused("already_leaving", job.client)
    refused("key_reused", cast.sakura(), request_key=key)


def test_undone_while_reserved_everything_is_as_before():
    job = walk.open_job()
    made = leave(job.client)
    assert closing.undo(closing=made, by=by(job.client), at=AT + DAY).status == "undone"
    assert standing_of(job.client_id).leaving_at is None
    walk.open_job(client=job.client)
    assert leave(job.client, at=AT + 2 * DAY).status == "reserved"


def test_undone_to_the_last_second_of_the_time_and_not_after():
    member = cast.sakura()
    made = leave(member)
    before = fingerprint()
    for at in (made.erase_at, made.erase_at + timedelta(seconds=1)):
        with pytest.raises(Refused) as caught:
            closing.undo(closing=made, by=by(member), at=at)
        assert (caught.value.refusal.code, fingerprint()) == ("too_late_to_undo", before)
    closing.undo(closing=made, by=by(member), at=made.erase_at - timedelta(seconds=1))
    member.refresh_from_db()
    assert member.is_active
    with pytest.raises(Refused):
        closing.undo(closing=made, by=by(member), at=AT)
    assert Event.objects.filter(kind="closing.undo").count() == 1


def test_nobody_else_can_undo_it():
    made = leave(cast.sakura())
    for actor in (by(cast.ren()), SYSTEM, Actor.staff(cast.tanaka().pk)):
        with pytest.raises(Refused) as caught:
            closing.undo(closing=made, by=actor, at=AT)
        assert caught.value.refusal.code == "not_yours"


def test_what_comes_up_while_it_can_be_undone_opens_the_account_again():
    worker = walk.accepted().contract.worker
    earners.with_account(worker, at=AT)
    payout = payouts.request(member=worker, request_key=uuid4(), by=by(worker), at=AT)
    made = leave(worker)
    Closing.objects.filter(pk=made.pk).update(status="closed", closed_at=AT, erase_at=AT + 7 * DAY, look_at=AT + DAY)
    assert payout.status == "requested"
    timers.play(until=AT + 2 * DAY)
    made.refresh_from_db()
    worker.refresh_from_db()
    assert (made.status, made.erase_at, worker.is_active) == ("reserved", None, True)
    assert Event.objects.filter(kind="member.opened_again", subject_id=worker.pk).exists()


def test_a_withdrawn_proposal_is_the_last_obstacle():
    sent = walk.proposal()
    made = leave(sent.worker)
    assert made.status == "reserved"
    sourcing.withdraw(proposal=sent, by=by(sent.worker), at=AT)
    assert closing.look(closing=made, at=AT).status == "closed"
    assert closing.look(closing=made, at=AT).status == "closed"


def test_a_suspended_member_leaves_with_everything_earned():
    worker = walk.accepted().contract.worker
    earners.with_account(worker, at=AT)
    sanctions.suspend(member=worker, reason="確認中", by=by(cast.offices()["support"]), at=AT)
    leave(worker)
    assert Payout.objects.get(member=worker).pays_yen == 8_350
    assert_clean()


def test_a_clock_that_jumps_over_the_deadline_erases_once_and_nobody_undoes_it_any_more():
    made = leave(cast.sakura())
    timers.run(at=AT + 300 * DAY)
    timers.run(at=AT + 300 * DAY)
    made.refresh_from_db()
    assert (made.status, made.erased_at) == ("erased", AT + 300 * DAY)
    with pytest.raises(Refused):
        closing.undo(closing=made, by=Actor.member(made.member_id), at=AT + DAY)
