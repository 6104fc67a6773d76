"""Inquiries: asking, confirming, answering, closing; who may, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.trust.inquiries import actions, mails, queries
from nakadachi.trust.inquiries.models import Inquiry, Message
from tests import ask, cast, earners, walk

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)
LATER = AT + timedelta(hours=5)


def support() -> Actor:
    return Actor.staff(cast.offices()["support"].pk)


def refused(call, **words) -> str:
    before = (list(Inquiry.objects.order_by("id").values()), Message.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as caught:
        call(**words)
    after = (list(Inquiry.objects.order_by("id").values()), Message.objects.count(), Event.objects.count())
    assert after == before
    return caught.value.refusal.code


def write(verb, inquiry, by, text="わかりました。", key=None, at=LATER):
    return verb(inquiry=inquiry, text=text, request_key=key or uuid4(), by=by, at=at)


def test_asked_answered_written_back_closed_and_opened_again():
    member, by = cast.hanako(), Actor.member(cast.hanako().pk)
    inquiry = ask.by_member(member, at=AT)
    assert list(queries.waiting()) == [inquiry]
    message = write(actions.answer, inquiry, support(), "次回の振込日は12月15日です。")
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.assignee_id) == ("answered", support().id)
    assert "12月15日" in mails.answered(message).text
    write(actions.reply, inquiry, by)
    actions.close(inquiry=inquiry, by=support(), at=LATER)
    assert refused(actions.close, inquiry=inquiry, by=by, at=LATER) == "inquiry_closed"
    assert refused(write, verb=actions.answer, inquiry=inquiry, by=support()) == "inquiry_closed"
    write(actions.reply, inquiry, by, "やはり届きません。")
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.closed_at) == ("open", None)
    trail = Event.objects.filter(subject_type="inquiries.inquiry").order_by("id").values_list("kind", flat=True)
    assert list(trail) == [f"inquiry.{verb}" for verb in ("ask", "answer", "reply", "close", "reopen")]


def test_a_letter_waits_for_its_confirmation():
    inquiry = ask.by_letter(at=AT)
    token = queries.token_of(inquiry)
    assert token in mails.receipt(inquiry).text
    assert not queries.waiting()
    with pytest.raises(NotVisible):
        queries.inquiry_for(support(), inquiry.pk)
    assert refused(write, verb=actions.reply, inquiry=inquiry, by=SYSTEM) == "unconfirmed"
    for _again in range(2):
        actions.confirm(inquiry=queries.inquiry_of_token(token), by=SYSTEM, at=LATER)
    assert Event.objects.filter(kind="inquiry.confirm").count() == 1
    assert queries.inquiry_for(support(), inquiry.pk).asker == "訪問者"
    with pytest.raises(NotVisible):
        queries.inquiry_of_token(token[:-1] + ("A" if token[-1] != "A" else "B"))


def test_the_link_of_a_letter_opens_no_inquiry_of_a_member():
    inquiry = ask.by_member(cast.hanako(), at=AT)
    with pytest.raises(NotVisible):
        queries.inquiry_of_token(queries.token_of(inquiry))
    assert refused(write, verb=actions.reply, inquiry=inquiry, by=SYSTEM) == "not_yours"


def test_strangers_see_nothing_and_other_roles_neither():
    inquiry = ask.by_member(cast.hanako(), at=AT)
    finance = Actor.staff(cast.offices()["finance"].pk)
    for actor in (Actor.member(cast.sakura().pk), finance, SYSTEM):
        with pytest.raises(NotVisible):
            queries.inquiry_for(actor, inquiry.pk)
    with pytest.raises(NotVisible):
        queries.queue(finance, "open")
    sakura = Actor.member(cast.sakura().pk)
    for verb, actor in [(actions.reply, sakura), (actions.answer, finance), (actions.write_note, sakura)]:
        assert refused(write, verb=verb, inquiry=inquiry, by=actor) in {"not_yours", "staff_only"}
    assert refused(actions.close, inquiry=inquiry, by=sakura, at=LATER) == "not_yours"
    assert refused(actions.assign, inquiry=inquiry, by=finance, at=LATER) == "staff_only"


def test_notes_never_reach_the_one_who_asked():
    inquiry = ask.by_member(cast.hanako(), at=AT)
    write(actions.write_note, inquiry, support(), "経理に確認中")
    assert [message.kind for message in queries.thread(inquiry, with_notes=False)] == ["question"]
    assert [message.kind for message in queries.thread(inquiry, with_notes=True)] == ["question", "note"]
    inquiry.refresh_from_db()
    assert inquiry.status == "open"


def test_the_same_form_twice_is_once():
    key = uuid4()
    first, again = (ask.by_member(cast.hanako(), at=AT, request_key=key) for _ in range(2))
    assert first == again
    answers = {write(actions.answer, first, support(), key=key_).pk for key_ in [uuid4()] * 2}
    assert len(answers) == 1
    assert refused(ask.by_member, member=cast.minato(), at=AT, request_key=key) == "key_reused"


def test_too_many_a_day():
    for _ in range(10):
        ask.by_member(cast.hanako(), at=AT)
    assert refused(ask.by_member, member=cast.hanako(), at=AT) == "too_many"
    ask.by_member(cast.hanako(), at=AT + timedelta(days=2))
    for _ in range(3):
        ask.by_letter(at=AT)
    assert refused(ask.by_letter, at=AT) == "too_many"
    assert refused(ask.by_letter, at=AT, email="VISITOR@example.jp") == "too_many"
    ask.by_letter(at=AT, email="another@example.jp")


@pytest.mark.parametrize("text", ["", " \u200b\u3164 ", "あ" * 4001])
def test_words_that_are_none_or_too_many(text):
    assert refused(ask.by_member, member=cast.hanako(), at=AT, text=text) in {"text_missing", "text_too_long"}
    inquiry = ask.by_member(cast.hanako(), at=AT)
    assert refused(write, verb=actions.answer, inquiry=inquiry, by=support(), text=text).startswith("text_")


def test_only_what_one_may_see_is_referred_to():
    contract = walk.funded(at=AT).contract
    assert ask.by_member(cast.hanako(), at=AT, about_kind="contract", about_id=contract.pk).about_id == contract.pk
    for kind, number in [("contract", 999_999), ("payout", 1), ("", 1), ("job", None)]:
        with pytest.raises(NotVisible):
            ask.by_member(cast.hanako(), at=AT, about_kind=kind, about_id=number)
    with pytest.raises(NotVisible):
        ask.by_member(cast.sakura(), at=AT, about_kind="contract", about_id=contract.pk)


def test_taking_it_on_is_on_record_once():
    inquiry = ask.by_member(cast.hanako(), at=AT)
    for _again in range(2):
        actions.assign(inquiry=inquiry, by=support(), at=LATER)
    assert Event.objects.get(kind="inquiry.assign").data["changes"] == {"assignee": [None, support().id]}
    assert list(queries.queue(support(), "mine").rows) == [inquiry]
