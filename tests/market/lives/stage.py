"""The people, the clock, picking, and trying: what every part of the machine stands on."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

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

key = uuid4
EITHER = (True, False)
CARDS = ("success",) * 8 + (
    "declined", "dispute", "dispute_won", "dispute_lost", "delayed_days", "delayed_fails", "challenge", "down",
    "all_lost", "refund_late",
)  # fmt: skip
DAY = timedelta(days=1)
JUMPS = (timedelta(minutes=20), timedelta(hours=5), DAY, DAY, 3 * DAY, 3 * DAY, 8 * DAY, 16 * DAY, 40 * DAY)

Method = Callable[..., None]


def act(**options: Sequence[Any]) -> Callable[[Method], Method]:
    """Something that can happen. It is called with `pick` and `who`, numbers to choose rows and people by, if it takes
    them, and with one of each of its options."""

    def mark(method: Method) -> Method:
        takes = method.__code__.co_varnames[: method.__code__.co_argcount]
        numbers = {name: range(10**6) for name in ("pick", "who") if name in takes}
        method.options = {**numbers, **options}  # type: ignore[attr-defined]
        return method

    return mark


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
        self.acts = [name for name in dir(type(self)) if hasattr(getattr(type(self), name), "options")]
        self.tried = 0
        self.is_whole = True
        """False in the middle of a step: what broke there is told, and not what follows from it."""

    def teardown(self) -> None:
        try:
            if self.is_whole:
                self.reach_the_end()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def reach_the_end(self) -> None:
        """Everybody falls silent."""

    # Picking and trying

    def happens(self, random: Random) -> None:
        """One act: three times of four on something in the wanted state, else on anything, whatever its state."""
        before, is_apt = self.tried, random.random() < 0.75
        self.is_whole = False
        for name in random.sample(self.acts, len(self.acts)):
            method = getattr(self, name)
            words = {option: random.choice(choices) for option, choices in method.options.items()}
            if "pick" in words:
                words["pick"] = words["pick"] * 4 + is_apt
            method(**words)
            if self.tried > before:
                note(f"{self.at:%m-%d %H:%M} {name} {words}")
                break
        self.is_whole = True

    def one(self, rows: Any, pick: int, **wanted: object) -> Any:
        """A row in the wanted state, or any when the pick is a multiple of four. None when there is none."""
        found = list(rows.filter(**wanted).order_by("pk") if pick % 4 else rows.order_by("pk"))
        return found[pick // 4 % len(found)] if found else None

    def actor(self, who: int, right: Sequence[Actor]) -> Actor:
        """Five times of six somebody who may, else anybody."""
        among = right if who % 6 and right else self.everybody
        return among[who // 6 % len(among)]

    def does(self, call: Callable[..., Any], *, right: Sequence[Actor], who: int, **words: object) -> Any:
        """Try as somebody. A refusal changes nothing at all; whoever has no right to it never succeeds.

        Answers what the action answered, None after a refusal.
        """
        self.tried += 1
        actor = self.actor(who, right)
        before = fingerprint()
        try:
            found = call(**words, by=actor, at=self.at)
        except (Refused, NotVisible):
            assert fingerprint() == before, f"{call.__name__} was refused, and something changed"
            return None
        assert actor in right or fingerprint() == before, f"{call.__name__} by {actor} should have been refused"
        return found

    def sides(self, thing: models.Model) -> list[Actor]:
        """Client and worker of a contract."""
        return [Actor.member(thing.client_id), Actor.member(thing.worker_id)]  # type: ignore[attr-defined]

    # The clock and the card companies

    @act(jump=JUMPS)
    def time_passes(self, jump: timedelta) -> None:
        self.tried += 1
        since, self.at = self.at, self.at + jump
        clockwork.run(at=self.at)
        sweep(at=self.at, since=since if jump < 4 * DAY else None)

    def wait_until(self, moment: datetime) -> None:
        """Let time pass up to a moment, when it lies ahead."""
        if moment > self.at:
            self.time_passes(moment - self.at)

    def charge(self, payment: Payment | None, card: str) -> None:
        """The client types a card number, when there is something to pay."""
        if payment is not None:
            token = cards.BY_NAME[card].number
            payments.charge(payment_id=payment.pk, card_token=token, by=self.client, at=self.at)

    @act(card=CARDS)
    def a_payment_that_was_left_is_charged(self, pick: int, card: str) -> None:
        """Whenever that comes: also when what it was for is over."""
        left = self.one(Payment.objects.all(), pick, status="created")
        self.tried += left is not None
        self.charge(left, card)

    @act(approve=EITHER)
    def a_cards_owner_answers(self, pick: int, *, approve: bool) -> None:
        asked = self.one(sandbox.Charge.objects.filter(outcome="requires_action"), pick)
        if asked is not None:
            self.tried += 1
            clockwork.answer_challenge(token=asked.token, approve=approve, at=self.at)
            payments.reconcile(at=self.at)

    @act(won=EITHER)
    def a_card_company_decides(self, pick: int, *, won: bool) -> None:
        clockwork.run(at=self.at)
        dispute = self.one(sandbox.Dispute.objects.filter(outcome="open"), pick)
        if dispute is not None:
            self.tried += 1
            clockwork.decide(ref=dispute.ref, won=won, at=self.at)
        payments.reconcile(at=self.at)
