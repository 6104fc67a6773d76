"""Threads in the console: who talks with whom is listed; the words come only with a reason, which is recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nakadachi.infra.events.models import Event
from nakadachi.trust.messaging import actions
from tests import cast, talk

pytestmark = pytest.mark.django_db
SECRET = "図面は来週お送りします。"


@pytest.fixture
def support(client):
    person = cast.offices()["support"]
    client.force_login(person)
    return person


def text(answer) -> str:
    return answer.content.decode()


def address(thread) -> str:
    return reverse("staff:messages:detail", args=[thread.pk])


def disclosures() -> list[dict[str, str]]:
    return list(Event.objects.filter(kind="thread.disclose").order_by("pk").values_list("data", flat=True))


def test_listed_without_words_for_one_member_or_one_posting(client, support):
    thread = talk.asked(text=SECRET).thread
    for asked in ({}, {"member": thread.worker_id}, {"member": thread.client_id}, {"job": thread.job_id}):
        page = client.get(reverse("staff:messages:list"), asked)
        assert list(page.context["page"].rows) == [thread]
        assert SECRET not in text(page)
    assert not client.get(reverse("staff:messages:list"), {"member": support.pk}).context["page"].rows
    assert client.get(reverse("staff:messages:list"), {"member": 99_999_999}).status_code == 404
    assert client.get(reverse("staff:messages:list"), {"job": "x"}).status_code == 200
    sheet = text(client.get(reverse("staff:members:detail", args=[thread.worker_id])))
    assert f"{reverse('staff:messages:list')}?member={thread.worker_id}" in sheet


def test_words_are_shown_only_for_a_reason(client, support):
    thread = talk.asked(text=SECRET).thread
    assert SECRET not in text(client.get(address(thread)))
    for nothing, status in (("", 422), (" ", 422), ("\u3000", 422), ("\u200b", 422), ("あ" * 1001, 422)):
        refused = client.post(address(thread), {"reason": nothing})
        assert refused.status_code == status
        assert SECRET not in text(refused)
    assert disclosures() == []
    assert SECRET in text(client.post(address(thread), {"reason": "お問い合わせ 3"}))
    assert disclosures() == [{"reason": "お問い合わせ 3"}]
    assert SECRET not in text(client.get(address(thread)))


def test_finance_and_the_two_sides_find_nothing(client):
    thread = talk.asked(text=SECRET).thread
    for person in (cast.offices()["finance"], thread.worker):
        client.force_login(person)
        assert client.get(reverse("staff:messages:list")).status_code == 404
        assert client.post(address(thread), {"reason": "見たい"}).status_code == 404
    assert disclosures() == []


def test_what_was_taken_back_is_read_by_the_operator_alone(client, support):
    message = talk.asked(text=SECRET)
    by, at = cast.by(message.author), message.at + timedelta(minutes=1)
    actions.take_back(message=message, by=by, at=at)
    shown = text(client.post(address(message.thread), {"reason": "通報の確認"}))
    assert SECRET in shown
    assert "に取り消し" in shown
    client.force_login(message.author)
    assert SECRET not in text(client.get(reverse("messages:thread", args=[message.thread_id])))


def test_long_threads_are_read_part_by_part_each_on_record(client, support):
    first = talk.asked(text=SECRET)
    for number in range(55):
        talk.said(first.thread, cast.minato(), f"{number}件目", at=first.at + timedelta(minutes=number + 1))
    newest = client.post(address(first.thread), {"reason": "通報 8"})
    assert "54件目" in text(newest)
    assert SECRET not in text(newest)
    earlier = client.post(address(first.thread), {"reason": "通報 8", "before": newest.context["earlier_id"]})
    assert SECRET in text(earlier)
    assert "54件目" not in text(earlier)
    assert not earlier.context["earlier_id"]
    assert len(disclosures()) == 2
