"""Messages: who may write to whom and when, what is unread, what is told, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.people.standing import blocking, sanctions
from nakadachi.people.standing.models import Standing
from nakadachi.trust.messaging import actions, policy, queries
from nakadachi.trust.messaging.models import Message, Seat, Thread
from tests import cast, talk, walk

pytestmark = pytest.mark.django_db

AT = walk.START
LATER = AT + timedelta(hours=1)
DAY = timedelta(days=1)


def rows() -> tuple:
    models = (Thread, Message, Seat, Contract, Event)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def refused(call, *arguments, **words) -> str:
    before = rows()
    with pytest.raises(Refused) as caught:
        call(*arguments, **words)
    assert rows() == before
    return caught.value.refusal.code


def test_a_question_is_asked_answered_and_read():
    question = talk.asked()
    thread, client, worker = question.thread, cast.minato(), cast.hanako()
    assert (talk.seat(thread, client).unread_count, talk.seat(thread, worker).unread_count) == (1, 0)
    answer = talk.said(thread, client, seen_id=question.pk, at=LATER)
    assert (talk.seat(thread, client).unread_count, talk.seat(thread, worker).unread_count) == (0, 1)
    for _again in range(2):
        seat = actions.read(thread=thread, until_id=answer.pk, by=cast.by(worker), at=LATER)
        assert (seat.unread_count, seat.read_id) == (0, answer.pk)
    assert [one.text for one in queries.messages_of(thread)] == [talk.QUESTION, "はい、お願いします。"]


def test_one_thread_goes_along_from_question_to_contract():
    job = walk.open_job()
    first = talk.asked(job)
    contract = walk.agreed(job=job)
    again = talk.asked(job, by=cast.minato(), at=LATER)
    assert again.thread_id == first.thread_id
    assert queries.thread_of_contract(cast.by(cast.hanako()), contract) == first.thread
    contract.refresh_from_db()
    assert (contract.client_wrote_at, contract.worker_wrote_at) == (LATER, None)
    talk.said(first.thread, cast.hanako(), at=LATER + DAY)
    contract.refresh_from_db()
    assert (contract.client_wrote_at, contract.worker_wrote_at) == (LATER, LATER + DAY)


def test_each_asker_has_a_thread_of_their_own():
    job = walk.open_job()
    threads = {talk.asked(job, worker=worker).thread_id for worker in (cast.hanako(), cast.ren())}
    assert len(threads) == 2
    for thread_id in threads:
        with pytest.raises(NotVisible):
            queries.talk_for(cast.by(cast.sakura()), thread_id)
    hers = Thread.objects.get(job=job, worker=cast.hanako())
    with pytest.raises(NotVisible):
        queries.talk_for(cast.by(cast.ren()), hers.pk)


def test_staff_and_strangers_neither_read_nor_write():
    message = talk.asked()
    for actor in (cast.by(cast.sakura()), cast.by(cast.tanaka()), Actor.staff(cast.minato().pk)):
        before = rows()
        for call in (
            lambda actor=actor: queries.talk_for(actor, message.thread_id),
            lambda actor=actor: queries.message_for(actor, message.pk),
            lambda actor=actor: queries.own_message_for(actor, message.thread_id, message.pk),
            lambda actor=actor: actions.read(thread=message.thread, until_id=message.pk, by=actor, at=LATER),
            lambda actor=actor: actions.send(
                thread=message.thread, text="こんにちは", request_key=uuid4(), by=actor, at=LATER
            ),
        ):
            with pytest.raises(NotVisible):
                call()
        assert rows() == before
        assert not queries.seats_page(actor).rows
        assert not queries.search(actor, "構成案").rows


def test_the_same_form_twice_is_once():
    job, key = walk.open_job(), uuid4()
    first, again = (talk.asked(job, request_key=key) for _ in range(2))
    assert first == again
    answers = {talk.said(first.thread, cast.minato(), request_key=one).pk for one in [uuid4()] * 2}
    assert len(answers) == 1
    assert talk.seat(first.thread, cast.hanako()).unread_count == 1
    other = talk.asked()
    assert refused(talk.said, other.thread, cast.hanako(), request_key=key) == "key_reused"
    assert refused(talk.said, first.thread, cast.minato(), request_key=key) == "key_reused"
    assert refused(talk.asked, walk.open_job(), request_key=key) == "key_reused"


@pytest.mark.parametrize("text", ["", " \u200b\u3164 ", "あ" * 4001])
def test_words_that_are_none_or_too_many(text):
    job = walk.open_job()
    assert refused(talk.asked, job, text=text) in {"nothing_written", "text_too_long"}
    thread = talk.asked(job).thread
    assert refused(talk.said, thread, cast.minato(), text) in {"nothing_written", "text_too_long"}


def test_a_file_needs_no_words():
    message = talk.asked(text="", files=[walk.upload()])
    assert (message.text, message.files_count) == ("", 1)
    stored = queries.files_of([message])[message.pk]
    assert [file.name for file in stored] == ["記事.txt"]
    assert queries.message_for(cast.by(cast.minato()), message.pk) == message


def test_who_may_not_begin():
    job = walk.open_job()
    assert refused(talk.asked, job, worker=cast.minato()) == "own_job"
    assert refused(talk.asked, job, worker=cast.ren(), by=cast.minato()) == "not_between"
    with pytest.raises(NotVisible):
        talk.asked(job, worker=cast.ren(), by=cast.sakura())
    jobs.close(job=job, by=cast.by(cast.minato()), at=AT)
    job.refresh_from_db()
    assert refused(talk.asked, job) == "job_closed"


def test_who_met_over_a_proposal_may_begin_on_either_side():
    sent = walk.proposal()
    assert talk.asked(sent.job, by=cast.minato()).author == cast.minato()
    withdrawn = walk.proposal()
    sourcing.withdraw(proposal=withdrawn, by=cast.by(cast.hanako()), at=AT)
    assert refused(talk.asked, withdrawn.job, by=cast.minato()) == "not_between"


def test_suspended_leaving_blocked_and_gone():
    job, tanaka = walk.open_job(), cast.offices()["support"]
    worker, client = cast.hanako(), cast.minato()
    thread = talk.asked(job).thread
    sanctions.suspend(member=worker, reason="規約違反", by=cast.by(tanaka), at=AT)
    assert refused(talk.said, thread, worker) == "suspended"
    assert refused(talk.asked, walk.open_job()) == "suspended"
    sanctions.lift(member=worker, reason="解決", by=cast.by(tanaka), at=AT)
    Standing.objects.filter(member=worker).update(leaving_at=AT)
    assert refused(talk.asked, walk.open_job()) == "leaving"
    assert talk.said(thread, worker)
    Standing.objects.filter(member=worker).update(leaving_at=None)
    blocking.block(member=client, other=worker, by=cast.by(client), at=AT)
    assert refused(talk.said, thread, worker) == refused(talk.said, thread, client) == "cannot_deal"
    assert refused(talk.asked, walk.open_job()) == "cannot_deal"
    worker.is_active = False
    worker.save(update_fields=["is_active"])
    thread = Thread.objects.get(pk=thread.pk)
    assert refused(talk.said, thread, client) == "other_gone"


def test_running_work_is_always_talked_about():
    contract = walk.funded().contract
    thread = talk.asked(contract.job).thread
    blocking.block(member=cast.minato(), other=cast.hanako(), by=cast.by(cast.minato()), at=AT)
    sanctions.suspend(member=cast.hanako(), reason="規約違反", by=cast.by(cast.offices()["support"]), at=AT)
    assert talk.said(thread, cast.hanako())
    assert talk.said(thread, cast.minato())


def test_after_the_work_both_can_write_for_ninety_days():
    contract = walk.accepted().contract
    jobs.close(job=contract.job, by=cast.by(cast.minato()), at=AT) if contract.job.is_open else None
    thread = talk.asked(contract.job, at=LATER).thread
    last = AT + timedelta(days=90)
    assert talk.said(thread, cast.minato(), at=last - timedelta(seconds=1))
    for member in (cast.minato(), cast.hanako()):
        assert refused(talk.said, thread, member, at=last) == "thread_closed"
    assert queries.talk_for(cast.by(cast.hanako()), thread.pk).thread == thread


def test_too_fast_and_too_many(monkeypatch):
    thread = talk.asked().thread
    for number in range(policy.A_MINUTE_MAX):
        talk.said(thread, cast.minato(), str(number), at=LATER)
    assert refused(talk.said, thread, cast.minato(), at=LATER + timedelta(seconds=59)) == "too_fast"
    assert talk.said(thread, cast.hanako(), at=LATER)
    assert talk.said(thread, cast.minato(), at=LATER + timedelta(seconds=61))
    monkeypatch.setattr(policy, "A_DAY_MAX", policy.A_MINUTE_MAX + 1)
    assert refused(talk.said, thread, cast.minato(), at=LATER + timedelta(hours=2)) == "too_many"
    monkeypatch.setattr(policy, "THREADS_A_DAY_MAX", 1)
    assert refused(talk.asked, walk.open_job(), at=LATER) == "too_many_threads"
    assert talk.asked(walk.open_job(), at=LATER + DAY)


def test_taken_back_in_time_leaves_a_trace():
    message = talk.asked(files=[walk.upload()])
    thread, worker, client = message.thread, cast.hanako(), cast.minato()
    assert refused(actions.take_back, message=message, by=cast.by(client), at=AT) == "not_yours"
    late = AT + timedelta(minutes=10)
    assert refused(actions.take_back, message=message, by=cast.by(worker), at=late) == "too_late"
    in_time = late - timedelta(seconds=1)
    actions.take_back(message=message, by=cast.by(worker), at=in_time)
    assert refused(actions.take_back, message=message, by=cast.by(worker), at=in_time) == "taken_back"
    assert talk.seat(thread, client).unread_count == 0
    assert not queries.search(cast.by(client), "構成案").rows
    assert queries.files_of(queries.newest(thread).messages) == {}
    for member in (worker, client):
        with pytest.raises(NotVisible):
            queries.message_for(cast.by(member), message.pk)
    assert [one.is_taken_back for one in queries.newest(thread).messages] == [True]


def told() -> list[dict]:
    return list(Event.objects.filter(kind="thread.wait").order_by("pk").values_list("data", flat=True))


def test_whoever_does_not_look_is_told_once():
    thread, client = talk.asked().thread, cast.minato()
    for number in range(3):
        talk.said(thread, cast.hanako(), f"追伸{number}", at=AT + timedelta(minutes=number))
    timers.run(at=AT + timedelta(minutes=4))
    assert told() == []
    for minutes in (5, 6, 600):
        timers.run(at=AT + timedelta(minutes=minutes))
    assert told() == [{"member_id": client.pk, "count": 4}]
    talk.said(thread, cast.hanako(), "まだですか。", at=LATER)
    timers.run(at=LATER + DAY)
    assert len(told()) == 1
    seat = talk.seat(thread, client)
    actions.read(thread=thread, until_id=seat.newest_id, by=cast.by(client), at=LATER + DAY)
    talk.said(thread, cast.hanako(), "ありがとうございます。", at=LATER + 2 * DAY)
    timers.run(at=LATER + 3 * DAY)
    assert told()[1:] == [{"member_id": client.pk, "count": 1}]


def test_whoever_reads_in_time_is_not_told():
    message = talk.asked()
    actions.read(thread=message.thread, until_id=message.pk, by=cast.by(cast.minato()), at=AT)
    timers.run(at=LATER)
    assert told() == []
    assert not actions.tell(seat_id=talk.seat(message.thread, cast.minato()).pk, at=LATER)


def test_reading_goes_no_further_than_what_was_seen():
    first = talk.asked()
    second = talk.said(first.thread, cast.hanako(), "もう1点あります。", at=LATER)
    client = cast.by(cast.minato())
    seat = actions.read(thread=first.thread, until_id=first.pk, by=client, at=LATER)
    assert (seat.read_id, seat.unread_count) == (first.pk, 1)
    seat = actions.read(thread=first.thread, until_id=2**60, by=client, at=LATER)
    assert (seat.read_id, seat.unread_count) == (second.pk, 0)
    assert actions.read(thread=first.thread, until_id=0, by=client, at=LATER).read_id == second.pk


def test_an_answer_from_an_old_tab_makes_nothing_unread_again():
    first = talk.asked()
    thread, client = first.thread, cast.minato()
    second = talk.said(thread, cast.hanako(), "もう1点あります。", at=LATER)
    actions.read(thread=thread, until_id=second.pk, by=cast.by(client), at=LATER)
    talk.said(thread, cast.hanako(), "急ぎません。", at=LATER)
    talk.said(thread, client, "承知しました。", seen_id=first.pk, at=LATER)
    seat = talk.seat(thread, client)
    assert (seat.read_id, seat.unread_count) == (second.pk, 1)


def test_found_whatever_the_width_of_the_letters():
    thread = talk.asked(text="ＰＤＦでの納品は可能でしょうか。料金は100%前払いですか_").thread
    talk.said(thread, cast.minato(), "pdfで大丈夫です。")
    actor = cast.by(cast.hanako())
    assert len(queries.search(actor, "PDF").rows) == 2
    assert len(queries.search(actor, "pdf 納品", thread_id=thread.pk).rows) == 1
    assert len(queries.search(actor, "100％").rows) == 1
    assert queries.search(actor, "9%").rows == queries.search(actor, "  ").rows == []
    assert not queries.search(actor, "pdf", thread_id=thread.pk + 1).rows


def test_the_operator_reads_only_with_a_reason():
    thread = talk.asked().thread
    support, finance = (cast.by(cast.offices()[role]) for role in ("support", "finance"))
    assert refused(actions.disclose, thread=thread, reason=" ", by=support, at=AT) == "reason_missing"
    assert refused(actions.disclose, thread=thread, reason="あ" * 1001, by=support, at=AT) == "reason_too_long"
    for other in (finance, cast.by(cast.minato())):
        assert refused(actions.disclose, thread=thread, reason="見たい", by=other, at=AT) == "staff_only"
    with pytest.raises(NotVisible):
        queries.any_thread(finance, thread.pk)
    with pytest.raises(NotVisible):
        queries.threads_page(finance)
    actions.disclose(thread=thread, reason="通報の確認", by=support, at=AT)
    assert Event.objects.get(kind="thread.disclose").data == {"reason": "通報の確認"}
    assert list(queries.threads_page(support, member_id=cast.hanako().pk, job_id=thread.job_id).rows) == [thread]


def test_what_happened_is_quoted_from_the_events():
    from nakadachi.trust.messaging.quoting import happenings, newest_event_id

    one = walk.accepted()
    thread = talk.asked(one.contract.job).thread
    kinds = ["proposal.send", "contract.confirm", "milestone.deliver", "milestone.accept"]
    found = happenings(thread, kinds=kinds)
    assert [event.kind for event in found] == kinds
    assert newest_event_id(thread, kinds=kinds) == found[-1].pk
    assert [event.kind for event in happenings(thread, kinds=kinds, after_id=found[1].pk)] == kinds[2:]
    assert happenings(thread, kinds=kinds, until=AT) == []
    assert [event.kind for event in happenings(thread, kinds=kinds, limit=1)] == kinds[-1:]
    other = talk.asked(walk.open_job()).thread
    assert happenings(other, kinds=kinds) == []
