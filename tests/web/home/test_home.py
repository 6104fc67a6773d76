"""The front page, empty and full, for anybody."""

import pytest

from nakadachi.infra.clock import now
from nakadachi.search import indexing
from tests import cast, walk

pytestmark = pytest.mark.django_db


def test_it_answers_in_japanese_without_redirect(client):
    answer = client.get("/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="ja">' in page
    for words in (
        "受ける人の間に立ちます。",
        "3つの約束",
        "募集中の仕事はまだありません",
        "16.5%",
        "5.5%",
        "¥8,350",
        "仕事の流れ",
    ):
        assert words in page, words


def test_it_answers_in_english_when_asked(client):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in page
    assert "Between those who need work done" in page


def test_it_shows_the_newest_jobs_within_its_queries(client, django_assert_max_num_queries):
    for number in range(6):
        indexing.index_job(walk.open_job(title=f"記事の依頼 {number}", at=now()).pk)
    client.force_login(cast.hanako())
    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()
    assert [f"記事の依頼 {number}" in page for number in range(6)] == [False, False, True, True, True, True]


def test_other_methods_are_refused(client):
    assert client.post("/").status_code == 405
