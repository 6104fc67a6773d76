"""One project through the pages: offer, confirm, fund, deliver, revise, deliver, accept; every amount to the yen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.market.contracts.models import Milestone
from nakadachi.money.ledger import checks, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.models import Refund
from tests import cast, walk
from tests.web.contracts.pages import at_browser, key_in, of_contract, of_milestone, pay, text_of

pytestmark = pytest.mark.django_db


def test_the_whole_way_through_the_pages():
    contract = walk.offered()
    milestone = walk.milestone(contract)
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    detail = of_contract("detail", contract)

    page = text_of(worker.get(detail))
    assert "あなたの番です: 11月9日(月)までにお返事ください" in page
    assert "湊商店さん" in page
    assert "はなこさんの番です: お返事の期限は11月9日(月)です" in text_of(client.get(detail))

    page = text_of(worker.get(of_contract("confirmation", contract)))
    assert walk.SCOPE in page
    assert "¥8,350" in page
    answer = worker.post(of_contract("confirmation", contract), follow=True)
    assert "契約が成立しました" in text_of(answer)
    assert "湊商店さんの番です: 仮払いを待っています" in text_of(answer)

    page = text_of(client.get(detail))
    assert "あなたの番です: 仮払いをしてください" in page
    assert "¥10,550" in page
    answer = pay(client, milestone)
    assert "仮払いが完了しました。ワーカーが作業を始められます。" in text_of(answer)
    assert "はなこさんの番です: 12月1日(火)までに納品されます" in text_of(answer)

    page = text_of(worker.get(detail))
    assert "あなたの番です: 12月1日(火)までに納品してください" in page
    assert "12月1日(火)に検収された場合、 12月30日(水) に振り込みます" in page
    answer = _deliver(worker, milestone, "初稿です。", "初稿.txt")
    assert "納品しました" in text_of(answer)
    assert "11月16日(月) 23:59に自動で検収" in text_of(answer)

    page = text_of(client.get(detail))
    assert "あなたの番です: 11月16日(月)までに検収してください" in page
    assert "初稿です。" in page
    assert "初稿.txt" in page
    answer = client.post(of_milestone("revision", milestone), {"reason": "見出しを短くしてください。"}, follow=True)
    assert "修正の依頼をワーカーに送りました。" in text_of(answer)
    assert "修正の依頼が届いています:「見出しを短くしてください。」" in text_of(worker.get(detail))

    _deliver(worker, milestone, "直しました。", "第二稿.txt")
    page = text_of(client.get(of_milestone("acceptance", milestone)))
    assert "報酬が確定し、取り消せません" in page
    assert "¥8,350" in page
    answer = client.post(of_milestone("acceptance", milestone), follow=True)
    assert "検収しました。報酬が確定しました。" in text_of(answer)

    page = text_of(worker.get(detail))
    assert "に完了しました" in page
    assert "11月30日(月)に ¥8,350 を振り込みます。" in page
    assert "修正 1回目(全2回まで)" in page
    assert walk.milestone(contract).status == Milestone.Status.ACCEPTED
    assert queries.balance_yen(queries.account_named(f"member:{cast.hanako().pk}").id) == 8_350
    assert list(checks.run()) == []


def _deliver(worker, milestone, note, name):
    address = of_milestone("delivery", milestone)
    upload = SimpleUploadedFile(name, b"text")
    form = {"request_key": key_in(worker.get(address)), "note": note, "files": [upload]}
    return worker.post(address, form, follow=True)


def test_an_ending_by_agreement_through_the_pages():
    milestone = walk.funded()
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    address = of_contract("end_new", milestone.contract)
    field = f"amount_{milestone.pk}"
    key = key_in(client.get(address))

    preview = client.post(
        address, {"reason": "企画が変わったため", field: "４,０００円", "preview": "1", "request_key": key}
    )
    page = text_of(preview)
    for figure in ("¥10,550", "¥3,340", "¥880", "¥6,330", "企画が変わったため"):
        assert figure in page, figure
    assert not milestone.contract.end_proposals.exists()

    live = client.post(address, {"reason": "", field: "4000", "request_key": key}, headers={"HX-Request": "true"})
    assert "¥6,330" in text_of(live)
    assert "<html" not in live.content.decode()

    answer = client.post(address, {"reason": "企画が変わったため", field: "4000", "request_key": key}, follow=True)
    assert "契約終了の提案を送りました" in text_of(answer)
    end = milestone.contract.end_proposals.get()
    page = text_of(worker.get(of_contract("detail", milestone.contract)))
    assert "あなたの番です: 湊商店さんから契約終了の提案が届いています" in page
    page = text_of(worker.get(f"/contracts/{milestone.contract_id}/end/{end.pk}/acceptance/"))
    assert "¥3,340" in page
    assert "¥6,330" in page
    answer = worker.post(f"/contracts/{milestone.contract_id}/end/{end.pk}/acceptance/", follow=True)
    assert "契約が終了し、提案のとおりに精算しました" in text_of(answer)
    assert "クライアントに ¥6,330 を返金" in text_of(answer)
    assert queries.balance_yen(queries.account_named(f"member:{cast.hanako().pk}").id) == 3_340
    assert list(checks.run()) == []


def test_a_worker_hands_back_alone():
    milestone = walk.funded()
    worker = at_browser(cast.hanako())
    assert "¥10,550" in text_of(worker.get(of_milestone("handback", milestone)))
    answer = worker.post(of_milestone("handback", milestone), follow=True)
    assert "仮払いは全額クライアントに返金されます。" in text_of(answer)
    assert walk.milestone(milestone.contract).status == Milestone.Status.HANDED_BACK
    assert walk.milestone(milestone.contract).hold.refunded_yen == 10_550
    assert "クライアントに ¥10,550 を返金(手続き中)" in text_of(answer)
    payments.send_refund(refund_id=Refund.objects.get().pk, at=walk.START)
    page = text_of(worker.get(of_contract("detail", milestone.contract)))
    assert "クライアントに ¥10,550 を返金しました" in page


def test_a_delivery_is_withdrawn_and_closed_to_the_client():
    milestone = walk.deliver(walk.funded(), files=[walk.upload("途中.txt")])
    worker, client = at_browser(cast.hanako()), at_browser(cast.minato())
    detail = of_contract("detail", milestone.contract)
    assert "途中.txt" in text_of(client.get(detail))
    answer = worker.post(of_milestone("delivery_withdrawal", milestone), follow=True)
    assert "納品を取り下げました" in text_of(answer)
    assert "途中.txt" not in text_of(client.get(detail))
    assert "取り下げ済み" in text_of(worker.get(detail))


def test_a_worker_declines():
    contract = walk.offered()
    worker = at_browser(cast.hanako())
    assert "評価に響くこともありません" in text_of(worker.get(of_contract("refusal", contract)))
    answer = worker.post(of_contract("refusal", contract), follow=True)
    assert "に辞退されました" in text_of(answer)


def test_either_side_ends_alone_while_nothing_is_set_aside():
    contract = walk.agreed()
    client = at_browser(cast.minato())
    answer = client.post(of_contract("end_alone", contract), {"reason": "予定がなくなったため"}, follow=True)
    assert "契約を終了しました。" in text_of(answer)
    contract.refresh_from_db()
    assert contract.status == "ended"
