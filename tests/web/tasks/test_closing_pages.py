"""What the client reads before closing a task, to the yen; bounds below zero; two tabs that hand in one answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.kernel.money import Yen
from nakadachi.market.tasks import actions, pricing
from nakadachi.market.tasks.fields import NUMBER
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.escrow.models import Hold
from nakadachi.web.ui.figures import yen
from tests import cast, taskwork
from tests.cast import by
from tests.web.tasks.test_task_walk_pages import as_member, question

pytestmark = pytest.mark.django_db
CHARGED_YEN, PAID_YEN = 633, 127
"""Five answers at ¥120 with the client's 5.5 %, and one of them."""


@pytest.fixture
def task() -> Task:
    """Of five places one is approved, one waits."""
    found = taskwork.open_task(
        at=now(), closes_at=now() + timedelta(days=7), repeats_max=5, price_yen=120, slots_count=5
    )
    taskwork.approve(taskwork.submitted(found, at=now()), at=now())
    taskwork.submitted(found, at=now())
    return taskwork.fresh(found)


def read(name: str, task: Task) -> str:
    return as_member(cast.minato()).get(reverse(f"tasks:{name}", args=[task.pk])).content.decode()


def range_of(task: Task, undecided: int) -> tuple[Yen, Yen]:
    assert task.hold is not None
    return pricing.refund_range_yen(task.hold, undecided)


def closed(task: Task) -> Task:
    answer = as_member(cast.minato()).post(reverse("tasks:closing", args=[task.pk]))
    assert answer.status_code == 302
    return taskwork.fresh(task)


def test_the_page_before_closing_says_what_goes_back(task) -> None:
    least, most = range_of(task, 1)
    assert (least, most) == (CHARGED_YEN - 2 * PAID_YEN + 1, CHARGED_YEN - PAID_YEN)
    page = read("closing", task)
    assert "結果の決まっていない枠が1件" in page
    assert yen(least) in page
    assert yen(most) in page
    page = read("detail", closed(task))
    assert yen(least) in page
    assert yen(most) in page


def test_when_all_is_approved_the_least_of_it_went_back(task) -> None:
    least, _most = range_of(task, 1)
    task = closed(task)
    taskwork.approve(Claim.objects.get(task=task, status="submitted"), at=now())
    task = taskwork.fresh(task)
    assert (task.status, task.hold.refunded_yen) == ("done", least)
    assert yen(least) in read("detail", task)


def test_when_none_is_the_most_of_it(task) -> None:
    _least, most = range_of(task, 1)
    task = closed(task)
    lost = taskwork.reject(Claim.objects.get(task=task, status="submitted"), at=now())
    actions.accept_rejection(claim=lost, by=by(cast.hanako()), at=now())
    task = taskwork.fresh(task)
    assert (task.status, task.hold.refunded_yen) == ("done", most)


def test_with_nothing_undecided_it_is_one_sum(task) -> None:
    taskwork.approve(Claim.objects.get(task=task, status="submitted"), at=now())
    task = taskwork.fresh(task)
    least, most = range_of(task, 0)
    assert least == most
    assert f"{yen(most)}をカードに返金します。" in read("closing", task)
    assert closed(task).hold.refunded_yen == most


def test_nothing_is_promised_while_the_card_company_decides(task) -> None:
    assert "カードに返金" in read("closing", task)
    Hold.objects.filter(pk=task.hold_id).update(status="frozen", is_disputed=True)
    assert "カードに返金" not in read("closing", task)
    assert "カードに返金" not in read("detail", closed(task))


@pytest.mark.parametrize(
    ("low", "high", "kept"),
    [
        ("-100", "100", (-100, 100)),
        ("－１００", "−1", (-100, -1)),
        ("", "-5", (None, -5)),
        ("1" * 15, "", (int("1" * 15), None)),
    ],
)
def test_bounds_may_lie_below_zero(low, high, kept) -> None:
    task = taskwork.draft_task()
    asked = as_member(cast.minato()).post(
        reverse("tasks:questions", args=[task.pk]), question(kind=NUMBER, label="気温", low=low, high=high)
    )
    assert asked.status_code == 302
    made = taskwork.fresh(task).form[-1]
    assert (made.low, made.high) == kept


@pytest.mark.parametrize("typed", ["1.5", "--1", "-", "1-", "九", "1" * 16])
def test_what_is_no_whole_number_bounds_nothing(typed) -> None:
    task = taskwork.draft_task()
    before = task.fields
    asked = as_member(cast.minato()).post(
        reverse("tasks:questions", args=[task.pk]), question(kind=NUMBER, label="気温", low=typed, high="")
    )
    assert asked.status_code == 422
    assert "15桁までの整数を数字で入力してください" in asked.content.decode()
    assert f'value="{typed}"' in asked.content.decode()
    assert taskwork.fresh(task).fields == before


def test_the_slower_of_two_tabs_is_led_to_the_answer(monkeypatch) -> None:
    """Both saw a place that was held; the other one's answer arrives in between."""
    held = taskwork.claim(taskwork.open_task(at=now(), closes_at=now() + timedelta(days=7)), at=now())
    submit = actions.submit

    def after_the_other(**given):
        submit(**given)
        return submit(**given)

    monkeypatch.setattr(actions, "submit", after_the_other)
    browser: Client = as_member(cast.hanako())
    answer = browser.post(
        reverse("tasks:work", args=[held.task_id, held.pk]), {"q1": "珈琲館", "q2": "深煎り"}, follow=True
    )
    assert answer.redirect_chain == [(reverse("tasks:answer", args=[held.task_id, held.pk]), 302)]
    assert "すでに提出済みです" in answer.content.decode()
    assert Claim.objects.filter(task=held.task_id).count() == 1
