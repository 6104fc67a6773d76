"""Everything that is refused: a clear sentence, and nothing changed at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import fields
from nakadachi.market.tasks.fields import Field
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.rulebook.tasks import rejections_max
from nakadachi.people.standing import blocking, sanctions
from nakadachi.people.standing.models import Standing
from tests import cast, taskwork
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.taskwork import CLOSES_AT, LATER
from tests.walk import START

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    for person in (cast.minato, cast.hanako, cast.ren, cast.sakura, cast.tanaka, cast.offices):
        person()


def refused(code: str, act: Callable[[], object]) -> None:
    before = fingerprint()
    with pytest.raises((Refused, NotVisible)) as caught:
        act()
    assert (caught.value.refusal.code if isinstance(caught.value, Refused) else "not_visible") == code
    assert fingerprint() == before
    assert_clean()


def claim(task: Task, worker=None, at=LATER) -> Callable[[], object]:
    member = worker or cast.hanako()
    return lambda: tasks.claim(task=taskwork.fresh(task), by=by(member), at=at)


def test_the_cap_of_the_rulebook() -> None:
    assert [rejections_max(done, least=3, rate_bps=3_000) for done in (100, 10, 3, 2)] == [30, 3, 3, 2]


def test_who_may_not_claim() -> None:
    task = taskwork.open_task()
    refused("task_own", claim(task, cast.minato()))
    refused("task_members_only", lambda: tasks.claim(task=task, by=by(cast.tanaka()), at=LATER))
    blocking.block(member=cast.minato(), other=cast.ren(), by=by(cast.minato()), at=START)
    refused("cannot_deal", claim(task, cast.ren()))
    sanctions.suspend(member=cast.sakura(), reason="規約違反", by=by(cast.tanaka()), at=START)
    refused("suspended", claim(task, cast.sakura()))
    Standing.objects.update_or_create(member=cast.hanako(), defaults={"leaving_at": START})
    refused("leaving", claim(task))
    Standing.objects.filter(member=cast.hanako()).delete()
    sanctions.suspend(member=cast.minato(), reason="規約違反", by=by(cast.tanaka()), at=START)
    refused("task_client_paused", claim(task))


def test_conditions_of_a_task() -> None:
    verified = taskwork.open_task(verified_only=True)
    refused("task_verified_only", claim(verified))
    Standing.objects.create(member=cast.hanako(), identity=Standing.Check.CONFIRMED, identity_at=START)
    assert taskwork.claim(verified).status == "reserved"
    rated = taskwork.open_task(approval_bps_min=9_000)
    refused("task_rate_unknown", claim(rated))
    plain = taskwork.open_task(repeats_max=2)
    done = taskwork.approve(taskwork.submitted(plain))
    assert done.status == "approved"
    assert taskwork.claim(rated).status == "reserved"
    ren = cast.ren()
    lost = taskwork.reject(taskwork.submitted(plain, worker=ren))
    tasks.accept_rejection(claim=lost, by=by(ren), at=LATER)
    refused("task_rate_too_low", claim(rated, ren))


def test_claims_before_and_after_the_time() -> None:
    task = taskwork.open_task(opens_at=START + timedelta(days=1))
    refused("task_not_yet_open", claim(task))
    task = taskwork.open_task()
    refused("task_not_open", claim(task, at=CLOSES_AT))
    taskwork.close(task)
    refused("task_not_open", claim(task))


def test_places_and_rounds_are_counted() -> None:
    task = taskwork.open_task(slots_count=2)
    first = taskwork.claim(task)
    assert taskwork.claim(task).pk == first.pk, "twice, one place"
    taskwork.submit(first)
    refused("task_rounds_used", claim(task))
    taskwork.claim(task, worker=cast.ren())
    refused("task_all_busy", claim(task, cast.sakura()))


def test_an_answer_is_taken_once_and_from_its_worker() -> None:
    held = taskwork.claim()
    answers = taskwork.given()
    refused("not_visible", lambda: tasks.submit(claim=held, given=answers, by=by(cast.ren()), at=LATER))
    refused("not_visible", lambda: tasks.submit(claim=held, given=answers, by=by(cast.minato()), at=LATER))
    taskwork.submit(held)
    refused("claim_already_answered", lambda: tasks.submit(claim=held, given=answers, by=by(cast.hanako()), at=LATER))
    refused("move_not_allowed", lambda: tasks.give_back(claim=held, by=by(cast.hanako()), at=LATER))


def test_after_the_time_an_answer_is_taken_while_a_place_is_free() -> None:
    task = taskwork.open_task(slots_count=1)
    held = taskwork.claim(task)
    over = held.reserved_until
    timers.run(at=over)
    held = Claim.objects.get(pk=held.pk)
    assert (held.status, Slot.objects.get(task=task).number) == ("lapsed", held.slot_number)
    other = taskwork.claim(task, worker=cast.ren(), at=over)
    submit = lambda: tasks.submit(claim=held, given=taskwork.given(), by=by(cast.hanako()), at=over)  # noqa: E731
    refused("claim_ran_out", submit)
    tasks.give_back(claim=other, by=by(cast.ren()), at=over)
    assert taskwork.submit(held, at=over).status == "submitted"
    assert not Slot.objects.filter(task=task).exists()


def test_after_the_time_and_the_close_it_is_not() -> None:
    task = taskwork.open_task()
    held = taskwork.claim(task)
    timers.run(at=held.reserved_until)
    taskwork.close(task, at=held.reserved_until)
    held = Claim.objects.get(pk=held.pk)
    submit = lambda: tasks.submit(  # noqa: E731
        claim=held, given=taskwork.given(), by=by(cast.hanako()), at=held.reserved_until
    )
    refused("claim_ran_out_closed", submit)


def test_late_but_the_sweeper_was_not_there_yet() -> None:
    held = taskwork.claim()
    assert taskwork.submit(held, at=held.reserved_until + timedelta(seconds=30)).status == "submitted"


def test_what_was_answered_already_is_not_taken_again_unless_it_was_refused() -> None:
    task = taskwork.open_task()
    first = taskwork.submit(taskwork.claim(task), q1="珈琲館 １号店")
    held = taskwork.claim(task, worker=cast.ren())
    same = taskwork.given(q1="珈琲館1号店")
    refused("answer_seen", lambda: tasks.submit(claim=held, given=same, by=by(cast.ren()), at=LATER))
    tasks.accept_rejection(claim=taskwork.reject(first), by=by(cast.hanako()), at=LATER)
    tasks.submit(claim=held, given=same, by=by(cast.ren()), at=LATER)
    assert Claim.objects.get(pk=held.pk).status == "submitted"


def test_rejecting_within_the_cap_with_a_reason() -> None:
    task = taskwork.open_task(slots_count=10)
    answers = [taskwork.submitted(task, worker=worker) for worker in taskwork.workers(4)]
    minato = by(cast.minato())
    for reason, text, code in (
        ("", "違います", "claim_reason_missing"),
        ("wrong", " ", "claim_reason_text_missing"),
        ("wrong", "あ" * 1_001, "claim_text_too_long"),
    ):
        refused(code, lambda r=reason, t=text: tasks.reject(claim=answers[0], reason=r, text=t, by=minato, at=LATER))
    hanako = by(cast.hanako())
    refused("not_visible", lambda: tasks.reject(claim=answers[0], reason="wrong", text="x", by=hanako, at=LATER))
    for answer in answers[:3]:
        taskwork.reject(answer)
    refused("claim_cap_reached", lambda: taskwork.reject(answers[3]))
    refused("claim_overtaken", lambda: taskwork.approve(answers[0]))
    taskwork.approve(answers[3])
    refused("claim_nothing_to_approve", lambda: taskwork.approve(answers[3]))
    refused("claim_overtaken", lambda: taskwork.reject(answers[3]))
    seen = {"seen_at": LATER, "by": minato, "at": LATER}
    refused("claim_nothing_to_approve", lambda: tasks.approve_all(task=task, **seen))


def test_answers_of_another_task_are_not_approved_with_it() -> None:
    one, other = taskwork.open_task(), taskwork.open_task()
    done = taskwork.submitted(one)
    ids = [done.pk]
    refused("not_visible", lambda: tasks.approve(task=other, claim_ids=ids, by=by(cast.minato()), at=LATER))


def test_objections_in_time_and_once() -> None:
    rejected = taskwork.reject(taskwork.submitted())
    over = rejected.appeal_by
    refused("claim_appeal_text_missing", lambda: tasks.appeal(claim=rejected, text="", by=by(cast.hanako()), at=LATER))
    refused("claim_appeal_over", lambda: tasks.appeal(claim=rejected, text="x", by=by(cast.hanako()), at=over))
    refused("claim_not_yours", lambda: tasks.appeal(claim=rejected, text="x", by=by(cast.minato()), at=LATER))
    objected = taskwork.appeal(rejected)
    refused("move_not_allowed", lambda: tasks.appeal(claim=objected, text="x", by=by(cast.hanako()), at=LATER))
    support = by(cast.offices()["support"])
    decide = {"claim": objected, "is_good": True, "at": LATER}
    refused("task_staff_only", lambda: tasks.decide(**decide, text="x", by=support))
    finance = by(cast.offices()["finance"])
    refused("claim_decision_text_missing", lambda: tasks.decide(**decide, text=" ", by=finance))
    tasks.decide(**decide, text="よい回答です。", by=finance)
    refused("move_not_allowed", lambda: tasks.decide(**decide, text="x", by=finance))


def test_drafts_and_money() -> None:
    draft = taskwork.draft_task(questions=())
    minato, hanako = by(cast.minato()), by(cast.hanako())
    refused("task_no_questions", lambda: taskwork.start_payment(draft))
    refused("not_visible", lambda: tasks.discard(task=draft, by=hanako, at=START))
    ready = taskwork.draft_task()
    refused("task_closes_past", lambda: taskwork.start_payment(ready, at=CLOSES_AT))
    paid = taskwork.pay(ready)
    field = Field(key="", kind="short", label="?")
    refused("task_not_draft", lambda: tasks.add_question(task=paid, field=field, by=minato, at=START))
    refused("task_not_draft", lambda: tasks.change(task=paid, draft=taskwork.TASK, by=minato, at=START))
    refused("task_not_draft", lambda: tasks.discard(task=paid, by=minato, at=START))
    refused("task_not_yours", lambda: tasks.close(task=paid, by=hanako, at=START))
    taskwork.close(paid)
    refused("task_not_closable", lambda: tasks.close(task=paid, by=minato, at=LATER))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"price_yen": 9}, "task_price_too_small"),
        ({"price_yen": 10, "slots_count": 9}, "task_sum_too_small"),
        ({"slots_count": 10_001}, "task_slots_outside"),
        ({"price_yen": 500_000_000, "slots_count": 10_000}, "task_sum_too_large"),
        ({"repeats_max": 6}, "task_repeats_outside"),
        ({"minutes": 0}, "task_minutes_outside"),
        ({"approval_bps_min": 20_000}, "task_rate_outside"),
        ({"closes_at": START}, "task_closes_past"),
        ({"opens_at": CLOSES_AT}, "task_opens_after_closing"),
        ({"closes_at": START + timedelta(days=400)}, "task_closes_too_late"),
        ({"title": " "}, "title_missing"),
    ],
)
def test_drafts_that_are_not_kept(changes: dict, code: str) -> None:
    cast.minato()
    refused(code, lambda: taskwork.draft_task(questions=(), **changes))


SHORT = Field(key="q1", kind="short", label="?", length_min=2, length_max=5)
NUMBER = Field(key="q1", kind="number", label="?", low=1, high=9)
CHOICES = Field(key="q1", kind="choices", label="?", options=("あ", "い"))


@pytest.mark.parametrize(
    ("field", "typed", "kept", "code"),
    [
        (SHORT, ["  珈琲\t館 "], "珈琲 館", ""),
        (SHORT, ["あ"], None, "answer_too_short"),
        (SHORT, ["ああああああ"], None, "answer_too_long"),
        (SHORT, [], None, "answer_missing"),
        (NUMBER, ["　３"], "3", ""),
        (NUMBER, ["3.50"], "3.5", ""),
        (NUMBER, ["1.0000000"], "1", ""),
        (NUMBER, ["1.123456"], "1.123456", ""),
        (NUMBER, ["1.1234567"], None, "answer_number_too_fine"),
        (NUMBER, ["1e-1000000"], None, "answer_number_too_fine"),
        (Field(key="q1", kind="number", label="?"), ["0e-1000000"], "0", ""),
        (NUMBER, ["10"], None, "answer_number_outside"),
        (NUMBER, ["nan"], None, "answer_not_a_number"),
        (NUMBER, ["1e9999"], None, "answer_not_a_number"),
        (NUMBER, ["1e1000000"], None, "answer_not_a_number"),
        (NUMBER, ["1_000"], None, "answer_not_a_number"),
        (NUMBER, ["-1e999999999999999999"], None, "answer_not_a_number"),
        (NUMBER, ["三"], None, "answer_not_a_number"),
        (CHOICES, ["い", "あ"], ["あ", "い"], ""),
        (CHOICES, ["う"], None, "answer_not_an_option"),
        (Field(key="q1", kind="choice", label="?", options=("あ", "い")), ["う"], None, "answer_not_an_option"),
        (Field(key="q1", kind="url", label="?"), ["https://example.jp/a"], "https://example.jp/a", ""),
        (Field(key="q1", kind="url", label="?"), ["javascript:alert(1)"], None, "answer_not_a_url"),
        (Field(key="q1", kind="url", label="?"), ["https://[::1"], None, "answer_not_a_url"),
        (Field(key="q1", kind="long", label="?", required=False), [""], None, ""),
        (Field(key="q1", kind="file", label="?"), [], None, "answer_file_missing"),
    ],
)
def test_what_may_be_answered(field: Field, typed: list[str], kept: object, code: str) -> None:
    answers, refusals = fields.read([field], {"q1": typed}, {})
    assert (answers.get("q1"), refusals["q1"].code if refusals else "") == (kept, code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "song"}, "kind_unknown"),
        ({"label": ""}, "label_missing"),
        ({"label": "あ" * 201}, "label_too_long"),
        ({"help": "あ" * 501}, "help_too_long"),
        ({"options": ("あ",)}, "options_missing"),
        ({"options": tuple(map(str, range(51)))}, "options_too_many"),
        ({"options": ("あ", "い" * 201)}, "option_too_long"),
        ({"options": ("あ", "あ")}, "options_twice"),
        ({"kind": "short", "length_max": 501}, "lengths_wrong"),
        ({"kind": "short", "length_min": 3, "length_max": 2}, "lengths_wrong"),
        ({"kind": "number", "low": 3, "high": 2}, "bounds_wrong"),
    ],
)
def test_what_a_question_may_not_be(changes: dict, code: str) -> None:
    task = taskwork.draft_task(questions=())
    field = replace(Field(key="", kind="choice", label="?", options=("あ", "い")), **changes)
    refused(code, lambda: tasks.add_question(task=task, field=field, by=by(cast.minato()), at=START))


def test_the_same_said_in_other_characters_is_the_same() -> None:
    url = Field(key="q1", kind="url", label="?")
    assert fields.digest(url, "https://Example.jp/a/#x") == fields.digest(url, "http://example.jp/a")
    assert fields.digest(SHORT, "ＡＢ ｃ") == fields.digest(SHORT, "abC")
    assert fields.digest(SHORT, "abc") != fields.digest(SHORT, "abd")


def test_a_frozen_payment_stops_places_and_approvals_but_not_answers() -> None:
    from nakadachi.money.escrow import freezing
    from nakadachi.money.payments.models import Payment

    task = taskwork.open_task()
    held, done = taskwork.claim(task), taskwork.submitted(task, worker=cast.ren())
    payment = Payment.objects.get(purpose_id=task.hold_id)
    freezing.freeze(hold=task.hold, payment=payment, by=SYSTEM, at=LATER)
    refused("task_frozen", claim(task, cast.sakura()))
    refused("hold_frozen", lambda: taskwork.approve(done))
    assert taskwork.submit(held).status == "submitted"
    freezing.unfreeze(hold=task.hold, payment=payment, by=SYSTEM, at=LATER)
    assert taskwork.approve(done).status == "approved"
    assert Actor.member(held.worker_id).is_member(held.worker_id)
