"""The operator's pages of refunds and chargebacks, walked through as finance would."""

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.market.contracts import actions as contracts
from nakadachi.money.ledger import checks
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute, Refund
from tests import cast, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    return at_browser(cast.tanaka())


@pytest.fixture
def refund() -> Refund:
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["refund_refused"].number)
    contracts.hand_back(milestone=walk.milestone(one.contract), by=by(cast.hanako()), at=walk.START)
    return payments.send_refund(refund_id=Refund.objects.get().pk, at=walk.START)


@pytest.fixture
def dispute() -> Dispute:
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    clockwork.run(at=now())
    payments.reconcile(at=now())
    return Dispute.objects.get()


def address(name: str, row: Refund | Dispute) -> str:
    return reverse(f"staff:{name}", args=[row.pk])


def test_a_stuck_refund_is_found_and_asked_for_again(staff, refund) -> None:
    page = text_of(staff.get(reverse("staff:refunds:list")))
    assert "湊商店" in page
    assert "要確認" in page
    assert "カードが使えなくなっています" in text_of(staff.get(address("refunds:detail", refund)))
    sandbox.Charge.objects.update(card="success")
    assert "もう一度依頼します" in text_of(staff.post(address("refunds:retry", refund), follow=True))
    run_jobs("payments.send_refund")
    assert "返金済み" in text_of(staff.get(address("refunds:detail", refund)))
    assert "対応が必要な返金はありません" in text_of(staff.get(reverse("staff:refunds:list")))
    assert [str(offender) for offender in checks.run()] == []


def test_given_back_by_hand_with_a_reason_and_only_once(staff, refund) -> None:
    transfer = address("refunds:transfer", refund)
    empty = staff.post(transfer, {"note": ""})
    assert (empty.status_code, Refund.objects.get().status) == (422, "refused")
    page = text_of(staff.post(transfer, {"note": "カード解約。下4桁1234の口座へ"}, follow=True))
    assert "振込済み" in page
    assert "下4桁1234" in page
    assert staff.post(transfer, {"note": "もう一度"}).status_code == 409
    assert staff.post(address("refunds:retry", refund)).status_code == 409
    client = text_of(at_browser(cast.minato()).get(reverse("earnings:refunds")))
    assert "銀行振込で返金しました" in client


def test_by_two_persons_one_orders_and_the_other_marks(staff, refund, settings) -> None:
    settings.STAFF_TWO_PERSON = True
    detail, transfer = address("refunds:detail", refund), address("refunds:transfer", refund)
    assert staff.post(transfer, {"note": ""}).status_code == 422
    page = text_of(staff.post(transfer, {"note": "下4桁1234の口座へ"}, follow=True))
    assert "別の担当者が振込を実行し、記録してください" in page
    assert "振込済みとして記録する" not in page
    assert staff.post(transfer).status_code == 403
    assert "先に指示を取り消してください" in text_of(staff.post(address("refunds:retry", refund)))
    colleague = at_browser(cast.offices()["finance"])
    assert "下4桁1234" in text_of(colleague.get(detail))
    staff.post(address("refunds:drop", refund))
    assert "銀行振込を指示する" in text_of(colleague.get(detail))
    colleague.post(transfer, {"note": "下4桁1234の口座へ"})
    assert "振込済み" in text_of(staff.post(transfer, follow=True))
    assert Refund.objects.get().note == "下4桁1234の口座へ"


def test_the_first_page_leads_to_what_is_stuck(staff, refund, dispute) -> None:
    waits = {todo.title: todo.href for todo in staff.get(reverse("staff:home")).context["todos"]}
    assert waits["回答を待つ異議申し立てが1件あります"] == "/staff/disputes/"
    assert [href for title, href in waits.items() if "返金" in title] == ["/staff/refunds/"]


def test_the_client_reads_where_the_money_is_and_takes_it_home(refund) -> None:
    client = at_browser(cast.minato())
    assert "運営が対応しています" in text_of(client.get(reverse("earnings:refunds")))
    rows = client.get(reverse("earnings:paid_csv")).content.decode().splitlines()
    assert [row.split(",")[1:] for row in rows[1:]] == [
        ["お支払い", "珈琲豆の選び方の記事 / 第1回の記事", "10550", ""],
        ["返金", "珈琲豆の選び方の記事 / 第1回の記事", "-10550", "要確認"],
    ]
    worker = at_browser(cast.hanako())
    assert "返金はまだありません" in text_of(worker.get(reverse("earnings:refunds")))


@pytest.mark.parametrize(
    ("outcome", "words"), [("won", "申し立ては退けられました"), ("lost", "未納品のため仮払いから ¥10,550")]
)
def test_a_chargeback_is_answered_and_decided(staff, dispute, outcome, words) -> None:
    assert "審査中" in text_of(staff.get(reverse("staff:disputes:list")))
    detail = address("disputes:detail", dispute)
    assert staff.post(detail, {"evidence": " "}).status_code == 422
    staff.post(detail, {"evidence": "契約書と納品の記録があります。"})
    run_jobs("payments.send_evidence")
    assert sandbox.Dispute.objects.get().evidence == "契約書と納品の記録があります。"
    page = text_of(staff.post(address("disputes:decision", dispute), {"outcome": outcome}, follow=True))
    assert words in page
    assert staff.post(detail, {"evidence": "遅すぎます"}).status_code == 409
    assert "契約書と納品の記録があります。" in text_of(staff.get(detail))
    assert [str(offender) for offender in checks.run()] == []


def test_outside_a_demo_nobody_plays_the_card_company(staff, dispute, settings) -> None:
    settings.DEMO = False
    assert staff.post(address("disputes:decision", dispute), {"outcome": "won"}).status_code == 404
    assert "テスト用カード会社" not in text_of(staff.get(address("disputes:detail", dispute)))
    assert Dispute.objects.get().status == "open"


def test_both_sides_read_why_nothing_moves(dispute) -> None:
    contract = reverse("contracts:detail", args=[walk.Contract.objects.get().pk])
    client, worker = (text_of(at_browser(person).get(contract)) for person in (cast.minato(), cast.hanako()))
    assert "保留中: カード会社が異議申し立てを審査しています" in client
    assert "作業を止めてお待ちください" in worker
    assert "仮払いする" not in client


def test_support_does_not_see_the_money(staff, refund, dispute) -> None:
    support = at_browser(cast.offices()["support"])
    for name, row in (("refunds:detail", refund), ("disputes:detail", dispute)):
        assert support.get(address(name, row)).status_code == 404
