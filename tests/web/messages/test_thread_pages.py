"""The pages of messages: reading, writing, what is new at the price of a 304, hostile words, and a very long thread."""

import re
from datetime import timedelta
from time import perf_counter
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.trust.messaging.models import Message, Seat
from tests import cast, talk, walk

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
SECONDS_MAX = 1.0
"""For any page of a thread with ten thousand messages, on a busy machine."""


def address(thread, name: str = "thread") -> str:
    return reverse(f"messages:{name}", args=[thread.pk])


def news_of(page) -> tuple[str, str]:
    """Where the page asks for news, and with which tag."""
    html = page.content.decode().replace("&amp;", "&").replace("&quot;", '"')
    found = re.search(r'hx-get="(/messages/\d+/news/[^"]*)".*?"If-None-Match": "(\\".*?\\")"', html)
    assert found is not None
    return found[1], found[2].replace("\\", "")


def test_nothing_new_is_a_304_for_two_queries(client):
    thread = talk.asked(walk.funded().contract.job).thread
    client.force_login(cast.minato())
    asked, tag = news_of(client.get(address(thread)))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked, headers={**HX, "If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    own = [one["sql"] for one in queries if "messaging" in one["sql"] or "events_event" in one["sql"]]
    assert len(own) <= 2
    answer_by_other = talk.said(thread, cast.hanako(), "もう1点あります。")
    answer = client.get(asked, headers={**HX, "If-None-Match": tag})
    assert answer.status_code == 200
    assert f'id="m{answer_by_other.pk}"' in answer.content.decode()
    assert talk.QUESTION not in answer.content.decode()
    again, tag = news_of(answer)
    assert client.get(again, headers={**HX, "If-None-Match": tag}).status_code == 304


def test_a_read_mark_and_a_delivery_are_news(client):
    one = walk.funded()
    message = talk.asked(one.contract.job)
    client.force_login(cast.hanako())
    asked, tag = news_of(client.get(address(message.thread)))
    other = client.__class__()
    other.force_login(cast.minato())
    assert other.post(address(message.thread, "read"), {"until": message.pk}, headers=HX).status_code == 204
    answer = client.get(asked, headers={"If-None-Match": tag})
    assert f'data-read="{message.pk}"' in answer.content.decode()
    asked, tag = news_of(answer)
    walk.deliver(one)
    page = client.get(asked, headers={"If-None-Match": tag}).content.decode()
    assert "納品しました" in page
    assert reverse("contracts:milestone", args=[one.contract_id, one.pk]) in page


def test_written_with_and_without_a_script(client):
    message = talk.asked()
    thread = message.thread
    client.force_login(cast.minato())
    answer = client.post(address(thread), {"text": "はい、お願いします。", "seen": message.pk})
    assert urlsplit(answer["Location"]).path == address(thread)
    assert talk.seat(thread, cast.minato()).unread_count == 0
    answer = client.post(address(thread), {"text": "2通目です。", "seen": message.pk, "happened": "0"}, headers=HX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2通目です。" in page
    assert 'id="talk-key"' in page
    assert "<html" not in page


def test_what_is_refused_keeps_the_words(client):
    thread = talk.asked().thread
    client.force_login(cast.minato())
    long = "あ" * 4001
    before = Message.objects.count()
    page = client.post(address(thread), {"text": long})
    assert page.status_code == 422
    assert long in page.content.decode()
    part = client.post(address(thread), {"text": long, "seen": "1"}, headers=HX)
    assert (part.status_code, part["HX-Retarget"], part["HX-Reselect"]) == (422, "#talk-form", "#talk-form")
    assert "4000文字以内" in part.content.decode()
    assert long in part.content.decode()
    assert Message.objects.count() == before


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        'https://example.jp/"onmouseover=alert(1)//',
        "https://example.jp/'><svg onload=alert(1)>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "{{ 7 }}{% csrf_token %}",
    ],
)
def test_hostile_words_stay_words(client, text):
    thread = talk.asked(text=text).thread
    client.force_login(cast.minato())
    for place in (address(thread), reverse("messages:list"), f"{reverse('messages:search')}?q=alert"):
        page = client.get(place).content.decode()
        assert not re.search(r"<script>alert|<img src=x|<svg onload|href=\"(javascript|data):|\sonmouseover=", page)


