"""A task through its pages alone: written, paid for, answered, approved, its results taken away."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.closing.obstacles import obstacles_of
from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import JST
from nakadachi.market.tasks.fields import NUMBER, SHORT, Field
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.search.indexing import reindex
from tests import cast, taskwork
from tests.logins import log_in
from tests.market.test_happy_path import balance_yen

pytestmark = pytest.mark.django_db


def as_member(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def basics(**changes: object) -> dict[str, object]:
    closes = (now() + timedelta(days=7)).astimezone(JST)
    return {
        "category": "office",
        "title": "珈琲店の看板メニュー",
        "description": "看板メニューを1つ教えてください。",
        "price_yen": "120",
        "slots_count": "5",
        "repeats_max": "2",
        "minutes": "5",
        "who": "anybody",
        "rate": "",
        "opens_at": "",
        "closes_at": f"{closes:%Y-%m-%dT%H:%M}",
        **changes,
    }


def question(**changes: object) -> dict[str, object]:
    return {"label": "お店の名前", "kind": "short", "help": "", "required": "on", "options": "", **changes}


def go(client: Client, name: str, *args: object, data: dict | None = None, status: int = 302):
    url = reverse(f"tasks:{name}", args=args)
    answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_the_whole_way() -> None:
    minato, hanako = as_member(cast.minato()), as_member(cast.hanako())
    assert "タスク" in minato.get("/jobs/new/").content.decode()
    go(minato, "new", status=200)
    go(minato, "new", data=basics())
    task = Task.objects.get()
    go(minato, "questions", task.pk, status=200)
    go(minato, "questions", task.pk, data=question(unique="on"))
    go(minato, "questions", task.pk, data=question(label="味", kind="choice", options="深煎り\n浅煎り"))
    go(minato, "question_up", task.pk, "q2", data={})
    task.refresh_from_db()
    assert [field["key"] for field in task.fields] == ["q2", "q1"]
    go(minato, "questions", task.pk, status=200)
    go(minato, "question", task.pk, "q1", status=200)
    go(minato, "question", task.pk, "q1", data=question(label="店名", unique="on"))
    assert "店名" in go(minato, "detail", task.pk, status=200).content.decode()
    go(hanako, "detail", task.pk, status=404)
    assert "633" in go(minato, "funding", task.pk, status=200).content.decode()
    paid = go(minato, "funding", task.pk, data={"card_number": SUCCESS})
    minato.get(paid.url)
    task.refresh_from_db()
    assert task.status == "open"

    assert "作業を始める" in go(hanako, "detail", task.pk, status=200).content.decode()
    taken = go(hanako, "claim", task.pk, data={})
    again = go(hanako, "claim", task.pk, data={})
    assert taken.url == again.url, "pressed twice, one place"
    claim = Claim.objects.get()
    page = go(hanako, "work", task.pk, claim.pk, status=200).content.decode()
    assert "店名" in page
    kept = go(hanako, "work", task.pk, claim.pk, data={"q1": "珈琲館"}, status=422).content.decode()
    assert "珈琲館" in kept, "what was typed stays"
    go(hanako, "work", task.pk, claim.pk, data={"q1": "珈琲館", "q2": "深煎り"})
    go(hanako, "work", task.pk, claim.pk, data={"q1": "珈琲館", "q2": "深煎り"})
    claim.refresh_from_db()
    assert (claim.status, claim.answers) == ("submitted", {"q2": "深煎り", "q1": "珈琲館"})
    go(hanako, "answer", task.pk, claim.pk, status=200)
    go(hanako, "mine", status=200)

    assert "珈琲館" in go(minato, "answers", task.pk, status=200).content.decode()
    go(minato, "answer", task.pk, claim.pk, status=200)
    go(minato, "approval", task.pk, data={"claim": str(claim.pk)})
    assert balance_yen(cast.hanako()) == 100
    table = b"".join(minato.get(reverse("tasks:results", args=[task.pk])).streaming_content).decode()
    assert table.startswith("\ufeff")
    assert "珈琲館" in table
    go(minato, "closing", task.pk, status=200)
    go(minato, "closing", task.pk, data={})
    task.refresh_from_db()
    assert task.status == "done"
    for name in ("detail", "answers"):
        go(minato, name, task.pk, status=200)
    go(hanako, "detail", task.pk, status=200)
    assert Client().get(reverse("tasks:detail", args=[task.pk])).status_code == 200


@pytest.mark.parametrize(("repeats_max", "way"), [(2, "次の回答をする"), (1, 'href="/jobs/?format=task"')])
def test_after_an_answer_the_page_says_what_comes_next(repeats_max: int, way: str) -> None:
    task = taskwork.open_task(at=now(), closes_at=now() + timedelta(days=7), repeats_max=repeats_max)
    hanako, held = as_member(cast.hanako()), taskwork.claim(task, at=now())
    answer = {"q1": "珈琲館", "q2": "深煎り"}
    after = hanako.get(go(hanako, "work", task.pk, held.pk, data=answer).url).content.decode()
    assert way in after


def test_what_waits_stands_on_the_pages_of_both() -> None:
    """要対応, 報酬管理, 退会 and the list of jobs know of tasks."""
    task = taskwork.open_task(at=now(), closes_at=now() + timedelta(days=7), repeats_max=5)
    minato, hanako = as_member(cast.minato()), as_member(cast.hanako())
    done, lost = (taskwork.submitted(task, at=now()) for _ in range(2))
    lost = taskwork.reject(lost, at=now())
    held = taskwork.claim(task, at=now())
    mine = hanako.get("/mypage/").content.decode()
    for claim, name in ((held, "work"), (lost, "answer")):
        assert reverse(f"tasks:{name}", args=[task.pk, claim.pk]) in mine
    assert reverse("tasks:answers", args=[task.pk]) in minato.get("/mypage/").content.decode()
    assert "タスクの回答1件" in hanako.get("/earnings/").content.decode()
    assert Counter(one.code for one in obstacles_of(cast.hanako(), now())) == {"task.pending": 3}
    assert Counter(one.code for one in obstacles_of(cast.minato(), now())) == {"task.open": 1, "task.pending": 1}
    for browser in (minato, hanako):
        assert task.job.title in browser.get("/settings/closing/").content.decode()
    reindex()
    found = hanako.get("/jobs/?format=task").content.decode()
    assert reverse("tasks:detail", args=[task.pk]) in found
    assert hanako.get(reverse("jobs:detail", args=[task.pk])).url == reverse("tasks:detail", args=[task.pk])
    taskwork.approve(done, at=now())
    assert task.job.title in hanako.get("/earnings/").content.decode()
    assert reverse("tasks:detail", args=[task.pk]) in minato.get(reverse("earnings:paid")).content.decode()


def test_a_rejected_answer_is_hidden_and_the_table_is_safe() -> None:
    task = taskwork.open_task(at=now(), closes_at=now() + timedelta(days=7), repeats_max=5)
    minato, hanako = as_member(cast.minato()), as_member(cast.hanako())
    good = taskwork.submit(taskwork.claim(task, at=now()), at=now(), q1='=HYPERLINK("http://x")')
    bad = taskwork.submit(taskwork.claim(task, at=now()), at=now(), q1="秘密の喫茶店")
    page = reverse("tasks:answer", args=[task.pk, bad.pk])
    assert "秘密の喫茶店" in minato.get(page).content.decode()
    data = {"reason": "wrong", "text": "実在しません。"}
    go(minato, "rejection", task.pk, bad.pk, data=data)
    taskwork.approve(good, at=now())
    assert "秘密の喫茶店" not in minato.get(page).content.decode()
    assert "秘密の喫茶店" in hanako.get(page).content.decode()
    table = b"".join(minato.get(reverse("tasks:results", args=[task.pk])).streaming_content).decode()
    assert "秘密の喫茶店" not in table
    assert "\"'=HYPERLINK" in table
    go(hanako, "appeal", task.pk, bad.pk, data={"text": "駅前にあります。"})
    office = Client()
    log_in(office, cast.tanaka())
    decide = reverse("staff:tasks:detail", args=[bad.pk])
    assert "秘密の喫茶店" in office.get(decide).content.decode()
    assert office.post(decide, {"outcome": "grant", "text": "実在します。"}).status_code == 302
    assert balance_yen(cast.hanako()) == 200
    assert "秘密の喫茶店" in minato.get(page).content.decode()


def test_a_number_below_zero_stays_a_number_in_the_table() -> None:
    asked = (Field(key="", kind=NUMBER, label="気温"), Field(key="", kind=SHORT, label="ひとこと"))
    task = taskwork.open_task(at=now(), closes_at=now() + timedelta(days=7), questions=asked)
    minato, hanako = as_member(cast.minato()), as_member(cast.hanako())
    held = taskwork.claim(task, at=now())
    go(hanako, "work", task.pk, held.pk, data={"q1": "1e1000000", "q2": "-5"}, status=422)
    go(hanako, "work", task.pk, held.pk, data={"q1": "−５", "q2": "-5"})
    taskwork.approve(held, at=now())
    table = b"".join(minato.get(reverse("tasks:results", args=[task.pk])).streaming_content).decode()
    assert table.endswith(",-5,'-5\r\n")
