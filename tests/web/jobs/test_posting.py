"""Writing, looking over, publishing and closing a posting."""

import re
from datetime import timedelta
from re import findall
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs import actions, queries
from nakadachi.market.jobs.models import Job
from tests import cast, walk

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>\"'&<b>x"


def today():
    return jst_date(now())


def typed(**changes) -> dict[str, str]:
    return {
        "category": "writing", "title": "珈琲豆の記事", "description": "豆の選び方を1本。", "requirements": "",
        "budget_min_yen": "１０，０００円", "budget_max_yen": "30,000", "char_rate_sen": "",
        "closes_on": (today() + timedelta(days=7)).isoformat(), "delivery_on": "", "hires_max": "２",
        "continuing": "on", "request_key": str(uuid4()),
    } | changes  # fmt: skip


@pytest.fixture
def minato(client):
    client.force_login(cast.minato())
    return client


def test_a_draft_is_written_looked_over_and_published(minato, django_assert_max_num_queries):
    answer = minato.post("/jobs/new/project/", typed(char_rate_sen="１．５"))
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.pk}/confirm/"
    assert (job.status, job.budget_min_yen, job.budget_max_yen, job.hires_max) == ("draft", 10_000, 30_000, 2)
    assert (job.char_rate_sen, job.continuing, job.beginner_welcome) == (150, True, False)
    with django_assert_max_num_queries(8):
        page = minato.get(answer.url).content.decode()
    assert "この内容で公開する" in page
    assert "¥31,650" in page, "what the client pays at the upper end"
    assert "¥25,050" in page, "what the worker receives of it"
    assert minato.post(answer.url).url == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert job.status == "open"
    page = minato.get(f"/jobs/{job.pk}/").content.decode()
    assert "依頼を公開しました" in page
    assert "提案が0件届いています" in page


def test_sent_twice_it_is_one_job_and_published_twice_it_is_open_once(minato):
    form = typed()
    first, second = minato.post("/jobs/new/project/", form), minato.post("/jobs/new/project/", form)
    assert first.url == second.url
    assert Job.objects.count() == 1
    assert [minato.post(first.url).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(kind="job.open").count() == 1


def test_an_empty_upper_end_is_a_fixed_price(minato):
    minato.post("/jobs/new/project/", typed(budget_max_yen=""))
    job = Job.objects.get()
    assert (job.budget_min_yen, job.budget_max_yen) == (10_000, 10_000)
    page = minato.get(f"/jobs/{job.pk}/edit/").content.decode()
    assert 'name="budget_min_yen" value="10,000"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "件名"),
        ({"title": "あ" * 101}, "100"),
        ({"title": "\x00\u200b"}, "件名"),
        ({"description": " "}, "依頼の詳細"),
        ({"description": "あ" * 100_000}, "20000"),
        ({"requirements": "あ" * 100_000}, "20000"),
        ({"category": "crime"}, "カテゴリ"),
        ({"category": ""}, "カテゴリ"),
        ({"budget_min_yen": ""}, "金額を入力してください"),
        ({"budget_min_yen": "0"}, "¥1以上"),
        ({"budget_min_yen": "-500"}, "マイナス"),
        ({"budget_min_yen": "1000.5"}, "小数"),
        ({"budget_min_yen": "1000000000000"}, "大きすぎ"),
        ({"budget_min_yen": "1000000000000000000000000"}, "大きすぎ"),
        ({"budget_min_yen": "一万円"}, "1円単位の数字"),
        ({"budget_min_yen": "1"}, "¥"),
        ({"budget_max_yen": "9,999"}, "予算の上限"),
        ({"budget_max_yen": "1000000000000"}, "大きすぎ"),
        ({"closes_on": "2020-01-01"}, "提案の締切日"),
        ({"closes_on": "明日"}, "年・月・日"),
        ({"closes_on": "9999-12-31"}, "提案の締切日"),
        ({"closes_on": ""}, "日付を選んで"),
        ({"delivery_on": "2020-01-01"}, "希望納品日"),
        ({"hires_max": "0"}, "募集人数"),
        ({"hires_max": "26"}, "募集人数"),
        ({"hires_max": "三人"}, "整数"),
        ({"char_rate_sen": "-1"}, "小数点以下2桁"),
    ],
)
def test_bad_input_is_said_kept_and_changes_nothing(minato, changes, sentence):
    kept = {"title": "珈琲豆の記事", "description": "残っているはずの文章", **changes}
    answer = minato.post("/jobs/new/project/", typed(**kept))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page[page.index('class="errors"') :]
    assert kept["description"] in page or not kept["description"].strip()
    field, value = next(iter(changes.items()))
    if value.isprintable() and field not in {"category"}:
        assert value in page, "what was typed is still there"
    assert not Job.objects.exists()


