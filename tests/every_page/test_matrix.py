"""Every address as everybody: who sees it, who does not, and that a refused request changes nothing."""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver, reverse

from tests.every_page.table import ELSEWHERE, ROWS
from tests.every_page.world import ROLES, fingerprint


def names(resolver=None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield prefix + (pattern.name or str(pattern.pattern))


def test_every_address_has_a_row() -> None:
    without = [name for name in names() if name not in ROWS and not name.startswith(tuple(ELSEWHERE))]
    assert not without
    assert not set(ROWS) - set(names()), "rows of addresses that are gone"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ROWS)
def test_who_sees_what(name: str, role: str, world, browse) -> None:
    row = ROWS[name]
    answer = browse(role).get(reverse(name, kwargs=row.arguments(world)))
    answer.close()
    if role in row.seen_by and role not in row.gone_for:
        assert answer.status_code == row.answer
    elif role == "anonymous":
        assert answer.status_code in {302, 404}
        assert answer.status_code == 404 or answer["Location"].startswith("/accounts/login/")
    elif role in row.gone_for:
        assert answer.status_code < 500
    else:
        assert answer.status_code in {404, row.answer} - {200}


@pytest.mark.parametrize("role", ["anonymous", "other"])
@pytest.mark.parametrize("name", list(ROWS))
def test_strangers_change_nothing(name: str, role: str, world, browse) -> None:
    """An empty POST by somebody who may not: refused, and every row is as before. Their own pages are left out."""
    row = ROWS[name]
    if role in row.seen_by:
        return
    browser = browse(role)
    before = fingerprint()
    answer = browser.post(reverse(name, kwargs=row.arguments(world)), {"confirm": "1"})
    assert answer.status_code in ({302, 404, 405} if role == "anonymous" else {404, 405})
    assert fingerprint() == before


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "other" not in row.seen_by])
def test_what_is_not_visible_looks_like_what_is_not_there(name: str, world, browse) -> None:
    row = ROWS[name]
    arguments = row.arguments(world)
    absent = {key: 999_999_999 if isinstance(value, int) else f"no-such-{key}" for key, value in arguments.items()}
    if not arguments:
        return
    other = browse("other")
    hidden, missing = (other.get(reverse(name, kwargs=words)) for words in (arguments, absent))
    assert hidden.status_code == missing.status_code
    assert hidden.status_code in {404, row.answer} - {200}
    assert without_token(hidden.content) == without_token(missing.content)


def without_token(body: bytes) -> str:
    import re

    text = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken&quot;: &quot;|X-CSRFToken": ")[^"&]+', "", body.decode())
    text = re.sub(r'<p class="fault__number">[^<]*</p>', "", text)
    return re.sub(r'name="next" value="[^"]*"', "", text)


def test_reading_changes_nothing(world, browse) -> None:
    browsers = {role: browse(role) for role in ROLES}
    before = fingerprint()
    for name, row in ROWS.items():
        for role in row.seen_by - row.gone_for:
            browsers[role].get(reverse(name, kwargs=row.arguments(world))).close()
    assert fingerprint() == before
