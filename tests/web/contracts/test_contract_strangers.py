"""Who has no part in a contract finds nothing there: the same page as for what does not exist."""

import pytest
from django.test import Client

from nakadachi.market.contracts.models import EndProposal
from tests import cast, walk
from tests.web.contracts.pages import at_browser, everything, of_contract, of_end, of_milestone, text_of

pytestmark = pytest.mark.django_db

CONTRACT = ("detail", "confirmation", "refusal", "terms", "end_new", "end_alone")
MILESTONE = ("funding", "delivery", "delivery_withdrawal", "handback", "revision", "acceptance")
END = ("end_acceptance", "end_refusal", "end_withdrawal")


def addresses() -> list[str]:
    milestone = walk.delivered()
    end = walk.propose_end(milestone)
    return [
        *(of_contract(name, milestone.contract) for name in CONTRACT),
        *(of_milestone(name, milestone) for name in MILESTONE),
        *(of_end(name, end) for name in END),
        f"/contracts/{milestone.contract_id}/terms/1.pdf",
        f"/earnings/contracts/{milestone.contract_id}/",
    ]


def test_a_stranger_finds_what_is_not_there():
    found = addresses()
    stranger = at_browser(cast.sakura())
    nothing = text_of(stranger.get("/contracts/999999999/"))
    before = everything()
    for address in found:
        answer = stranger.get(address)
        assert answer.status_code == 404, address
        assert text_of(answer) == nothing, address
        if not address.endswith((".pdf", "/terms/", f"/contracts/{address.split('/')[2]}/")):
            assert stranger.post(address, {"reason": "x", "note": "x"}).status_code in {404, 405}, address
    assert everything() == before


def test_nobody_is_sent_to_the_login():
    before = None
    for address in addresses():
        before = before or everything()
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code == 302, address
            assert answer.url.startswith("/accounts/login/?next="), address
    assert everything() == before


def test_a_milestone_is_found_under_its_own_contract_only():
    mine, other = walk.delivered(), walk.delivered(job=walk.open_job(title="別の記事"))
    client = at_browser(cast.minato())
    for name in MILESTONE:
        address = of_milestone(name, mine).replace(
            f"/contracts/{mine.contract_id}/", f"/contracts/{other.contract_id}/"
        )
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"reason": "x"}).status_code == 404, name
    end = walk.propose_end(mine)
    for name in END:
        address = of_end(name, end).replace(f"/contracts/{mine.contract_id}/", f"/contracts/{other.contract_id}/")
        assert client.post(address).status_code == 404, name
    assert EndProposal.objects.get().status == "open"


def test_another_members_payment_is_not_there():
    milestone = walk.milestone(walk.agreed())
    payment = walk.pay(milestone, card="4000000000000002")
    address = f"/contracts/{milestone.contract_id}/milestones/{milestone.pk}/funding/{payment.pk}/"
    assert at_browser(cast.minato()).get(address).status_code == 200
    assert at_browser(cast.hanako()).get(address).status_code == 404
    other = walk.milestone(walk.agreed(job=walk.open_job(title="別の記事")))
    elsewhere = f"/contracts/{other.contract_id}/milestones/{other.pk}/funding/{payment.pk}/"
    assert at_browser(cast.minato()).get(elsewhere).status_code == 404


def test_deeds_need_a_post():
    milestone = walk.delivered()
    before = everything()
    for who in (cast.hanako(), cast.minato()):
        person = at_browser(who)
        for name in MILESTONE:
            person.get(of_milestone(name, milestone))
    assert everything() == before