def test_markup_is_text_everywhere(minato, client):
    for field in ("title", "description", "requirements"):
        page = minato.post("/jobs/new/project/", typed(**{field: MARKUP, "category": ""})).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
    minato.post("/jobs/new/project/", typed(title=MARKUP, description=MARKUP, requirements=MARKUP))
    job = Job.objects.get()
    minato.post(f"/jobs/{job.pk}/confirm/")
    for address in (f"/jobs/{job.pk}/", "/jobs/mine/", f"/jobs/{job.pk}/proposals/"):
        page = minato.get(address).content.decode()
        assert "<script>alert(1)" not in page, address
        assert "&lt;script&gt;alert(1)" in page, address


def test_files_are_kept_with_the_job_and_named_when_something_else_is_wrong(minato):
    manual = lambda: SimpleUploadedFile("手引き.txt", "書き方".encode())  # noqa: E731
    page = minato.post("/jobs/new/project/", typed(title="", files=manual())).content.decode()
    assert "受信済み(選び直す必要はありません)" in page
    (token,) = re.findall(r'name="files_kept" value="([^"]+)"', page)
    empty = minato.post("/jobs/new/project/", typed(files=SimpleUploadedFile("空.txt", b"")))
    assert empty.status_code == 422
    assert "空.txt" in empty.content.decode()
    assert not Job.objects.exists()
    minato.post("/jobs/new/project/", typed(files_kept=token))
    job = Job.objects.get()
    assert [kept.name for kept in queries.files_of(job)] == ["手引き.txt"]
    assert "手引き.txt" in minato.get(f"/jobs/{job.pk}/").content.decode()


def test_the_files_of_a_draft_are_counted_over_all_its_edits(minato, settings):
    settings.FILES_PER_OBJECT_MAX = 20
    files = lambda *numbers: [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(*numbers)]  # noqa: E731
    minato.post("/jobs/new/project/", typed(files=files(12)))
    job = Job.objects.get()
    answer = minato.post(f"/jobs/{job.pk}/edit/", typed(files=files(12, 21)))
    assert answer.status_code == 422
    assert "20個まで" in answer.content.decode()
    assert len(queries.files_of(job)) == 12
    assert minato.post(f"/jobs/{job.pk}/edit/", typed(files=files(12, 20))).status_code == 302
    assert minato.post(f"/jobs/{job.pk}/edit/", typed()).status_code == 302


def test_a_draft_is_edited_until_it_is_published(minato):
    job = walk.draft_job(at=now())
    page = minato.get(f"/jobs/{job.pk}/edit/").content.decode()
    assert job.title in page
    assert minato.post(f"/jobs/{job.pk}/edit/", typed(title="書き直した件名")).url == f"/jobs/{job.pk}/confirm/"
    job.refresh_from_db()
    assert job.title == "書き直した件名"
    minato.post(f"/jobs/{job.pk}/confirm/")
    assert "依頼を編集する" in minato.get(f"/jobs/{job.pk}/edit/").content.decode()
    assert minato.post(f"/jobs/{job.pk}/edit/", typed(title="公開後の変更")).url == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert (job.title, job.version) == ("公開後の変更", 2)


