"""Contracts that live at random beside a model in plain Python: what may happen happens, nothing else, to the yen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nakadachi.infra import timers
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, EndProposal
from nakadachi.market.contracts.queries import milestones_of
from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import DECLINED, SUCCESS
from nakadachi.money.payments.models import Payment
from nakadachi.money.rulebook import quote
from tests import cast, walk
from tests.cast import by

picks = st.integers(0, 10**6)
sides = st.sampled_from(["client", "worker"])
states = st.sampled_from(["unfunded", "funded", "delivered"])
beginnings = st.lists(st.tuples(st.integers(100, 50_000), states), min_size=1, max_size=3)


TRIES_AFTERWARDS = 3
running = precondition(lambda self: not self.over or self.tries < TRIES_AFTERWARDS)
"""What is over is tried a few more times, then the next contract begins."""


@dataclass
class Piece:
    """What the model knows of one milestone."""

    amount_yen: int
    state: str = "unfunded"
    due_at: datetime | None = None
    revisions: int = 0

    @property
    def pending(self) -> bool:
        return self.state in {"unfunded", "funded", "delivered"}


class Life(RuleBasedStateMachine):
    """One contract at a time; every action is tried by the right side, whether or not it may succeed."""

    @initialize(begin=beginnings)
    def first_contract(self, begin: list[tuple[int, str]]) -> None:
        self.at, self.tries = walk.START, 0
        self.agree(begin)

    @precondition(lambda self: self.over)
    @rule(begin=beginnings)
    def next_contract(self, begin: list[tuple[int, str]]) -> None:
        self.agree(begin)

    def agree(self, begin: list[tuple[int, str]]) -> None:
        """A new contract whose milestones have each got somewhere already."""
        somebody = cast.person(f"worker-{uuid4().hex}@example.jp", "だれか")
        self.contract = walk.agreed([amount_yen for amount_yen, _state in begin], worker=somebody, at=self.at)
        self.pieces = [Piece(amount_yen) for amount_yen, _state in begin]
        self.over, self.tries = "", 0
        self.end: tuple[int, str, dict[int, int]] | None = None
        self.reward_yen = 0
        self.client, self.worker = by(self.contract.client), by(self.contract.worker)
        for index, (_amount_yen, state) in enumerate(begin):
            if state in {"funded", "delivered"}:
                self.pay(index * 4, SUCCESS)
            if state == "delivered":
                self.deliver(index * 4)

    def earned_yen(self) -> int:
        return queries.balance_yen(book.open_account("member", "member", self.contract.worker_id))

    def does(self, act, expected: bool) -> bool:
        """Try; success and refusal must be as the model says."""
        self.tries += bool(self.over)
        try:
            act()
        except Refused as refused:
            assert not expected, refused.refusal.code
            return False
        assert expected, "this should have been refused"
        return True

    def one(self, pick: int, *wanted: str) -> tuple[Piece, object]:
        """A milestone; three times of four one in a wanted state, when there is one."""
        fitting = [index for index, piece in enumerate(self.pieces) if piece.state in wanted]
        index = fitting[pick % len(fitting)] if fitting and pick % 4 else pick // 4 % len(self.pieces)
        return self.pieces[index], walk.milestone(self.contract, index + 1)

    def settle_end(self) -> None:
        """What happens to a waiting proposal to end when the money moves, and to a contract when all is done."""
        self.end = None
        if not self.over and not any(piece.pending for piece in self.pieces):
            self.over = "completed" if {piece.state for piece in self.pieces} == {"accepted"} else "ended"

    def gross(self, piece: Piece, part_yen: int) -> int:
        price = quote(format="project", amount_yen=piece.amount_yen, on=walk.START.date())
        return price.part(0, part_yen).worker_receives_yen if part_yen else 0

    @running
    @rule(pick=picks, card=st.sampled_from([SUCCESS, SUCCESS, DECLINED]))
    def pay(self, pick: int, card: str) -> None:
        piece, milestone = self.one(pick, "unfunded")
        may = not self.over and piece.state == "unfunded"
        if self.does(partial(walk.pay, milestone, card=card, at=self.at), may) and card == SUCCESS:
            piece.state = "funded"
            self.settle_end()

    @running
    @rule(pick=picks)
    def open_a_payment_and_leave_it(self, pick: int) -> None:
        piece, milestone = self.one(pick, "unfunded")
        may = not self.over and piece.state == "unfunded"
        start = partial(contracts.start_funding, milestone=milestone, request_key=uuid4(), by=self.client, at=self.at)
        self.does(start, may)

    @running
    @rule()
    def a_payment_that_was_left_is_charged(self) -> None:
        """Whenever that comes: also after the milestone was closed, when it must go straight back."""
        left = Payment.objects.filter(status="created").order_by("pk").last()
        if left is None:
            return
        payments.charge(payment_id=left.pk, card_token=SUCCESS, by=self.client, at=self.at)
        for index, piece in enumerate(self.pieces, start=1):
            if walk.milestone(self.contract, index).hold_id == left.purpose_id and piece.state == "unfunded":
                piece.state = "funded"
                self.settle_end()

    @running
    @rule(pick=picks)
    def deliver(self, pick: int) -> None:
        piece, milestone = self.one(pick, "funded")
        if self.does(partial(walk.deliver, milestone, at=self.at), piece.state == "funded"):
            piece.state = "delivered"
            piece.due_at = walk.milestone(self.contract, milestone.position).auto_accept_at

    @running
    @rule(pick=picks)
    def take_back(self, pick: int) -> None:
        piece, milestone = self.one(pick, "delivered")
        act = partial(contracts.withdraw_delivery, milestone=milestone, by=self.worker, at=self.at)
        if self.does(act, piece.state == "delivered"):
            piece.state = "funded"

    @running
    @rule(pick=picks)
    def send_back(self, pick: int) -> None:
        piece, milestone = self.one(pick, "delivered")
        may = piece.state == "delivered" and self.at < piece.due_at and piece.revisions < self.contract.revisions_max
        act = partial(contracts.request_revision, milestone=milestone, reason="短く", by=self.client, at=self.at)
        if self.does(act, may):
            piece.state = "funded"
            piece.revisions += 1

    @running
    @rule(pick=picks)
    def accept(self, pick: int) -> None:
        piece, milestone = self.one(pick, "delivered")
        if self.does(partial(walk.accept, milestone, at=self.at), piece.state == "delivered"):
            self.is_accepted(piece)

    def is_accepted(self, piece: Piece) -> None:
        piece.state = "accepted"
        self.reward_yen += self.gross(piece, piece.amount_yen)
        self.settle_end()

    @running
    @rule(pick=picks)
    def hand_back(self, pick: int) -> None:
        piece, milestone = self.one(pick, "funded", "delivered")
        act = partial(contracts.hand_back, milestone=milestone, by=self.worker, at=self.at)
        if self.does(act, piece.state in {"funded", "delivered"}):
            piece.state = "handed_back"
            self.settle_end()

    @running
    @rule(pick=picks)
    def go_on(self, pick: int) -> None:
        """The next step of a milestone that is not finished."""
        pending = [index for index, piece in enumerate(self.pieces) if piece.pending]
        if pending:
            index = pending[pick % len(pending)]
            step = {"unfunded": partial(self.pay, card=SUCCESS), "funded": self.deliver, "delivered": self.accept}
            step[self.pieces[index].state](index * 4)

    @running
    @rule(side=sides)
    def end_alone(self, side: str) -> None:
        held = any(piece.state in {"funded", "delivered"} for piece in self.pieces)
        actor = self.client if side == "client" else self.worker
        act = partial(contracts.end_alone, contract=self.contract, reason="都合", by=actor, at=self.at)
        if self.does(act, not self.over and not held):
            self.drop_the_rest()

    def drop_the_rest(self) -> None:
        for piece in self.pieces:
            if piece.state == "unfunded":
                piece.state = "settled"
        self.over = "ended"
        self.end = None

    @running
    @rule(side=sides, share=st.integers(0, 100))
    def propose_end(self, side: str, share: int) -> None:
        held = [index for index, piece in enumerate(self.pieces) if piece.state in {"funded", "delivered"}]
        parts = {index: self.pieces[index].amount_yen * share // 100 for index in held}
        settlement = {walk.milestone(self.contract, index + 1).pk: part_yen for index, part_yen in parts.items()}
        actor = self.client if side == "client" else self.worker
        act = partial(
            contracts.propose_end,
            contract=self.contract, settlement=settlement, reason="中止", request_key=uuid4(), by=actor, at=self.at,
        )  # fmt: skip
        if self.does(act, not self.over and bool(held) and self.end is None):
            self.end = (EndProposal.objects.latest("pk").pk, side, parts)

    @running
    @rule(side=sides, answer=st.sampled_from(["accept", "decline", "withdraw"]))
    def answer_end(self, side: str, answer: str) -> None:
        end = EndProposal.objects.filter(contract=self.contract).order_by("pk").last()
        if end is None:
            return
        actor = self.client if side == "client" else self.worker
        is_open = self.end is not None and self.end[0] == end.pk
        is_own = end.proposed_by_id == actor.id
        act = partial(getattr(contracts, f"{answer}_end"), end=end, by=actor, at=self.at)
        if not self.does(act, is_open and is_own == (answer == "withdraw")):
            return
        parts = self.end[2]
        self.end = None
        if answer == "accept":
            for index, part_yen in parts.items():
                self.pieces[index].state = "settled"
                self.reward_yen += self.gross(self.pieces[index], part_yen)
            self.drop_the_rest()

    @running
    @rule(days=st.sampled_from([1, 5, 15]))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        ends_at = Contract.objects.get(pk=self.contract.pk).deal_ends_at
        due = [piece for piece in self.pieces if piece.state == "delivered" and piece.due_at <= self.at]
        timers.run(at=self.at)
        for piece in due:
            self.is_accepted(piece)
        if self.end and EndProposal.objects.get(pk=self.end[0]).answer_by <= self.at:
            self.end = None
        if not self.over and not due and ends_at <= self.at:
            self.ends_at_its_deadline()

    def ends_at_its_deadline(self) -> None:
        """What is funded goes back; nothing that is delivered can still wait then."""
        for piece in self.pieces:
            if piece.state == "funded":
                piece.state = "settled"
        self.drop_the_rest()

    @invariant()
    def the_rows_say_what_the_model_says(self) -> None:
        contract = Contract.objects.get(pk=self.contract.pk)
        assert contract.status == (self.over or "active")
        for piece, milestone in zip(self.pieces, milestones_of(contract), strict=True):
            rows = {"unfunded": "open", "funded": "open"}.get(piece.state, piece.state)
            assert milestone.status == rows
            assert milestone.is_funded == (piece.state in {"funded", "delivered"})
        waiting = EndProposal.objects.filter(contract=contract, status="open").first()
        assert (waiting.pk if waiting else None) == (self.end[0] if self.end else None)
        assert self.earned_yen() == self.reward_yen

    def teardown(self) -> None:
        assert [str(offender) for offender in checks.run()] == []


@pytest.mark.django_db
def test_any_order_of_actions_keeps_contract_and_money_together() -> None:
    """A failure is shown as it was found: making it smaller would take minutes on a database."""
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
