"""Each refusal, by its code; none of them changes anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.conf import settings

from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.models import MILESTONES_MAX
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.money.payments.gateways.sandbox.cards import DECLINED
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
TODAY = jst_date(walk.START)
LONG = "長" * (TEXT_LENGTH_MAX + 1)


def refused(act: Callable[..., object], *args: object, **arguments: object) -> str:
    """The code of the refusal; everything must be as before."""
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        act(*args, **arguments)
    assert fingerprint() == before
    return caught.value.refusal.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category": "gambling"}, "category_unknown"),
        ({"title": " \u200b "}, "title_missing"),
        ({"title": "題" * 101}, "title_too_long"),
        ({"description": "\n\n"}, "description_missing"),
        ({"description": LONG}, "text_too_long"),
        ({"requirements": LONG}, "text_too_long"),
        ({"budget_min_yen": 0}, "budget_too_small"),
        ({"budget_min_yen": -1}, "budget_too_small"),
        ({"budget_min_yen": 99}, "budget_too_small"),
        ({"budget_min_yen": 30_001}, "budget_upside_down"),
        ({"budget_max_yen": AMOUNT_YEN_MAX}, "budget_too_large"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closes_past"),
        ({"closes_on": TODAY + timedelta(days=366)}, "closes_too_late"),
        ({"delivery_on": walk.JOB.closes_on}, "delivery_too_early"),
        ({"hires_max": 0}, "hires_outside"),
        ({"hires_max": 26}, "hires_outside"),
        ({"char_rate_sen": 0}, "char_rate_outside"),
    ],
)
def test_a_job_that_cannot_be_posted(changes: dict, code: str) -> None:
    minato = cast.minato()
    draft = replace(walk.JOB, **changes)
    key = uuid4()
    assert refused(jobs.write, client=minato, draft=draft, request_key=key, by=by(minato), at=walk.START) == code


def test_markup_and_strange_letters_are_kept_as_text() -> None:
    text = "<script>alert(1)</script> {{ 7*7 }} 髙﨑①㈱𠮷ｱ 🍵\x00\u202e"
    job = walk.open_job(title=text, description=text)
    assert job.title == "<script>alert(1)</script> {{ 7*7 }} 髙﨑①㈱𠮷ｱ 🍵"


def test_a_published_job_is_not_edited() -> None:
    job = walk.open_job()
    assert refused(jobs.change, job=job, draft=walk.JOB, by=by(job.client), at=walk.START) == "job_not_draft"


def test_a_draft_whose_day_has_passed_is_not_published() -> None:
    job = walk.draft_job()
    late = walk.START + timedelta(days=30)
    assert refused(jobs.publish, job=job, by=by(job.client), at=late) == "closes_past"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"approach": "  "}, "approach_missing"),
        ({"approach": LONG}, "text_too_long"),
        ({"introduction": LONG}, "text_too_long"),
        ({"amount_yen": 0}, "amount_too_small"),
        ({"amount_yen": 99}, "amount_too_small"),
        ({"amount_yen": AMOUNT_YEN_MAX}, "amount_too_large"),
        ({"deliver_on": TODAY}, "delivery_past"),
        ({"deliver_on": TODAY + timedelta(days=731)}, "delivery_too_late"),
    ],
)
def test_a_proposal_that_cannot_be_sent(changes: dict, code: str) -> None:
    job, hanako = walk.open_job(), cast.hanako()
    draft = replace(walk.PROPOSAL, **changes)
    key = uuid4()
    act = partial(sourcing.send, job=job, worker=hanako, draft=draft, request_key=key, by=by(hanako), at=walk.START)
    assert refused(act) == code


def test_who_may_not_propose() -> None:
    job = walk.open_job()
    walk.proposal(job)
    cast.ren()
    assert refused(walk.proposal, job) == "already_proposed"
    assert refused(walk.proposal, job, worker=job.client) == "own_job"
    assert refused(walk.proposal, job, worker=cast.ren(), at=walk.START + timedelta(days=15)) == "job_not_open"
    closed = walk.closed_job()
    assert refused(walk.proposal, closed, worker=cast.ren()) == "job_not_open"


def test_after_withdrawing_one_may_propose_anew() -> None:
    first = walk.proposal()
    sourcing.withdraw(proposal=first, by=by(first.worker), at=walk.START)
    assert walk.proposal(first.job).pk != first.pk


def test_a_chosen_proposal_is_answered_not_withdrawn() -> None:
    chosen = walk.offered().proposal
    hanako = by(cast.hanako())
    assert refused(sourcing.withdraw, proposal=chosen, by=hanako, at=walk.START) == "already_chosen"


GOOD = MilestoneDraft("原稿", 10_000, walk.DUE_ON)


@pytest.mark.parametrize(
    ("scope", "milestones", "code"),
    [
        ("", [GOOD], "scope_missing"),
        (LONG, [GOOD], "scope_too_long"),
        ("記事", [], "milestones_missing"),
        ("記事", [GOOD] * (MILESTONES_MAX + 1), "too_many_milestones"),
        ("記事", [replace(GOOD, title=" ")], "milestone_title_missing"),
        ("記事", [replace(GOOD, title="題" * 101)], "milestone_title_too_long"),
        ("記事", [replace(GOOD, amount_yen=99), replace(GOOD, amount_yen=9_901)], "milestone_too_small"),
        ("記事", [replace(GOOD, amount_yen=-5), replace(GOOD, amount_yen=10_005)], "milestone_too_small"),
        ("記事", [replace(GOOD, amount_yen=AMOUNT_YEN_MAX)], "amount_too_large"),
        ("記事", [replace(GOOD, due_on=TODAY)], "milestone_due_past"),
        ("記事", [replace(GOOD, due_on=date(2029, 1, 1))], "milestone_due_too_late"),
        ("記事", [replace(GOOD, amount_yen=9_999)], "sum_differs"),
        ("記事", [GOOD, GOOD], "sum_differs"),
    ],
)
def test_an_offer_that_cannot_be_made(scope: str, milestones: list, code: str) -> None:
    sent = walk.proposal()
    client = by(cast.minato())
    act = partial(contracts.offer, proposal=sent, scope=scope, milestones=milestones, by=client, at=walk.START)
    assert refused(act) == code


def test_nobody_is_offered_a_place_that_another_may_still_take() -> None:
    job = walk.open_job()
    second = walk.proposal(job, worker=cast.ren())
    walk.offered(job=job)
    client = by(cast.minato())
    act = partial(contracts.offer, proposal=second, scope="記事", milestones=[GOOD], by=client, at=walk.START)
    assert refused(act) == "hires_full"


def test_an_offer_is_answered_in_time_and_while_its_dates_lie_ahead() -> None:
    contract = walk.offered(due_on=TODAY + timedelta(days=2))
    hanako = by(cast.hanako())
    answer = partial(contracts.confirm, contract=contract, by=hanako)
    assert refused(answer, at=contract.answer_by) == "answer_too_late"
    assert refused(answer, at=walk.START + timedelta(days=3)) == "due_passed"
    assert answer(at=walk.START + timedelta(days=2)).status == "active"


def test_work_before_the_money_is_set_aside() -> None:
    milestone = walk.milestone(walk.agreed())
    assert refused(walk.deliver, milestone) == "milestone_not_funded"
    hanako = by(cast.hanako())
    assert refused(contracts.hand_back, milestone=milestone, by=hanako, at=walk.START) == "milestone_not_funded"


def test_a_declined_card_leaves_the_milestone_unfunded_and_another_card_works() -> None:
    milestone = walk.milestone(walk.agreed())
    assert walk.pay(milestone, card=DECLINED).status == "declined"
    assert not walk.milestone(milestone.contract).is_funded
    assert walk.pay(milestone).status == "captured"
    assert refused(walk.pay, milestone) == "already_funded"
    assert_clean()


def test_a_second_try_while_a_payment_is_being_processed() -> None:
    milestone = walk.milestone(walk.agreed())
    client = by(cast.minato())
    payment = contracts.start_funding(milestone=milestone, request_key=uuid4(), by=client, at=walk.START)
    type(payment).objects.filter(pk=payment.pk).update(status="processing", processing_at=walk.START)
    key = uuid4()
    act = partial(contracts.start_funding, milestone=milestone, request_key=key, by=client, at=walk.START)
    assert refused(act) == "funding_in_process"
    contract, hanako = milestone.contract, by(cast.hanako())
    end = partial(contracts.end_alone, contract=contract, reason="都合", by=hanako, at=walk.START)
    assert refused(end) == "funding_in_process"


def test_deliveries_that_cannot_be_inspected() -> None:
    milestone = walk.funded()
    assert refused(walk.deliver, milestone, note=" ") == "delivery_empty"
    assert refused(walk.deliver, milestone, note=LONG) == "note_too_long"
    assert refused(walk.deliver, milestone, files=[walk.upload("空.txt", b"")]) == "file_empty"
    assert (
        refused(walk.deliver, milestone, files=[walk.upload()] * (settings.FILES_PER_OBJECT_MAX + 1))
        == "too_many_files"
    )
    delivered = walk.deliver(milestone, note="", files=[walk.upload("../../etc/passwd\x00.txt")])
    assert refused(walk.deliver, delivered) == "already_delivered"


def test_a_revision_needs_a_reason() -> None:
    milestone, client = walk.delivered(), by(cast.minato())
    revise = partial(contracts.request_revision, milestone=milestone, by=client, at=walk.START)
    assert refused(revise, reason="  ") == "reason_missing"
    assert refused(revise, reason=LONG) == "reason_too_long"


def test_endings_that_cannot_be_proposed() -> None:
    milestone = walk.funded([6_000, 4_000])
    contract, client = milestone.contract, by(cast.minato())

    def propose(settlement: dict[int, int], reason: str = "企画の変更") -> object:
        return contracts.propose_end(
            contract=contract, settlement=settlement, reason=reason, request_key=uuid4(), by=client, at=walk.START
        )

    second = walk.milestone(contract, 2)
    assert refused(propose, {milestone.pk: 0}, reason=" ") == "end_reason_missing"
    assert refused(propose, {}) == "settlement_incomplete"
    assert refused(propose, {milestone.pk: 0, second.pk: 0}) == "settlement_incomplete"
    assert refused(propose, {milestone.pk: -1}) == "settlement_outside"
    assert refused(propose, {milestone.pk: 6_001}) == "settlement_outside"
    alone = partial(contracts.end_alone, contract=contract, reason="都合", by=client, at=walk.START)
    assert refused(alone) == "end_money_held"
    propose({milestone.pk: 6_000})
    assert refused(propose, {milestone.pk: 6_000}) == "end_open"


def test_an_ending_that_no_longer_fits_is_overtaken() -> None:
    milestone = walk.funded([6_000, 4_000])
    end = walk.propose_end(milestone, 3_000)
    walk.pay(walk.milestone(milestone.contract, 2))
    end.refresh_from_db()
    assert end.status == "withdrawn"
    hanako = by(cast.hanako())
    assert refused(contracts.accept_end, end=end, by=hanako, at=walk.START) == "move_not_allowed"


def test_templates() -> None:
    hanako = cast.hanako()

    def keep(name: str, introduction: str = "はじめまして") -> object:
        return sourcing.keep_template(
            member=hanako, name=name, introduction=introduction, track_record="", by=by(hanako), at=walk.START
        )

    assert refused(keep, " ") == "template_name_missing"
    assert refused(keep, "名" * 61) == "template_name_too_long"
    assert refused(keep, "記事", " ") == "template_empty"
    for number in range(20):
        keep(f"記事{number}")
    keep("記事0", "書き直し")
    assert refused(keep, "もう一つ") == "too_many_templates"