def test_a_very_long_thread_is_read_in_pieces(client):
    """10,000 messages: every page within a query ceiling and a second, in both directions, first at what is unread."""
    first = talk.asked()
    thread, client_id, worker_id = first.thread, cast.minato().pk, cast.hanako().pk
    Message.objects.bulk_create(
        Message(
            thread=thread,
            author_id=worker_id if number % 2 else client_id,
            text=f"{number}通目です。",
            at=first.at + timedelta(minutes=number),
        )
        for number in range(1, 10_000)
    )
    ids = list(Message.objects.filter(thread=thread).order_by("pk").values_list("pk", flat=True))
    Seat.objects.filter(thread=thread).update(newest=ids[-1])
    Seat.objects.filter(thread=thread, member=client_id).update(read_id=ids[5000], unread_count=2500)
    client.force_login(cast.minato())
    pages = {
        "": "ここから未読",
        "?latest=1": "9999通目です。",
        f"?before={ids[300]}": "299通目です。",
        f"?from={ids[700]}": "700通目です。",
    }
    for query, words in pages.items():
        client.get(address(thread) + query)
        began = perf_counter()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address(thread) + query).content.decode()
        assert perf_counter() - began < SECONDS_MAX
        assert len(queries) <= 16
        assert not [one["sql"] for one in queries if " OFFSET " in one["sql"]], "pages are found by key"
        assert words in page
        assert len(re.findall(r'id="m\d', page)) == 50
    earlier = client.get(f"{address(thread)}?before={ids[300]}").content.decode()
    assert f'id="m{ids[300]}"' not in earlier, "what the page shows already is not shown again"
    assert "?before=" not in client.get(f"{address(thread)}?from={ids[0]}").content.decode(), "nothing comes before it"
    asked, tag = news_of(client.get(f"{address(thread)}?latest=1"))
    began = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked, headers={**HX, "If-None-Match": tag})
    assert perf_counter() - began < SECONDS_MAX
    assert (answer.status_code, answer.content) == (304, b"")
    assert len([one for one in queries if "messaging" in one["sql"] or "events_event" in one["sql"]]) <= 2
    new = talk.said(thread, cast.hanako(), "もう1点あります。", at=now())
    answer = client.get(asked, headers={**HX, "If-None-Match": tag})
    assert re.findall(r'id="m(\d+)"', answer.content.decode()) == [str(new.pk)]
    began = perf_counter()
    found = client.get(f"{reverse('messages:search')}?thread={thread.pk}&q=９９４２通目").content.decode()
    assert perf_counter() - began < SECONDS_MAX
    assert f"#m{ids[9942]}" in found


def test_lists_cost_the_same_for_one_thread_and_for_many(client):
    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    client.force_login(cast.minato())
    talk.asked(walk.funded().contract.job)
    before = {path: cost(path) for path in ("/messages/", "/mypage/", "/messages/?show=unread")}
    for _ in range(5):
        talk.asked(walk.funded().contract.job)
    assert {path: cost(path) for path in before} == before
    assert "未読" in client.get("/mypage/").content.decode()


def test_a_question_from_the_page_of_a_job(client):
    job = walk.open_job(at=now())
    client.force_login(cast.hanako())
    way = reverse("messages:about", args=["job", job.pk])
    page = client.get(reverse("jobs:detail", args=[job.pk])).content.decode()
    assert way in page
    assert "質問する" in page
    answer = client.post(way, {"text": talk.QUESTION})
    thread = Message.objects.get().thread
    assert urlsplit(answer["Location"]).path == address(thread)
    assert client.get(way)["Location"] == address(thread)
    client.force_login(cast.minato())
    assert client.get(way).status_code == 403
    listed = client.get(f"/messages/?job={job.pk}").content.decode()
    assert "構成案は先に" in listed
    assert "返信をお願いします" in listed
