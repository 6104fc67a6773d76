"""Pressed twice, sent from two tabs, gone back and sent again: one effect, and a friendly answer."""

import re
from uuid import uuid4

import pytest

from nakadachi.market.contracts.models import Delivery, EndProposal, Milestone, Terms
from nakadachi.money.ledger import checks
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.web.contracts.pages import at_browser, everything, of_contract, of_end, of_milestone, text_of

pytestmark = pytest.mark.django_db


def twice(client, address, form=None):
    """The second answer leads back to the contract, or to the same result; nothing happens twice."""
    first = client.post(address, form or {}, follow=True)
    assert first.status_code == 200, text_of(first)
    after_one = everything()
    second = client.post(address, form or {}, follow=True)
    assert second.status_code == 200, text_of(second)
    assert everything() == after_one
    assert list(checks.run()) == []
    return text_of(second)


def test_the_offer_is_confirmed_once():
    contract = walk.offered()
    twice(at_browser(cast.hanako()), of_contract("confirmation", contract))
    assert Terms.objects.filter(contract=contract).count() == 1


def test_the_offer_is_declined_once():
    twice(at_browser(cast.hanako()), of_contract("refusal", walk.offered()))


def test_a_payment_is_charged_once():
    milestone = walk.milestone(walk.agreed())
    form = {"request_key": str(uuid4()), "card_number": cards.SUCCESS}
    twice(at_browser(cast.minato()), of_milestone("funding", milestone), form)
    assert Payment.objects.filter(status="captured").count() == 1


def test_two_tabs_pay_once():
    milestone = walk.milestone(walk.agreed())
    client, address = at_browser(cast.minato()), of_milestone("funding", milestone)
    for _tab in range(2):
        form = {"request_key": str(uuid4()), "card_number": cards.SUCCESS}
        assert client.post(address, form, follow=True).status_code == 200
    assert Payment.objects.filter(status="captured").count() == 1


def test_a_declined_form_sent_again_charges_nothing():
    milestone = walk.milestone(walk.agreed())
    form = {"request_key": str(uuid4()), "card_number": cards.DECLINED}
    assert "お支払いができませんでした" in twice(at_browser(cast.minato()), of_milestone("funding", milestone), form)
    assert Payment.objects.count() == 1


def test_a_delivery_arrives_once():
    milestone = walk.funded()
    form = {"request_key": str(uuid4()), "note": "原稿です。"}
    twice(at_browser(cast.hanako()), of_milestone("delivery", milestone), form)
    assert Delivery.objects.count() == 1


def test_a_delivery_is_withdrawn_once():
    twice(at_browser(cast.hanako()), of_milestone("delivery_withdrawal", walk.delivered()))


def test_a_revision_is_asked_for_once():
    milestone = walk.delivered()
    twice(at_browser(cast.minato()), of_milestone("revision", milestone), {"reason": "見出しを短く"})
    assert walk.milestone(milestone.contract).revisions_count == 1


def test_a_delivery_is_accepted_once():
    twice(at_browser(cast.minato()), of_milestone("acceptance", walk.delivered()))


def test_a_milestone_is_handed_back_once():
    twice(at_browser(cast.hanako()), of_milestone("handback", walk.funded()))


def test_an_ending_is_proposed_once():
    milestone = walk.funded()
    form = {"request_key": str(uuid4()), "reason": "企画の変更", f"amount_{milestone.pk}": "0"}
    twice(at_browser(cast.minato()), of_contract("end_new", milestone.contract), form)
    assert EndProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "who"), [("end_acceptance", cast.hanako), ("end_refusal", cast.hanako), ("end_withdrawal", cast.minato)]
)
def test_a_proposal_to_end_is_answered_once(step, who):
    twice(at_browser(who()), of_end(step, walk.propose_end(walk.funded())))


def test_a_contract_ends_once():
    twice(at_browser(cast.minato()), of_contract("end_alone", walk.agreed()), {"reason": "予定の変更"})


def test_the_other_side_was_faster():
    """The worker withdraws while the client accepts: one wins, the other reads why, and nothing is lost."""
    milestone = walk.delivered()
    at_browser(cast.hanako()).post(of_milestone("delivery_withdrawal", milestone))
    before = everything()
    answer = at_browser(cast.minato()).post(of_milestone("acceptance", milestone))
    assert answer.status_code == 409
    assert "検収待ちの納品" in text_of(answer)
    assert everything() == before


def seen_on(page) -> dict[str, str]:
    return {"delivery": re.search(r'name="delivery" value="(\d+)"', page.content.decode())[1]}


def test_another_delivery_than_the_one_on_the_page_is_not_accepted():
    milestone = walk.delivered()
    client, address = at_browser(cast.minato()), of_milestone("acceptance", milestone)
    seen = seen_on(client.get(address))
    at_browser(cast.hanako()).post(of_milestone("delivery_withdrawal", milestone))
    walk.deliver(walk.milestone(milestone.contract), note="別のもの")
    before = everything()
    answer = client.post(address, seen)
    assert answer.status_code == 409
    assert "納品し直しました" in text_of(answer)
    assert everything() == before
    assert client.post(address, seen_on(client.get(address))).status_code == 302
    assert walk.milestone(milestone.contract).status == Milestone.Status.ACCEPTED
