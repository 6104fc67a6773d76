"""The pages of a change of the terms, of late work and of many milestones, as both sides meet them."""

import zlib
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Terms, TermsChange
from nakadachi.people.standing.models import Standing
from tests import cast, walk
from tests.web.contracts.pages import at_browser, of_contract, text_of

pytestmark = pytest.mark.django_db
LATER = walk.DUE_ON + timedelta(days=7)


def form(milestone, **changes):
    page = {"request_key": "9d6a1e7c-7f3b-4c1c-9a50-0a4ff4b6f3aa", "reason": "取材の日程が変わったため"}
    return {**page, f"due_{milestone.pk}": LATER.isoformat(), "title": "", "amount_yen": "", "due_on": "", **changes}


def test_proposed_answered_and_written_down():
    milestone = walk.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    new = of_contract("change_new", milestone.contract)
    assert "条件の変更を提案する" in text_of(worker.get(new))
    extra = {"title": "図の追加", "amount_yen": "５，０００円", "due_on": LATER.isoformat()}
    for _twice in range(2):
        assert worker.post(new, form(milestone, **extra)).status_code == 302
    change = TermsChange.objects.get()
    page = text_of(client.get(of_contract("detail", milestone.contract)))
    assert "はなこさんから条件変更の提案が届いています" in page
    address = f"/contracts/{milestone.contract_id}/changes/{change.pk}/acceptance/"
    shown = text_of(client.get(address))
    assert "2026年12月8日(火)" in shown
    assert "追加: 図の追加" in shown
    assert "¥5,275" in shown, "what the client pays"
    for _twice in range(2):
        assert client.post(address, follow=True).status_code == 200
    assert Terms.objects.filter(contract=milestone.contract).count() == 2
    assert "取引条件(第2版)" in text_of(worker.get(of_contract("detail", milestone.contract)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "理由を書いてください"),
        ({"title": "図"}, "金額を入力してください"),
        ({"amount_yen": "5000"}, "納品するものの名前"),
        ({"title": "図", "amount_yen": "abc", "due_on": "2026-12-24"}, "数字で入力してください"),
    ],
)
def test_what_was_typed_is_kept_beside_what_is_wrong(changes, sentence):
    milestone = walk.funded()
    answer = at_browser(cast.hanako()).post(of_contract("change_new", milestone.contract), form(milestone, **changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert LATER.isoformat() in page
    assert TermsChange.objects.count() == 0


def test_without_a_round_left_the_page_shows_the_ways_on():
    milestone = walk.delivered()
    for _round in range(2):
        contracts.request_revision(milestone=milestone, reason="短く", by=cast.by(cast.minato()), at=walk.START)
        milestone = walk.deliver(walk.milestone(milestone.contract))
    client = at_browser(cast.minato())
    answer = client.get(f"/contracts/{milestone.contract_id}/milestones/{milestone.pk}/revision/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "修正の回数(2回)に達しました" in page
    for way in ("acceptance/", "changes/new/?milestone=new", "end/new/"):
        assert way in page
    assert "納品に問題があるとき" in text_of(client.get(of_contract("detail", milestone.contract)))


def test_late_is_said_with_what_can_be_done(page_clock):
    milestone = walk.funded()
    page_clock.now = walk.START + timedelta(days=32)
    detail = of_contract("detail", milestone.contract)
    page = at_browser(cast.minato()).get(detail).content.decode()
    assert "納期超過 3日" in page
    for way in ("changes/new/?milestone=", "end/new/"):
        assert way in page


def test_a_suspended_side_is_named_calmly():
    milestone = walk.funded()
    Standing.objects.create(member=cast.hanako(), suspended_at=walk.START)
    detail = of_contract("detail", milestone.contract)
    assert "進行中の契約はそのまま続けられます" in text_of(at_browser(cast.minato()).get(detail))
    assert "相手の方のアカウント" not in text_of(at_browser(cast.hanako()).get(detail))


def test_two_hundred_milestones_are_one_light_page(django_assert_max_num_queries):
    contract = walk.agreed([500] * 200)
    for position in (200, 7, 100):
        walk.pay(walk.milestone(contract, position))
        walk.deliver(walk.milestone(contract, position))
    walk.accept(walk.milestone(contract, 200))
    for person in (cast.minato(), cast.hanako()):
        browser = at_browser(person)
        with django_assert_max_num_queries(25):
            answer = browser.get(of_contract("detail", contract))
        page = answer.content
        assert "これから(197件)" in page.decode()
        assert "終わったもの(1件)" in page.decode()
        assert len(zlib.compress(page)) < 40_000
        for name in ("change_new", "terms", "history"):
            with django_assert_max_num_queries(25):
                assert browser.get(of_contract(name, contract)).status_code == 200
    pdf = at_browser(cast.minato()).get(f"/contracts/{contract.pk}/terms/1.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_versions_are_compared_item_by_item():
    milestone = walk.funded((6_000, 4_000))
    contracts.accept_change(change=walk.propose_change(milestone), by=cast.by(cast.minato()), at=walk.START)
    page = text_of(at_browser(cast.minato()).get(f"/contracts/{milestone.contract_id}/terms/1-2/"))
    assert "第1回の記事(納品日 2026年12月1日(火)・¥6,000)" in page
    assert "第1回の記事(納品日 2026年12月8日(火)・¥6,000)" in page
    assert "第2回の記事" not in page, "what stayed is not repeated"
    same = text_of(at_browser(cast.minato()).get(f"/contracts/{milestone.contract_id}/terms/2-2/"))
    assert "合意した内容に違いはありません。" in same
    assert at_browser(cast.sakura()).get(f"/contracts/{milestone.contract_id}/terms/1-2/").status_code == 404


def test_a_thousand_contracts_are_counted_filtered_and_paged(django_assert_max_num_queries):
    made = walk.accepted()
    contract = made.contract
    contract.refresh_from_db()
    for _number in range(1_000):
        proposal = contract.proposal
        proposal.pk, proposal.request_key = None, uuid4()
        proposal.status = "withdrawn"
        proposal.save()
        contract.pk, contract.request_key, contract.proposal = None, uuid4(), proposal
        contract.save()
    person = at_browser(cast.hanako())
    with django_assert_max_num_queries(25):
        answer = person.get("/contracts/?tab=done&side=worker")
    assert "1001" in text_of(answer)
    assert answer.content.decode().count('class="list__row"') == 20
