"""The people, the clock, picking, and trying: what every part of the machine stands on."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from nakadachi.config.sweeping import sweep
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.cast import by
from tests.market.state import fingerprint
from tests.trust.mediation.stages import suzuki

picks = st.integers(0, 10**6)
shares = st.integers(0, 100)
CARDS = ("success",) * 6 + (
    "declined", "dispute", "dispute_won", "dispute_lost", "delayed_days", "delayed_fails", "challenge", "down",
    "all_lost", "refund_late",
)  # fmt: skip
paying = st.sampled_from(CARDS)
JUMPS = st.sampled_from([timedelta(minutes=20), timedelta(hours=5), *(timedelta(days=n) for n in (1, 1, 3, 8, 16, 40))])


class Stage(RuleBasedStateMachine):
    """One market of a few people. Each example begins on an empty database and leaves it empty."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone._from_testcase = True  # type: ignore[attr-defined]  # the actions see no transaction around them
        self.undone.__enter__()
        self.at = walk.START
        self.client = by(cast.minato())
        self.people = [cast.hanako(), cast.ren(), cast.sakura(), cast.person("aoi@example.jp", "あおい")]
        self.workers = [by(person) for person in self.people]
        self.office = [by(cast.tanaka()), by(suzuki())]
        self.everybody = [self.client, *self.workers, *self.office, SYSTEM]

    def teardown(self) -> None:
        try:
            self.reach_the_end()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def reach_the_end(self) -> None:
        """Everybody falls silent."""

    # Picking and trying

    def one(self, rows: Any, pick: int, **wanted: object) -> Any:
        """A row; three times of four one in the wanted state, when there is one; None when there is nothing at all."""
        fitting = list(rows.filter(**wanted).order_by("pk")) if pick % 4 else []
        found = fitting or list(rows.order_by("pk"))
        return found[pick // 4 % len(found)] if found else None

    def actor(self, pick: int, right: Sequence[Actor]) -> Actor:
        """Three times of four somebody who may, else anybody."""
        among = right if pick % 4 and right else self.everybody
        return among[pick // 4 % len(among)]

    def does(self, act: Callable[..., Any], *, right: Sequence[Actor], pick: int, **words: object) -> Any:
        """Try as somebody. A refusal changes nothing at all; whoever has no right to it never succeeds.

        Answers what the action answered, None after a refusal.
        """
        actor = self.actor(pick, right)
        before = fingerprint()
        try:
            found = act(**words, by=actor, at=self.at)
        except (Refused, NotVisible):
            assert fingerprint() == before, f"{act.__name__} was refused, and something changed"
            return None
        assert actor in right or fingerprint() == before, f"{act.__name__} by {actor} should have been refused"
        return found

    def sides(self, thing: models.Model) -> list[Actor]:
        """Client and worker of a contract."""
        return [Actor.member(thing.client_id), Actor.member(thing.worker_id)]  # type: ignore[attr-defined]

    # The clock and the card companies

    @rule(jump=JUMPS)
    def time_passes(self, jump: timedelta) -> None:
        since, self.at = self.at, self.at + jump
        clockwork.run(at=self.at)
        sweep(at=self.at, since=since if jump < timedelta(days=4) else None)

    def wait_until(self, moment: Any) -> None:
        """Let time pass up to a moment, when it lies ahead."""
        if moment > self.at:
            self.time_passes(moment - self.at)

    def charge(self, payment: Payment | None, card: str) -> None:
        """The client types a card number, when there is something to pay."""
        if payment is not None:
            payments.charge(payment_id=payment.pk, card_token=cards.BY_NAME[card].number, by=self.client, at=self.at)

    @rule(pick=picks, card=paying)
    def a_payment_that_was_left_is_charged(self, pick: int, card: str) -> None:
        """Whenever that comes: also when what it was for is over."""
        left = self.one(Payment.objects.filter(status="created"), pick)
        self.charge(left, card)

    @rule(pick=picks, approve=st.booleans())
    def a_cards_owner_answers(self, pick: int, *, approve: bool) -> None:
        asked = self.one(sandbox.Charge.objects.filter(outcome="requires_action"), pick)
        if asked is not None:
            clockwork.answer_challenge(token=asked.token, approve=approve, at=self.at)
            payments.reconcile(at=self.at)

    @rule(pick=picks, won=st.booleans())
    def a_card_company_decides(self, pick: int, *, won: bool) -> None:
        clockwork.run(at=self.at)
        open_ones = sandbox.Dispute.objects.filter(outcome="open")
        dispute = self.one(open_ones, pick)
        if dispute is not None:
            clockwork.decide(ref=dispute.ref, won=won, at=self.at)
        payments.reconcile(at=self.at)


key = uuid4
