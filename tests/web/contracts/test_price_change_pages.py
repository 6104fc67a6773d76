"""The pages of a higher or lower price, another scope and another sum per month, as both sides meet them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Contract, TermsChange
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from tests import cast, monthly, walk
from tests.web.contracts.pages import at_browser, of_contract, text_of

pytestmark = pytest.mark.django_db


def typed(**changes) -> dict[str, str]:
    return {"request_key": str(uuid4()), "reason": "作業が増えたため"} | changes


def test_a_higher_price_proposed_agreed_paid_and_written_down():
    one = walk.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    new = of_contract("change_new", one.contract)
    assert "金額を変更する" in text_of(worker.get(new))
    assert worker.post(new, typed(**{f"price_{one.pk}": "１５，０００"})).status_code == 302
    change = TermsChange.objects.get()
    at = f"/contracts/{one.contract_id}/changes/{change.pk}"
    shown = text_of(client.get(f"{at}/acceptance/"))
    assert "¥15,000" in shown
    answer = text_of(client.post(f"{at}/acceptance/", follow=True))
    assert "差額を仮払いすると、増額が有効になります" in answer
    assert "差額を仮払いしてください" in text_of(client.get("/mypage/"))
    assert "増額に合意しています" in text_of(worker.get(of_contract("detail", one.contract)))
    assert "¥5,275" in text_of(client.get(f"{at}/funding/"))
    paid = client.post(f"{at}/funding/", {"card_number": SUCCESS, "request_key": str(uuid4())}, follow=True)
    assert "増額が有効になりました" in text_of(paid)
    assert Contract.objects.get().amount_yen == 15_000
    assert client.get(f"{at}/funding/").status_code == 409
    difference = text_of(client.get(f"/contracts/{one.contract_id}/terms/1-2/"))
    assert "¥15,000" in difference


def test_what_both_agreed_may_be_dropped_by_either_side():
    change = walk.raised()
    worker = at_browser(cast.hanako())
    at = f"/contracts/{change.contract_id}/changes/{change.pk}"
    assert "変更を取りやめる" in text_of(worker.get(f"{at}/withdrawal/"))
    worker.post(f"{at}/withdrawal/")
    change.refresh_from_db()
    assert change.status == "withdrawn"
    assert worker.get(f"{at}/funding/").status_code == 403, "the worker pays nothing"


def test_another_scope_shows_what_differs():
    one = walk.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    scope = f"{one.contract.scope}\n見出し画像を1枚含む。"
    assert worker.post(of_contract("change_new", one.contract), typed(scope=scope)).status_code == 302
    change = TermsChange.objects.get()
    page = client.get(f"/contracts/{one.contract_id}/changes/{change.pk}/acceptance/").content.decode()
    assert "<ins>" in page
    assert "見出し画像を1枚含む。" in page


def test_another_sum_per_month_from_a_day_on():
    contract = monthly.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    from_on = jst_date(walk.START) + timedelta(days=80)
    new = of_contract("change_new", contract)
    page = text_of(worker.get(new))
    assert "新しい月額(税込)" in page
    half = worker.post(new, typed(rate_yen="60,000"))
    assert half.status_code == 422
    assert "日付" in text_of(half) or "選んで" in text_of(half)
    assert worker.post(new, typed(rate_yen="60,000", rate_from_on=from_on.isoformat())).status_code == 302
    change = TermsChange.objects.get()
    at = f"/contracts/{contract.pk}/changes/{change.pk}/acceptance/"
    assert "¥60,000 / 月" in text_of(client.get(at))
    client.post(at)
    assert Contract.objects.get().amount_yen == 60_000
    assert "新しい月額" not in text_of(worker.get(of_contract("change_new", walk.agreed())))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"price": "10000"}, "変わって"), ({"price": "99"}, "¥100以上"), ({"price": "abc"}, "数字で入力")],
)
def test_a_price_that_is_refused_is_kept_beside_the_sentence(changes, sentence):
    one = walk.funded()
    given = typed(**{f"price_{one.pk}": changes["price"]})
    answer = at_browser(cast.hanako()).post(of_contract("change_new", one.contract), given)
    assert answer.status_code == 422
    assert not TermsChange.objects.exists()
    assert sentence in text_of(answer) or changes["price"] == "10000"


def test_order_the_same_again_with_one_press():
    one = walk.accepted()
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    page = client.get(of_contract("detail", one.contract)).content.decode()
    assert "同じ条件でもう一度依頼する" in page
    key = re.search(r'name="request_key" value="([0-9a-f-]{36})"', page)[1]
    for _twice in range(2):
        answer = client.post(f"/contracts/{one.contract_id}/reorder/", {"request_key": key})
    made = Contract.objects.get(reorder_of=one.contract_id)
    assert answer.url == f"/contracts/{made.pk}/"
    assert "もう一度依頼する" not in text_of(client.get(of_contract("detail", one.contract))), "one waits already"
    assert "もう一度依頼する" not in text_of(worker.get(of_contract("detail", one.contract)))
    assert worker.post(f"/contracts/{made.pk}/refusal/").url
    assert client.post(f"/contracts/{made.pk}/reorder/").url == f"/contracts/{made.pk}/", "never agreed, never again"
    assert Contract.objects.filter(reorder_of=made.pk).count() == 0


def test_sentences_chosen_beside_the_note_go_with_the_delivery():
    one = walk.funded()
    worker = at_browser(cast.hanako())
    address = f"/contracts/{one.contract_id}/milestones/{one.pk}/delivery/"
    page = text_of(worker.get(address))
    assert "継続もご検討いただけるとうれしいです" in page
    assert "早めにご確認いただけますと幸いです" in page
    worker.post(address, {"note": "納品します。", "phrases": ["soon", "again"], "request_key": str(uuid4())})
    note = one.deliveries.get().note
    assert note.endswith("早めにご確認いただけますと幸いです。\n継続もご検討いただけるとうれしいです。")


def test_to_go_on_together_is_suggested_with_the_first_delivery_alone():
    one = walk.funded((10_000, 20_000))
    second = one.contract.milestones.exclude(pk=one.pk).get()
    walk.pay(second)
    worker = at_browser(cast.hanako())
    first, later = (f"/contracts/{one.contract_id}/milestones/{pk}/delivery/" for pk in (one.pk, second.pk))
    assert "継続もご検討いただけるとうれしいです" in text_of(worker.get(later))
    key = str(uuid4())
    for _twice in range(2):
        answer = worker.post(first, {"note": "納品します。", "phrases": ["again"], "request_key": key})
        assert answer.status_code == 302, "the same form again is the same delivery"
    assert one.deliveries.count() == 1
    page = text_of(worker.get(later))
    assert "早めにご確認いただけますと幸いです" in page
    assert "継続もご検討いただけるとうれしいです" not in page
