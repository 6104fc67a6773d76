"""The frame of every page, its pages for what goes wrong, and the gallery: sound HTML in both languages."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import html5lib
import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from nakadachi.people import actions as people
from nakadachi.web.ui import errors, navigation
from nakadachi.web.ui.gallery.views import gallery
from tests import cast

MEMBER = SimpleNamespace(is_authenticated=True, is_operator=False, display_name="はな", avatar="", pk=1)
NOBODY = SimpleNamespace(is_authenticated=False, is_operator=False, pk=None)
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)")
ERROR_PAGES = ["400", "403", "403_csrf", "404", "409", "429"]


class NoMessages(BaseStorage):
    """A message storage with nothing in it."""

    def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
        return [], True

    def _store(self, messages: list[object], response: object, *args: object, **kwargs: object) -> list[object]:
        return []


def request_of(user: SimpleNamespace, path: str = "/jobs/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    request.now = AT
    request._messages = NoMessages(request)
    return request


def assert_sound(html: str) -> None:
    """Strict HTML, no inline style or script, one h1, unique ids, every control labelled or hidden."""
    html5lib.HTMLParser(strict=True).parse(html)
    assert not INLINE.search(html)
    assert len(re.findall(r"<h1[ >]", html)) == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ERROR_PAGES)
def test_pages_for_what_goes_wrong(name: str, language: str) -> None:
    with override(language):
        html = render_to_string(f"errors/{name}.html", request=request_of(NOBODY))
    assert_sound(html)
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("name", ["500", "maintenance"])
def test_pages_that_need_nothing(name: str) -> None:
    """No request, no session, no database: these must hold when all else fails."""
    assert_sound(render_to_string(f"errors/{name}.html"))


def test_not_found_says_so_and_nothing_more() -> None:
    answer = errors.not_found(request_of(NOBODY))
    assert answer.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("user", [NOBODY, MEMBER], ids=["nobody", "member"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_gallery_shows_everything_soundly(user: SimpleNamespace, language: str) -> None:
    with override(language):
        html = gallery(request_of(user, "/_gallery/")).content.decode()
    assert_sound(html)


def test_here_is_the_longest_address_that_fits() -> None:
    links = navigation.header_links()
    assert navigation.here("/jobs/17/", links) == "/jobs/"
    assert navigation.here("/jobs/new/", links) == "/jobs/new/"
    assert navigation.here("/earnings/", links) == ""


@pytest.mark.django_db
def test_members_find_their_menu_and_guests_the_door() -> None:
    with override("ja"):
        member = render_to_string("errors/404.html", request=request_of(MEMBER))
        guest = render_to_string("errors/404.html", request=request_of(NOBODY))
    assert "/accounts/logout/" in member
    assert "会員登録" not in member
    assert "/accounts/signup/" in guest
    assert "/mypage/" not in guest


@pytest.mark.django_db
def test_another_host_is_refused_calmly_and_never_repeated(client) -> None:
    client.raise_request_exception = False
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_sound(answer.content.decode())
    assert "evil.example" not in answer.content.decode()


@pytest.mark.django_db
def test_what_was_not_found_can_be_named_to_the_operator(client) -> None:
    answer = client.get("/nowhere/", headers={"x-request-id": "given-by-the-proxy"})
    assert answer["X-Request-ID"] == "given-by-the-proxy"
    assert "番号 given-by-the-proxy をお知らせください" in answer.content.decode()


def test_a_fault_names_the_request_if_there_is_one() -> None:
    request = RequestFactory().get("/")
    assert "をお知らせください" not in errors.server_error(request).content.decode()
    request.id = "0123456789abcdef"
    page = errors.server_error(request).content.decode()
    assert "番号 0123456789abcdef をお知らせください" in page
    assert 'href="/inquiries/new/"' in page


@pytest.mark.django_db
def test_the_kept_frame_carries_nothing_of_another_request(client) -> None:
    """Two members and a visitor in turn: each sees their own name, token and address, drawn anew or kept."""
    hanako, minato = cast.hanako(), cast.minato()
    tokens = set()
    for person in (hanako, minato, hanako):
        client.force_login(person)
        page = client.get("/settings/?from=<there>").content.decode()
        assert f'menu__who"><strong>{person.display_name}</strong>' in page
        assert 'name="next" value="/settings/?from=%3Cthere%3E"' in page
        seen = set(re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', page))
        assert len(seen) == 1
        assert all(len(token) == 64 for token in seen)
        assert not seen & tokens
        tokens |= seen
    client.logout()
    page = client.get("/guide/").content.decode()
    assert "menu__who" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.django_db
def test_the_kept_frame_follows_what_it_shows(client) -> None:
    person = cast.hanako()
    client.force_login(person)
    assert 'menu__who"><strong>はなこ</strong>' in client.get("/settings/").content.decode()
    people.update_profile(member=person, display_name="花", introduction="", by=cast.by(person), at=AT)
    page = client.get("/settings/").content.decode()
    assert 'menu__who"><strong>花</strong>' in page
    assert "/staff/" not in page
    client.cookies["django_language"] = "en"
    assert ">Find work<" in client.get("/settings/").content.decode()
    assert '<a href="/jobs/" aria-current="page">Find work</a>' in client.get("/jobs/").content.decode()
