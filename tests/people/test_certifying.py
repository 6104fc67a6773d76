"""Certified by decision: by whom, with which trail, and what is refused."""

from datetime import UTC

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.notifications.models import Notice
from nakadachi.people import directory
from nakadachi.people.standing import leaving
from nakadachi.people.standing.certifying import certify, withdraw_certification
from nakadachi.people.standing.queries import certified_by, certified_count, confirmed, standing_of
from nakadachi.people.standing.sanctions import lift, suspend
from tests import cast, earners
from tests.jobs import TELLING, run_jobs
from tests.market.state import fingerprint

AT = earners.jst(2026, 11, 20)
LATER = earners.jst(2026, 11, 21)
REASON = "検収された記事が20本、非承認はありません。"


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    for person in (cast.hanako, cast.ren, cast.offices):
        person()


def office(role: str) -> Actor:
    return Actor.staff(cast.offices()[role].pk)


def refused(call, **words) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        call(**{"member": cast.hanako(), "reason": REASON, "by": office("support"), "at": LATER, **words})
    assert fingerprint() == before
    return caught.value.refusal.code


def test_certified_withdrawn_and_on_record():
    member = cast.hanako()
    certify(member=member, reason=f"  {REASON}\u200b ", by=office("support"), at=AT)
    assert standing_of(member.pk).certified_at == AT
    assert confirmed(member) == ["certified"]
    assert certified_by(member.pk) == cast.offices()["support"]
    assert refused(certify, by=office("admin")) == "already_certified"
    withdraw_certification(member=member, reason="規約第8条に反する勧誘。", by=office("admin"), at=LATER)
    assert standing_of(member.pk).certified_at is None
    assert confirmed(cast.hanako()) == []
    assert refused(withdraw_certification) == "not_certified"
    trail = Event.objects.filter(subject_type="people.member", subject_id=member.pk).order_by("id")
    assert [(event.kind, event.actor_id, event.data) for event in trail] == [
        (
            "member.certified",
            office("support").id,
            {"reason": REASON, "changes": {"certified_at": [None, AT.isoformat()]}},
        ),
        (
            "member.certification_withdrawn",
            office("admin").id,
            {"reason": "規約第8条に反する勧誘。", "changes": {"certified_at": [AT.astimezone(UTC).isoformat(), None]}},
        ),
    ]
    certify(member=member, reason="解決しました。", by=office("admin"), at=LATER)
    assert certified_by(member.pk) == cast.offices()["admin"], "the last one"


def test_the_member_is_told_what_it_brings_and_why_it_ended():
    member = cast.hanako()
    certify(member=member, reason=REASON, by=office("support"), at=AT)
    withdraw_certification(member=member, reason="規約第8条に反する勧誘。", by=office("support"), at=LATER)
    run_jobs(*TELLING)
    told = {notice.kind: notice.words for notice in Notice.objects.filter(member=member)}
    assert told == {"member.certified": {}, "member.certification_withdrawn": {"reason": "規約第8条に反する勧誘。"}}
    assert not Notice.objects.exclude(member=member).exists()


@pytest.mark.parametrize("call", [certify, withdraw_certification])
def test_who_may_not_and_without_which_reason(call):
    """The same for both, whatever the state: who may is asked first."""
    offices = cast.offices()
    for person in (cast.ren(), offices["support"], offices["finance"]):
        if call is withdraw_certification:
            certify(member=person, reason=REASON, by=office("admin"), at=AT)
    ren = {"member": cast.ren()}
    assert refused(call, **ren, by=Actor.member(cast.ren().pk)) == "staff_only"
    assert refused(call, **ren, by=Actor.member(cast.hanako().pk)) == "staff_only"
    assert refused(call, **ren, by=Actor.member(offices["support"].pk)) == "staff_only", "not as a member"
    assert refused(call, **ren, by=office("finance")) == "staff_only"
    assert refused(call, **ren, by=SYSTEM) == "staff_only"
    assert refused(call, member=offices["support"]) == "own_account"
    assert refused(call, member=offices["admin"], by=office("admin")) == "own_account"
    assert refused(call, member=offices["finance"]) == "colleague"
    for nothing in ("", " ", "\u3000", "\u200b", "\x00"):
        assert refused(call, **ren, reason=nothing) == "reason_missing"
    assert refused(call, **ren, reason="あ" * 1_001) == "reason_too_long"
    call(member=cast.ren(), reason="あ" * 1_000, by=office("support"), at=LATER)
    call(member=offices["finance"], reason=REASON, by=office("admin"), at=LATER)


def test_nobody_is_certified_while_they_may_begin_nothing():
    member = cast.hanako()
    suspend(member=member, reason="調査中です。", by=office("support"), at=AT)
    assert refused(certify) == "certify_suspended"
    lift(member=member, reason="誤解でした。", by=office("support"), at=AT)
    leaving.reserve(member=member, by=cast.by(member), at=AT)
    assert refused(certify) == "certify_leaving"
    leaving.shut(member=member, by=SYSTEM, at=AT)
    assert refused(certify) == "certify_leaving"
    leaving.stay(member=member, by=cast.by(member), at=AT)
    certify(member=member, reason=REASON, by=office("support"), at=AT)


def test_a_certification_outlives_a_suspension_and_is_counted_while_it_can_be_used():
    member, ren = cast.hanako(), cast.ren()
    for person in (member, ren):
        certify(member=person, reason=REASON, by=office("support"), at=AT)
    assert (certified_count(), certified_count(without=ren.pk)) == (2, 1)
    suspend(member=member, reason="調査中です。", by=office("support"), at=AT)
    leaving.reserve(member=ren, by=cast.by(ren), at=AT)
    assert certified_count() == 0
    assert standing_of(member.pk).certified_at == standing_of(ren.pk).certified_at == AT
    withdraw_certification(member=member, reason="調査の結果です。", by=office("support"), at=LATER)
    lift(member=member, reason="解決", by=office("support"), at=LATER)
    leaving.stay(member=ren, by=cast.by(ren), at=LATER)
    assert certified_count() == 1


def test_found_among_the_members_by_it():
    certify(member=cast.ren(), reason=REASON, by=office("support"), at=AT)
    find = lambda **how: list(directory.find(office("support"), "", **how).rows)  # noqa: E731
    assert find(certified=True) == [cast.ren()]
    assert find(certified=True, suspended=True) == []
