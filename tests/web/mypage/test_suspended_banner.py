"""A suspended member reads why on every page, and nobody pays a query for it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nakadachi.infra.clock import now
from nakadachi.people.standing import sanctions
from tests import cast, walk
from tests.cast import by
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db

PAGES = ("/mypage/", "/jobs/", "/earnings/", "/settings/", "/contracts/", "/notices/", "/no-such-page/")
WORDS = "宣伝の投稿が続いたため"


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("address", PAGES)
def test_the_reason_stands_on_every_page_of_the_member_alone(address: str) -> None:
    sanctions.suspend(member=cast.hanako(), reason=WORDS, by=by(cast.tanaka()), at=now())
    answer = at_browser(cast.hanako()).get(address)
    assert text_of(answer).count(WORDS) == 1
    assert "/inquiries/new/?category=suspension" in answer.content.decode()
    assert WORDS not in text_of(at_browser(cast.minato()).get(address))
    assert WORDS not in text_of(Client().get(address, follow=True))


def test_it_costs_no_query() -> None:
    walk.funded()
    member = at_browser(cast.hanako())
    queries_of(member, "/earnings/")
    before = queries_of(member, "/earnings/")
    sanctions.suspend(member=cast.hanako(), reason=WORDS, by=by(cast.tanaka()), at=now())
    assert queries_of(member, "/earnings/") == before
