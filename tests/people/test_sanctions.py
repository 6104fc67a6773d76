"""Suspension, notes and disclosure: by whom, with which trail, and what they leave alone."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.models import Member
from nakadachi.people.standing import policy
from nakadachi.people.standing.disclosure import disclose_bank_account, disclose_contact
from nakadachi.people.standing.models import Note, Standing
from nakadachi.people.standing.notes import add_note
from nakadachi.people.standing.queries import standing_of
from nakadachi.people.standing.sanctions import lift, suspend
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)


def refused(call, **words) -> str:
    before = (list(Standing.objects.values()), Event.objects.count(), Note.objects.count())
    with pytest.raises(Refused) as caught:
        call(**words)
    assert (list(Standing.objects.values()), Event.objects.count(), Note.objects.count()) == before
    return caught.value.refusal.code


def office(role: str) -> Actor:
    return Actor.staff(cast.offices()[role].pk)


def test_suspended_lifted_and_on_record():
    member = cast.hanako()
    suspend(member=member, reason="  外部での直接取引を持ちかけました。 ", by=office("support"), at=AT)
    assert standing_of(member.pk).suspension_reason == "外部での直接取引を持ちかけました。"
    assert policy.can_begin(member.pk) == policy.SUSPENDED
    assert refused(suspend, member=member, reason="もう一度", by=office("support"), at=AT) == "already_suspended"
    lift(member=member, reason="誤解でした。", by=office("admin"), at=AT)
    assert policy.can_begin(member.pk) is None
    assert refused(lift, member=member, reason="もう一度", by=office("admin"), at=AT) == "not_suspended"
    trail = Event.objects.filter(subject_type="people.member", subject_id=member.pk).order_by("id")
    assert [event.kind for event in trail] == ["member.suspended", "member.suspension_lifted"]
    assert trail[0].data["changes"] == {"suspended_at": [None, AT.isoformat()]}


def test_who_may_not():
    member, offices = cast.hanako(), cast.offices()
    words = {"reason": "理由", "at": AT}
    assert refused(suspend, member=member, by=Actor.member(member.pk), **words) == "staff_only"
    assert refused(suspend, member=member, by=office("finance"), **words) == "staff_only"
    assert refused(suspend, member=offices["support"], by=office("support"), **words) == "own_account"
    assert refused(suspend, member=offices["finance"], by=office("support"), **words) == "colleague"
    assert refused(suspend, member=member, by=office("support"), reason=" \u200b ", at=AT) == "reason_missing"
    assert refused(suspend, member=member, by=office("support"), reason="あ" * 1001, at=AT) == "reason_too_long"
    suspend(member=offices["finance"], by=office("admin"), **words)


def test_earned_money_is_left_alone():
    person = earners.hanako()
    suspend(member=person, reason="調査中です。", by=office("support"), at=AT)
    offer = payouts.offer_for(person.pk, AT)
    assert (offer.refusal, offer.amount_yen) == (None, 8_350)


def test_notes_are_kept_and_their_words_stay_out_of_the_trail():
    member = cast.hanako()
    note = add_note(member=member, text=" 電話で確認済み ", by=office("finance"), at=AT)
    assert note.text == "電話で確認済み"
    assert Event.objects.get(kind="member.noted").data == {"note_id": note.pk}
    assert refused(add_note, member=member, text=" ", by=office("support"), at=AT) == "note_missing"
    assert refused(add_note, member=member, text="x", by=Actor.member(member.pk), at=AT) == "staff_only"


def test_looking_at_personal_data_leaves_a_reason():
    member = cast.hanako()
    disclose_contact(member=member, reason="お問い合わせ 12", by=office("support"), at=AT)
    disclose_bank_account(member=member, reason="組戻しの照会", by=office("finance"), at=AT)
    seen = [(event.data["what"], event.data["reason"]) for event in Event.objects.order_by("id")]
    assert seen == [("contact", "お問い合わせ 12"), ("bank_account", "組戻しの照会")]
    words = {"member": member, "at": AT}
    assert refused(disclose_bank_account, reason="見たい", by=office("support"), **words) == "staff_only"
    assert refused(disclose_contact, reason="", by=office("support"), **words) == "reason_missing"
    assert refused(disclose_contact, reason="見たい", by=Actor.member(member.pk), **words) == "staff_only"
    assert Member.objects.get(pk=member.pk) == member
