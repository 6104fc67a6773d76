"""Fees and guide: figures from the running rulebook, a calculator that works by its address."""

import pytest
from django.urls import reverse

from tests import cast

pytestmark = pytest.mark.django_db


def test_the_fee_table_and_the_worked_example(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = client.get("/fees/").content.decode()
    for words in (
        "16.5%",
        "5.5%",
        "¥8,350",
        "¥10,550",
        "¥1,000以上",
        "15日までに確定 → 当月末に振込",
        "¥100,000までの部分は20%",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("amount=30,000&format=project", ["¥25,050", "¥31,650"]),
        ("amount=３００００円", ["¥25,050", "¥31,650"]),
        ("amount=7500&format=hourly", ["¥6,262"]),
        ("amount=999999999999", ["¥999,999,999,999"]),
    ],
)
def test_the_calculator(client, query, words):
    answer = client.get(f"/fees/?{query}")
    assert answer.status_code == 200
    for word in words:
        assert word in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("amount=", "金額を入力してください"),
        ("amount=0", "¥1以上"),
        ("amount=-5", "マイナス"),
        ("amount=1.5", "小数"),
        ("amount=1000000000000", "大きすぎ"),
        ("amount=たくさん", "1円単位の数字"),
        ("amount=%3Cscript%3Ealert(1)", "1円単位の数字"),
        ("amount=10000&format=nothing", "働き方"),
    ],
)
def test_the_calculator_says_what_is_wrong_and_keeps_it(client, query, sentence):
    page = client.get(f"/fees/?{query}").content.decode()
    assert sentence in page
    assert "<script>alert" not in page
    assert "ワーカーの受取額" not in page


def test_the_guide_has_the_figures_of_the_rulebook(client):
    page = client.get("/guide/").content.decode()
    for words in ("14日以内", "7日以内", "¥10,550", "¥8,350", "¥1,000"):
        assert words in page, words
    page = client.get("/guide/", headers={"accept-language": "en"}).content.decode()
    assert "within 14 days" in page


def test_how_leaving_works_has_the_waiting_times_of_the_rulebook(client):
    page = client.get(reverse("help:leaving")).content.decode()
    for words in (
        "30日後に見送り",
        "7日で失効",
        "14日で検収",
        "週の終わりから7日で承認",
        "通常は30日",
        "受付の終了から14日",
        "待ち始めて3日後から",
        "取り消せるのは7日間",
    ):
        assert words in page, words
    page = client.get(reverse("help:leaving"), headers={"accept-language": "en"}).content.decode()
    assert "7 days to undo it" in page


def test_it_is_found_from_the_guide_and_from_the_page_of_leaving(client):
    link = f'href="{reverse("help:leaving")}"'
    assert link in client.get(reverse("help:guide")).content.decode()
    client.force_login(cast.hanako())
    assert link in client.get(reverse("leaving:overview")).content.decode()
