"""Who is asked to agree to another price of what is set aside reads to the yen what is paid in or goes back."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Milestone, TermsChange
from tests import cast, walk
from tests.cast import by
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


def asked(one: Milestone, amount_yen: int) -> TermsChange:
    worker = by(one.contract.worker)
    return contracts.propose_change(
        contract=one.contract, prices={one.pk: amount_yen}, reason="範囲", request_key=uuid4(), by=worker, at=walk.START
    )


def page_of(change: TermsChange) -> str:
    address = reverse("contracts:change_acceptance", args=[change.contract_id, change.pk])
    return text_of(at_browser(cast.minato()).get(address))


@pytest.mark.parametrize(
    ("amount_yen", "words"),
    [
        (15_000, "クライアントが差額の¥5,275(手数料込み)を仮払いすると、増額が有効になります"),
        (6_000, "仮払い済みのお金のうち¥4,220(手数料込み)をクライアントに返金します"),
    ],
)
def test_before_the_button_stands_what_moves(page_clock: PageClock, amount_yen: int, words: str) -> None:
    page_clock.now = walk.START
    assert words in page_of(asked(walk.funded(), amount_yen))


def test_nothing_moves_where_nothing_is_set_aside_yet(page_clock: PageClock) -> None:
    page_clock.now = walk.START
    page = page_of(asked(walk.milestone(walk.agreed()), 15_000))
    assert "差額" not in page
    assert "返金します" not in page
