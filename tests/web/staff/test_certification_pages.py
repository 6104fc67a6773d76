"""Certified and withdrawn by the console's pages; what others and the member see of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.market.tasks.models import Task
from nakadachi.people.standing.certifying import certify
from nakadachi.people.standing.queries import standing_of
from nakadachi.people.standing.sanctions import suspend
from nakadachi.search.indexing import reindex
from tests import cast, taskwork, walk
from tests.jobs import TELLING, run_jobs
from tests.logins import log_in
from tests.market.state import fingerprint
from tests.web.tasks.test_task_walk_pages import basics

pytestmark = pytest.mark.django_db

REASON = "検収された記事が20本、非承認はありません。"
WHY = "<b>規約第8条</b>に反する勧誘がありました。"
BADGE = '<span class="chip chip--good">認定</span>'


@pytest.fixture
def support(client):
    person = cast.offices()["support"]
    client.force_login(person)
    return person


def text(answer) -> str:
    return answer.content.decode()


def address(name: str, member) -> str:
    return reverse(f"staff:members:{name}", args=[member.pk])


def certified(member):
    certify(member=member, reason=REASON, by=cast.by(cast.tanaka()), at=now())
    return member


def test_certified_and_withdrawn_by_the_pages(client, support):
    person = cast.hanako()
    sheet = address("detail", person)
    assert "会員を認定する" in text(client.get(sheet))
    page = address("certification", person)
    assert "認定する理由" in text(client.get(page))
    for nothing in ("", " ", "\u3000"):
        assert client.post(page, {"reason": nothing}).status_code == 422
    assert standing_of(person.pk).certified_at is None
    assert client.post(page, {"reason": REASON}).url == sheet
    shown = text(client.get(sheet))
    assert BADGE in shown
    assert "認定した担当者</dt><dd>事務局(support)" in shown
    assert "会員を認定する" not in shown
    assert "認定した担当者" not in text(client.get(address("detail", cast.ren())))
    before = fingerprint()
    again = client.post(page, {"reason": "もう一度 <i>"})
    assert again.status_code == 409
    assert "もう一度 &lt;i&gt;" in text(again), "what was typed is kept"
    assert "すでに認定されています" in text(client.get(page))
    assert fingerprint() == before
    withdrawal = address("withdrawal", person)
    assert client.post(withdrawal, {"reason": " "}).status_code == 422
    assert client.post(withdrawal, {"reason": "あ" * 1_001}).status_code == 422
    assert standing_of(person.pk).certified_at is not None
    assert client.post(withdrawal, {"reason": WHY}).url == sheet
    assert BADGE not in text(client.get(sheet))
    assert client.post(withdrawal, {"reason": WHY}).status_code == 409
    kinds = ["member.certified", "member.certification_withdrawn"]
    assert list(Event.objects.filter(kind__in=kinds).order_by("id").values_list("kind", flat=True)) == kinds


def test_the_member_reads_it_in_the_notices_and_settings(client, support):
    person = cast.hanako()
    client.post(address("certification", person), {"reason": REASON})
    client.post(address("withdrawal", person), {"reason": WHY})
    run_jobs(*TELLING)
    client.force_login(person)
    notices = text(client.get(reverse("notices:list")))
    assert "認定メンバーになりました" in notices
    assert "&lt;b&gt;規約第8条&lt;/b&gt;に反する勧誘がありました。" in notices
    assert "作業中のタスク、報酬には影響しません" in notices
    assert REASON not in notices
    settings = reverse("settings:verification")
    assert "未認定" in text(client.get(settings))
    certified(person)
    assert BADGE in text(client.get(settings))
    assert " / 認定" in text(client.get(reverse("settings:home")))


def test_nobody_else_finds_these_pages(client):
    person, ren, offices = cast.hanako(), cast.ren(), cast.offices()
    for who in (person, ren, offices["finance"]):
        client.force_login(who)
        before = fingerprint()
        for name in ("certification", "withdrawal"):
            assert client.get(address(name, person)).status_code == 404
            assert client.post(address(name, person), {"reason": REASON}).status_code == 404
        assert fingerprint() == before
    assert standing_of(person.pk).certified_at is None


def test_the_section_says_why_there_is_no_button(client, support):
    assert "会員を認定する" not in text(client.get(address("detail", support))), "oneself"
    person = cast.hanako()
    suspend(member=person, reason="調査中です。", by=cast.by(support), at=now())
    sheet = text(client.get(address("detail", person)))
    assert "会員を認定する" not in sheet
    assert "利用停止中・退会の予約中・退会済みの会員は認定できません" in sheet
    assert "先に利用停止を解除してください" in text(client.get(address("certification", person)))
    client.force_login(cast.offices()["finance"])
    certified(cast.ren())
    sheet = text(client.get(address("detail", cast.ren())))
    assert "認定した担当者" in sheet
    assert "認定を取り消す" not in sheet


def test_the_list_shows_the_badge_and_can_be_narrowed(client, support):
    certified(cast.ren())
    cast.hanako()
    found = client.get("/staff/members/", {"certified": "on"})
    assert [row.member for row in found.context["rows"]] == [cast.ren()]
    assert BADGE in text(found)


def test_clients_see_the_badge_beside_names_without_further_queries(client, django_assert_max_num_queries):
    job = walk.open_job(at=now())
    for number in range(5):
        worker = certified(cast.person(f"w{number}@example.jp", f"働き手{number}"))
        made = walk.proposal(job, worker=worker, at=now())
    walk.proposal(job, worker=cast.ren(), at=now())
    log_in(client, job.client)
    with django_assert_max_num_queries(8):
        page = text(client.get(f"/jobs/{job.pk}/proposals/"))
    assert page.count(BADGE) == 5
    with django_assert_max_num_queries(8):
        assert text(client.get(f"/proposals/{made.pk}/")).count(BADGE) == 1
    certified(job.client)
    assert BADGE in text(client.get(f"/jobs/{job.pk}/"))


def test_a_task_says_for_whom_it_is_and_how_one_gets_there(client, django_assert_max_num_queries):
    task = taskwork.open_task(certified_only=True, at=now(), closes_at=now() + timedelta(days=10))
    taskwork.open_task(at=now(), closes_at=now() + timedelta(days=10))
    reindex()
    with django_assert_max_num_queries(6):
        listed = text(client.get("/jobs/"))
    assert listed.count("認定限定") == 1
    client.force_login(cast.ren())
    page = text(client.get(f"/tasks/{task.pk}/"))
    assert "認定限定" in page
    assert "<dd>認定メンバー</dd>" in page
    assert "ご希望の方は、お問い合わせからご連絡ください" in page
    assert f'href="{reverse("settings:verification")}">本人確認と認定について' in page
    certified(cast.ren())
    assert "ご希望の方は" not in text(client.get(f"/tasks/{task.pk}/"))
    client.force_login(task.client)
    assert "<dd>認定メンバー(現在1人)</dd>" in text(client.get(f"/tasks/{task.pk}/"))


def test_the_form_says_how_many_could_answer(client):
    minato = cast.minato()
    client.force_login(minato)
    assert "認定メンバー(現在0人)" in text(client.get(reverse("tasks:new")))
    certified(minato)
    assert "認定メンバー(現在0人)" in text(client.get(reverse("tasks:new"))), "one's own task is not for oneself"
    certified(cast.hanako())
    assert "認定メンバー(現在1人)" in text(client.get(reverse("tasks:new")))
    asked = {**basics(who="certified"), "request_key": str(uuid4())}
    assert client.post(reverse("tasks:new"), {**asked, "price_yen": "0"}).status_code == 422
    edit = client.post(reverse("tasks:new"), asked).url
    task = Task.objects.get()
    assert task.certified_only
    assert edit == reverse("tasks:questions", args=[task.pk])
    form = client.get(reverse("tasks:edit", args=[task.pk])).context["form"]
    assert form["who"].value() == "certified"
