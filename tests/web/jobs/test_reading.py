"""The list of jobs as everybody searches it, and the page of one job."""

from datetime import timedelta
from html import unescape
from re import findall

import pytest

from nakadachi.infra.clock import now
from nakadachi.market.jobs.models import Job
from nakadachi.search import indexing
from tests import cast, walk
from tests.logins import come_back

pytestmark = pytest.mark.django_db


def published(title: str, **changes) -> Job:
    job = walk.open_job(title=title, at=now(), **changes)
    indexing.index_job(job.pk)
    return job


def titles(page: str) -> list[str]:
    return [unescape(title) for title in findall(r'job-card__title"><a[^>]*>([^<]*)<', page)]


@pytest.fixture
def market(db):
    published("歯科医院のホームページ", category="web", budget_min_yen=100_000, budget_max_yen=200_000)
    published("珈琲の記事", char_rate_sen=150, continuing=True)
    published("動画の編集", category="video", budget_min_yen=50_000, budget_max_yen=50_000, beginner_welcome=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["動画の編集", "珈琲の記事", "歯科医院のホームページ"]),
        ("q=歯科", ["歯科医院のホームページ"]),
        ("q=ﾎｰﾑﾍﾟｰｼﾞ", ["歯科医院のホームページ"]),
        ("category=video", ["動画の編集"]),
        ("category=nothing", ["動画の編集", "珈琲の記事", "歯科医院のホームページ"]),
        ("min_yen=５０，０００円", ["動画の編集", "歯科医院のホームページ"]),
        ("min_yen=50,000&max_yen=50,000", ["動画の編集"]),
        ("char_rate=1.5", ["珈琲の記事"]),
        ("char_rate=1.51", []),
        ("continuing=on", ["珈琲の記事"]),
        ("beginner_welcome=on", ["動画の編集"]),
        ("sort=pay", ["歯科医院のホームページ", "動画の編集", "珈琲の記事"]),
        ("sort=nonsense", ["動画の編集", "珈琲の記事", "歯科医院のホームページ"]),
        ("q=存在しない言葉", []),
    ],
)
def test_the_address_is_the_question(client, market, query, found):
    assert titles(client.get(f"/jobs/?{query}").content.decode()) == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("min_yen=abc", "1円単位の数字"),
        ("min_yen=-1", "マイナス"),
        ("max_yen=1.5", "小数"),
        ("min_yen=1000000000000", "大きすぎ"),
        ("min_yen=30000&max_yen=20000", "下限以上"),
        ("char_rate=たくさん", "小数点以下2桁"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(client, market, query, sentence):
    answer = client.get(f"/jobs/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert f'value="{query.split("=")[-1]}"' in page


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", "' OR 1=1 --", "%", "\x00", "\u202e", "あ" * 3_000, "😀"]
)
def test_hostile_words_break_nothing(client, market, word):
    answer = client.get("/jobs/", {"q": word, "after": word, "sort": word, "min_yen": word})
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()


def test_pages_follow_each_other_with_and_without_htmx(client, django_assert_max_num_queries):
    for number in range(25):
        published(f"依頼 {number:02}")
    client.force_login(cast.hanako())
    with django_assert_max_num_queries(8):
        first = client.get("/jobs/?q=依頼&sort=newest").content.decode()
    more = unescape(findall(r'class="more"><a[^>]*href="([^"]*)"', first)[0])
    second = client.get(f"/jobs/{more}", headers={"HX-Request": "true"}).content.decode()
    seen = titles(first) + titles(second)
    assert seen == [f"依頼 {number:02}" for number in reversed(range(25))]
    assert 'class="more"' not in second


def test_one_job_with_the_money_of_both_sides(client, django_assert_max_num_queries):
    job = published("珈琲の記事", budget_min_yen=10_000, budget_max_yen=30_000)
    come_back(client, cast.hanako())
    with django_assert_max_num_queries(8):
        page = client.get(f"/jobs/{job.pk}/").content.decode()
    for words in (
        "珈琲の記事",
        "湊商店",
        "¥10,000 〜 ¥30,000",
        "¥8,350",
        "¥10,550",
        "¥25,050",
        "¥31,650",
        "提案する",
        "納品から14日以内",
    ):
        assert words in page, words


def test_a_stranger_may_read_and_is_led_to_log_in_to_propose(client):
    job = published("珈琲の記事")
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f"/jobs/{job.pk}/proposals/new/" in page
    answer = client.get(f"/jobs/{job.pk}/proposals/new/")
    assert answer.url == f"/accounts/login/?next=/jobs/{job.pk}/proposals/new/"


def test_a_closed_or_expired_job_can_be_read_but_not_proposed_for(client):
    closed = walk.closed_job(at=now())
    late = walk.open_job(at=now() - timedelta(days=30))
    for job in (closed, late):
        page = client.get(f"/jobs/{job.pk}/").content.decode()
        assert "募集は終了しました" in page
        assert f"/jobs/{job.pk}/proposals/new/" not in page


def test_one_s_own_proposal_is_shown_instead_of_the_button(client):
    proposal = walk.proposal(walk.open_job(at=now()), at=now())
    client.force_login(cast.hanako())
    page = client.get(f"/jobs/{proposal.job_id}/").content.decode()
    assert f"/proposals/{proposal.pk}/" in page
    assert f"/jobs/{proposal.job_id}/proposals/new/" not in page


@pytest.mark.parametrize("job_id", [0, 999_999_999, 10**18, 10**30])
def test_what_is_not_there_is_not_found(client, job_id):
    assert client.get(f"/jobs/{job_id}/").status_code == 404
