"""Every test card does what its line says, and whatever it does, the books are right to the yen."""

from datetime import timedelta
from itertools import permutations

import pytest

from nakadachi.kernel.refusal import Refused
from nakadachi.money.payments import actions, gateways
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import gateway as sandbox_gateway
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import HookReceipt, Payment
from tests.money.conftest import AT, Deal, assert_clean, new_deal
from tests.money.payments import played

PAID = {"psp_clearing": -10_550, "hold": 10_550}
AFTER_CALL = {
    "success": "captured",
    "declined": "declined",
    "insufficient_funds": "declined",
    "expired": "declined",
    "challenge": "requires_action",
    "challenge_days": "requires_action",
    "challenge_declined": "requires_action",
    "delayed": "awaiting",
    "delayed_days": "awaiting",
    "delayed_fails": "awaiting",
    "hooks_twice": "captured",
    "hooks_reordered": "awaiting",
    "hooks_forged": "awaiting",
    "hooks_altered": "captured",
    "hooks_lost": "awaiting",
    "answer_lost": "processing",
    "all_lost": "processing",
    "down": "processing",
    "slow": "captured",
    "refund_late": "captured",
    "refund_late_refused": "captured",
    "refund_refused": "captured",
    "dispute": "captured",
    "dispute_won": "captured",
    "dispute_lost": "captured",
}
IN_THE_END = AFTER_CALL | {  # minutes later; what takes days is not over
    "challenge": "expired",
    "challenge_declined": "expired",
    "delayed": "captured",
    "delayed_fails": "declined",
    "hooks_reordered": "captured",
    "hooks_forged": "captured",
    "hooks_lost": "captured",
    "answer_lost": "captured",
    "all_lost": "captured",
    "down": "failed",
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_gateway, "SLOW_SECONDS", 0)


def now(payment: Payment) -> Payment:
    return Payment.objects.get(pk=payment.pk)


def luhn(number: str) -> int:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(number)]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10


def test_numbers_are_card_numbers_each_of_its_own() -> None:
    numbers = [card.number for card in cards.CARDS]
    assert all(len(number) == 16 and luhn(number) == 0 for number in numbers)
    assert len(set(numbers)) == len({card.name for card in cards.CARDS}) == len(AFTER_CALL)


@pytest.mark.parametrize("name", AFTER_CALL)
def test_first_answer(deal: Deal, name: str) -> None:
    payment = played.pay(deal, name)
    assert payment.status == AFTER_CALL[name]
    assert deal.balances() == (PAID if payment.status == "captured" else {})
    assert_clean()


@pytest.mark.parametrize("manner", ["hooks and reconcile", "hooks only", "reconcile only"])
@pytest.mark.parametrize("name", [name for name, end in IN_THE_END.items() if not name.startswith("dispute")])
def test_in_the_end(deal: Deal, name: str, manner: str) -> None:
    payment = played.pay(deal, name)
    hooks, reconcile = manner != "reconcile only", manner != "hooks only"
    played.play(with_hooks=hooks, with_reconcile=reconcile)
    lost = name in {"hooks_lost", "all_lost", "down"} and not reconcile
    expected = AFTER_CALL[name] if lost else IN_THE_END[name]
    assert now(payment).status == expected
    assert deal.balances() == (PAID if expected == "captured" else {})
    assert_clean()


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("success", [200]),
        ("hooks_twice", [200, 200]),
        ("hooks_forged", [200, 400, 200]),
        ("hooks_altered", [200, 409]),
        ("hooks_lost", []),
        ("hooks_reordered", [200, 200]),
    ],
)
def test_what_the_door_answers(deal: Deal, name: str, answers: list[int]) -> None:
    played.pay(deal, name)
    assert played.play() == answers
    assert deal.balances() == PAID
    assert HookReceipt.objects.count() == len({200} & set(answers)) * len(
        sandbox.Event.objects.exclude(fate__in=["lost", "forged"]).filter(claims_id="")
    )


def test_the_older_webhook_really_comes_later(deal: Deal) -> None:
    played.pay(deal, "hooks_reordered")
    clockwork.run(at=AT + timedelta(seconds=30))
    sent = sandbox.Event.objects.filter(send_at=None)
    assert [event.kind for event in sent] == ["charge.captured"]
    clockwork.run(at=AT + timedelta(seconds=41))
    assert {event.kind for event in sent.all()} == {"charge.awaiting", "charge.captured"}


