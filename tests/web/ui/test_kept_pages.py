"""Public pages are kept for visitors only, never for members, and never with anything of somebody's own."""

from collections.abc import Iterator

import brotli
import pytest
from django.test import Client

from nakadachi.people import actions
from nakadachi.people.models import Member
from nakadachi.web.ui import kept_pages
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings) -> Iterator[None]:
    settings.PAGES_KEPT_SECONDS = 60
    kept_pages.forget()
    yield
    kept_pages.forget()


def member_client() -> Client:
    client = Client()
    client.force_login(cast.sakura())
    return client


def test_a_second_visitor_gets_the_kept_page_without_a_query(django_assert_num_queries) -> None:
    first = Client().get("/jobs/")
    with django_assert_num_queries(0):
        second = Client().get("/jobs/")
    assert second.content == first.content
    for name in ("Content-Security-Policy", "X-Frame-Options", "Content-Type", "Referrer-Policy"):
        assert second[name] == first[name]
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(second["Vary"].split(", "))


def test_it_may_be_packed() -> None:
    plain = Client().get("/jobs/")
    packed = Client().get("/jobs/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "br"
    assert int(packed["Content-Length"]) == len(packed.content)
    assert brotli.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in Client().get("/jobs/")


def test_it_is_forgotten_in_time(monkeypatch, django_assert_max_num_queries) -> None:
    Client().get("/jobs/")
    instant = kept_pages.time.monotonic()
    monkeypatch.setattr(kept_pages.time, "monotonic", lambda: instant + 61)
    with django_assert_max_num_queries(8) as asked:
        Client().get("/jobs/")
    assert len(asked) > 0


def test_members_see_the_present_and_leave_nothing_behind() -> None:
    kept = Client().get("/jobs/").content
    seen = member_client().get("/jobs/").content
    assert "さくら" in seen.decode()
    assert Client().get("/jobs/").content == kept
    kept_pages.forget()
    member_client().get("/jobs/")
    assert "さくら" not in Client().get("/jobs/").content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/jobs/99999999/", "/contracts/"])
def test_other_answers_are_not_kept(address: str) -> None:
    Client().get(address)
    assert not kept_pages._pages


def test_languages_hosts_and_questions_do_not_mix(settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    japanese = Client().get("/jobs/").content.decode()
    english = Client().get("/jobs/", headers={"accept-language": "en"}).content.decode()
    assert ('lang="ja"' in japanese, 'lang="en"' in english) == (True, True)
    Client().get("/jobs/", headers={"host": "other.example"})
    Client().get("/jobs/?q=x")
    assert len(kept_pages._pages) == 4
    assert Client().get("/jobs/", headers={"host": "stranger.example"}).status_code == 400


def test_they_do_not_pile_up(monkeypatch) -> None:
    monkeypatch.setattr(kept_pages, "PAGES_MAX", 3)
    for number in range(5):
        Client().get(f"/jobs/?q={number}")
    assert len(kept_pages._pages) == 3


def test_a_visitor_chooses_the_language_without_a_token() -> None:
    visitor = Client(enforce_csrf_checks=True)
    answer = visitor.post("/language/", {"language": "en", "next": "/jobs/"})
    assert (answer.status_code, answer["Location"]) == (302, "/jobs/")
    assert 'lang="en"' in visitor.get("/jobs/").content.decode()


def test_a_member_is_remembered_and_needs_a_token() -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(cast.sakura())
    assert stranger.post("/language/", {"language": "en"}).status_code == 403
    assert Member.objects.get(email="sakura@example.jp").language == "ja"
    member_client().post("/language/", {"language": "en", "next": "/"})
    assert Member.objects.get(email="sakura@example.jp").language == "en"
    member_client().post("/language/", {"language": "xx", "next": "//evil.example"})
    assert Member.objects.get(email="sakura@example.jp").language == "en"


def test_a_new_device_speaks_the_members_language() -> None:
    sakura = cast.sakura()
    actions.set_language(member=sakura, language="en", by=cast.by(sakura), at=cast.JOINED)
    assert 'lang="en"' in member_client().get("/mypage/").content.decode()
