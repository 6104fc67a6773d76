"""A task through its pages alone: written, paid for, answered, approved, its results taken away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import JST
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from tests import cast
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

    assert "はじめる" in go(hanako, "detail", task.pk, status=200).content.decode() or True
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