class TestChallenge:
    """3-D Secure: the card's owner confirms, refuses, goes away, or wants another card."""

    @pytest.mark.parametrize(
        ("card", "approve", "status", "code"),
        [
            ("challenge", True, "captured", ""),
            ("challenge", False, "declined", "challenge_refused"),
            ("challenge_declined", True, "declined", "declined"),
        ],
    )
    def test_answers(self, deal: Deal, card: str, approve: bool, status: str, code: str) -> None:
        payment = played.pay(deal, card)
        token = payment.action_url.split("/")[-2]
        for again in (approve, not approve):
            clockwork.answer_challenge(token=token, approve=again, at=AT)
        asked = actions.ask(payment_id=payment.pk, at=AT)
        assert (asked.status, asked.decline_code, asked.action_url) == (status, code, "")
        assert deal.balances() == (PAID if status == "captured" else {})
        assert_clean()

    def test_over_after_ten_minutes_to_the_second(self, deal: Deal) -> None:
        payment = played.pay(deal, "challenge")
        token = payment.action_url.split("/")[-2]
        clockwork.run(at=AT + timedelta(minutes=10) - timedelta(seconds=1))
        assert actions.ask(payment_id=payment.pk, at=AT).status == "requires_action"
        clockwork.answer_challenge(token=token, approve=True, at=AT + timedelta(minutes=10))
        asked = actions.ask(payment_id=payment.pk, at=AT)
        assert (asked.status, asked.decline_code) == ("expired", "not_confirmed")
        assert deal.pay().status == "captured"
        assert_clean()

    def test_another_card_instead(self, deal: Deal) -> None:
        payment = played.pay(deal, "challenge")
        assert deal.start().pk == payment.pk, "never two attempts at once"
        given_up = actions.give_up(payment_id=payment.pk, by=deal.by_client, at=AT)
        assert given_up.status == "expired"
        token = payment.action_url.split("/")[-2]
        clockwork.answer_challenge(token=token, approve=True, at=AT)
        played.play()
        assert (now(payment).status, deal.balances()) == ("expired", {})
        assert deal.pay().status == "captured"
        assert_clean()

    def test_confirmed_and_given_up_at_once_is_paid_once(self, deal: Deal) -> None:
        payment = played.pay(deal, "challenge")
        clockwork.answer_challenge(token=payment.action_url.split("/")[-2], approve=True, at=AT)
        assert actions.give_up(payment_id=payment.pk, by=deal.by_client, at=AT).status == "captured"
        assert deal.balances() == PAID

    def test_nobody_gives_up_for_somebody_else(self, deal: Deal) -> None:
        payment = played.pay(deal, "challenge")
        with pytest.raises(Refused):
            actions.give_up(payment_id=payment.pk, by=deal.by_worker, at=AT)
        assert now(payment).status == "requires_action"


@pytest.mark.parametrize("name", ["delayed", "delayed_fails", "hooks_twice", "answer_lost", "challenge"])
def test_any_order_and_number_of_webhooks_ends_the_same(db: None, name: str) -> None:
    """All orders of the provider's events, each also twice, with and without a look of our own in between."""
    ends = set()
    first = new_deal()
    played.pay(first, name)
    played.play(with_hooks=False, with_reconcile=False)
    count = sandbox.Event.objects.count()
    for order in permutations(range(count)):
        for repeats in (1, 2):
            for asks in (False, True):
                deal = new_deal()
                before = sandbox.Event.objects.order_by("-pk").first()
                payment = played.pay(deal, name)
                for at in played.moments():
                    clockwork.run(at=at)
                events = list(sandbox.Event.objects.filter(pk__gt=before.pk if before else 0).order_by("pk"))
                for place in order * repeats:
                    assert played.deliver(events[place])[0] == 200
                    if asks:
                        actions.ask(payment_id=payment.pk, at=AT)
                hold = type(deal.hold).objects.get(pk=deal.hold.pk)
                ends.add((now(payment).status, hold.status, hold.balance_yen))
    assert len(ends) == 1
    assert_clean()


def test_a_key_given_up_is_never_charged(db: None) -> None:
    provider = gateways.default()
    deal = new_deal()
    payment = deal.start()
    ask = {"key": payment.key, "amount_yen": payment.amount_yen, "at": AT}
    assert provider.void(**ask).outcome == "voided"
    assert provider.charge(card_token=cards.SUCCESS, **ask).outcome == "voided"
    assert provider.unsettled_yen() == 0
