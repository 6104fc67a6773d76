"""Every journal of a payment opens: from a page of both sides, and of the operator."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.market.contracts import actions as contracts
from nakadachi.money.ledger import checks
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute, Refund
from tests import cast, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


def journals_on(client: Client, address: str, name: str) -> set[int]:
    """The journals that a page links to; each of them opens."""
    place = reverse(name, args=[0])[:-2]
    found = {int(n) for n in re.findall(f'href="{place}([0-9]+)/"', client.get(address).content.decode())}
    assert {client.get(reverse(name, args=[n])).status_code for n in found} <= {200}
    return found


def kinds(ids: set[int]) -> list[str]:
    return [ledger.journal(number).kind for number in sorted(ids)]


def test_challenged_divided_and_refunded_late() -> None:
    one = walk.milestone(walk.agreed())
    payment = walk.pay(one, card=cards.BY_NAME["challenge"].number)
    token = sandbox.Charge.objects.get(key=payment.key).token
    clockwork.answer_challenge(token=token, approve=True, at=walk.START)
    sandbox.Charge.objects.update(card="refund_late")
    payments.ask(payment_id=payment.pk, at=walk.START)
    one = walk.milestone(one.contract)
    end = walk.propose_end(one, 4_000)
    contracts.accept_end(end=end, by=by(cast.hanako()), at=walk.START)
    run_jobs("payments.send_refund")
    assert Refund.objects.get().status == "pending"
    arrived = now() + clockwork.REFUND_TAKES
    clockwork.run(at=arrived)
    payments.reconcile(at=arrived)
    money = reverse("earnings:contract", args=[one.contract_id])
    wanted = ["hold.fund", "hold.split", "refund.settle"]
    for person in (cast.minato(), cast.hanako()):
        assert kinds(journals_on(at_browser(person), money, "earnings:journal")) == wanted
    assert "返金完了" in text_of(at_browser(cast.minato()).get(money))
    detail = reverse("staff:refunds:detail", args=[Refund.objects.get().pk])
    assert kinds(journals_on(at_browser(cast.tanaka()), detail, "staff:journal")) == wanted
    settled = max(journals_on(at_browser(cast.minato()), money, "earnings:journal"))
    stranger = at_browser(cast.sakura())
    assert stranger.get(reverse("earnings:journal", args=[settled])).status_code == 404
    assert [str(offender) for offender in checks.run()] == []


def test_charged_back_after_the_reward_was_confirmed() -> None:
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    one = walk.accept(walk.deliver(walk.milestone(one.contract)))
    clockwork.run(at=now())
    payments.reconcile(at=now())
    client, paid = at_browser(cast.minato()), reverse("earnings:paid")
    assert "からカード会社で審査中" in text_of(client.get(paid))
    clockwork.decide(ref=Dispute.objects.get().gateway_ref, won=False, at=now())
    payments.look_at_dispute(dispute_id=Dispute.objects.get().pk, at=now())
    assert "カード会社から返金されました" in text_of(client.get(paid))
    money = reverse("earnings:contract", args=[one.contract_id])
    wanted = ["hold.fund", "hold.release", "dispute.open", "dispute.lost"]
    for person in (cast.minato(), cast.hanako()):
        assert kinds(journals_on(at_browser(person), money, "earnings:journal")) == wanted
    detail = reverse("staff:disputes:detail", args=[Dispute.objects.get().pk])
    assert kinds(journals_on(at_browser(cast.tanaka()), detail, "staff:journal")) == wanted
    assert [str(offender) for offender in checks.run()] == []