def test_a_draft_whose_dates_have_passed_is_not_published(minato):
    job = walk.draft_job(at=now() - timedelta(days=40))
    answer = minato.post(f"/jobs/{job.pk}/confirm/")
    assert answer.status_code == 422
    assert "提案" in answer.content.decode()
    job.refresh_from_db()
    assert job.status == "draft"


def test_closing_and_discarding(minato):
    job, draft = walk.open_job(at=now()), walk.draft_job(at=now())
    assert minato.get(f"/jobs/{job.pk}/closing/").status_code == 200
    assert minato.post(f"/jobs/{job.pk}/closing/").status_code == 302
    again = minato.post(f"/jobs/{job.pk}/closing/")
    assert again.status_code == 409
    minato.post(f"/jobs/{draft.pk}/discarding/")
    assert sorted(Job.objects.values_list("status", flat=True)) == ["closed", "dropped"]
    page = minato.get("/jobs/mine/").content.decode()
    assert job.title in page
    assert page.count('class="list__row"') == 1, "a draft thrown away is gone"


def test_somebody_else_sees_nothing_of_a_draft_and_can_change_nothing(client):
    draft, job = walk.draft_job(at=now()), walk.open_job(at=now())
    client.force_login(cast.sakura())
    for address in ("", "edit/", "confirm/"):
        assert client.get(f"/jobs/{draft.pk}/{address}").status_code == 404
    for pk in (draft.pk, job.pk):
        for address in ("edit/", "confirm/", "closing/", "discarding/"):
            assert client.post(f"/jobs/{pk}/{address}", typed()).status_code == 404
    assert client.get(f"/jobs/{job.pk}/proposals/").status_code == 404
    assert sorted(Job.objects.values_list("status", flat=True)) == ["draft", "open"]
    assert set(Job.objects.values_list("title", flat=True)) == {draft.title}


@pytest.mark.parametrize("address", ["/jobs/new/project/", "/jobs/mine/", "/jobs/{job}/edit/", "/jobs/{job}/confirm/"])
def test_strangers_are_asked_to_log_in(client, address):
    address = address.format(job=walk.draft_job(at=now()).pk)
    for answer in (client.get(address), client.post(address, typed())):
        assert answer.status_code == 302
        assert answer.url.startswith(f"/accounts/login/?next={address}")
    assert Job.objects.count() == 1


def test_my_jobs_by_state_page_by_page(minato, django_assert_max_num_queries):
    for number in range(23):
        walk.open_job(title=f"依頼 {number:02}", at=now())
    walk.draft_job(title="下書きひとつ", at=now())
    with django_assert_max_num_queries(8):
        page = minato.get("/jobs/mine/?status=open").content.decode()
    assert page.count('class="list__row"') == 20
    assert "下書きひとつ" not in page
    assert "下書きひとつ" in minato.get("/jobs/mine/?status=draft").content.decode()
    assert minato.get("/jobs/mine/?status=%00").status_code == 200


def test_files_of_a_job_are_for_members_who_may_read_it(client):
    client.force_login(cast.minato())
    client.post("/jobs/new/project/", typed(files=SimpleUploadedFile("手引き.txt", "書き方".encode())))
    draft = Job.objects.get()
    address = findall(r'href="(/files/[^"]+)"', client.get(f"/jobs/{draft.pk}/confirm/").content.decode())[0]
    answer = client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.getvalue().decode() == "書き方"
    client.force_login(cast.hanako())
    assert client.get(address).status_code == 404, "nobody else reads a draft"
    actions.publish(job=draft, by=cast.by(cast.minato()), at=now())
    assert client.get(address).getvalue().decode() == "書き方"
    client.logout()
    assert client.get(address).url.startswith("/accounts/login/")
