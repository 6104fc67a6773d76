"""The page of leaving, pressed: reserve, close, come back by the page and by the link; refusals keep what was typed."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.closing import queries
from nakadachi.closing.models import Closing
from nakadachi.infra.clock import now
from nakadachi.infra.mail.models import Mail
from tests import cast, walk

pytestmark = pytest.mark.django_db
PAGE = "/settings/closing/"


def press(client, **changed):
    return client.post(PAGE, {"reason": "fees", "consents": "on", "request_key": str(uuid4()), **changed})


def test_the_button_reserves_while_something_is_open_and_the_page_then_undoes_it(client):
    job = walk.open_job(at=now())
    client.force_login(job.client)
    assert "退会を予約する" in client.get(PAGE).content.decode()
    answer = press(client)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    page = client.get(PAGE).content.decode()
    assert "退会を予約しています" in page
    assert "退会を取り消す" in page
    assert client.post(reverse("leaving:undo"))["Location"] == PAGE
    assert "退会を予約する" in client.get(PAGE).content.decode()


def test_with_nothing_open_it_closes_logs_out_and_the_link_brings_everything_back(client):
    member = cast.sakura()
    client.force_login(member)
    assert "退会する" in client.get(PAGE).content.decode()
    answer = press(client)
    closing = Closing.objects.get(member=member)
    assert answer["Location"] == reverse("leaving:afterwards", args=[queries.token_of(closing)])
    assert client.get("/mypage/").status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "退会を取り消す" in page
    assert member.display_name not in page
    mailed = re.search(r"/settings/closing/closed/\S+", Mail.objects.get(to=member.email).text)
    assert mailed is not None
    assert client.post(f"{mailed[0]}undo/")["Location"] == reverse("account_login")
    client.force_login(member)
    assert client.get("/mypage/").status_code == 200
    assert "退会を取り消しました" in client.get(mailed[0]).content.decode()


@pytest.mark.parametrize("typed", [{"consents": ""}, {"reason": "x"}, {"reason_text": "あ" * 1001}])
def test_a_refusal_keeps_what_was_typed(client, typed):
    client.force_login(cast.sakura())
    answer = press(client, **{"reason_text": "くわしく書いた理由", **typed})
    assert answer.status_code == 422
    assert typed.get("reason_text", "くわしく書いた理由") in answer.content.decode()
    assert not Closing.objects.exists()


def test_the_button_is_there_whatever_the_state(client):
    for make in (walk.open_job, walk.funded, walk.delivered, walk.accepted):
        make(at=now())
    for member in (cast.minato(), cast.hanako(), cast.sakura()):
        client.force_login(member)
        page = client.get(PAGE).content.decode()
        button = re.search(r'<button class="btn btn--primary btn--wide" type="submit">(.+?)</button>', page)
        assert button is not None
        assert "disabled" not in button[0]


def test_a_link_that_is_not_ours_shows_nothing(client):
    assert client.get(reverse("leaving:afterwards", args=["1:x:y"])).status_code == 404
    assert client.post(reverse("leaving:afterwards_undo", args=["1:x:y"])).status_code == 404
