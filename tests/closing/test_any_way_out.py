"""Nobody is trapped: from any mixture of states, on both sides, own presses and passing time always end in a closed
account, with a clean ledger and not a yen lost on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, reject, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from nakadachi.closing import actions as closing
from nakadachi.closing import remedies
from nakadachi.closing.models import Closing
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.config.sweeping import sweep
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import clockwork
from nakadachi.money.payments.models import Refund
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts import queries as payout_queries
from nakadachi.people.models import Member
from tests import cast, earners
from tests.cast import by
from tests.closing.states import STATES
from tests.market.state import assert_clean

picks = st.integers(0, 10**6)
mixtures = st.lists(st.sampled_from(sorted(STATES)), min_size=1, max_size=3, unique=True)
MONTH = timedelta(days=30)
ROUND = timedelta(days=10)
"""Timers go off at their own moments in between; the rounds of the night and the operator come so often."""
MONTHS_MAX = 20
"""Longer than the deal deadline of a year with everything that follows it."""


class WayOut(RuleBasedStateMachine):
    """Some members, each somewhere in the middle of things, with or without a bank account."""

    @initialize(mixture=mixtures, accounts=st.integers(0, 3))
    def begin(self, mixture: list[str], accounts: int) -> None:
        self.undo = _undone()
        self.undo.__enter__()
        try:
            found = [STATES[name]() for name in mixture]
        except Refused:  # these two cannot be true of the same people
            self.undo.__exit__(None, None, None)
            reject()
        self.at = max(at for _member, at in found)
        self.members = sorted({member.pk: member for member, _at in found}.values(), key=lambda member: member.pk)
        for place, member in enumerate(self.members):
            if accounts >> place & 1:
                earners.with_account(member, at=self.at)

    @rule(pick=picks)
    def somebody_reserves(self, pick: int) -> None:
        self.reserve(self.members[pick % len(self.members)])

    @rule(pick=picks)
    def somebody_presses_a_button(self, pick: int) -> None:
        """Any of the buttons of any of the rows, as anybody; what is refused changes nothing and hurts nobody."""
        member = self.members[pick % len(self.members)]
        buttons = [
            (button.name, button.thing_id)
            for obstacle in self.obstacles(member)
            for button in obstacle.remedies
            if button.is_deed and button.thing_id is not None
        ]
        if buttons:
            name, thing_id = buttons[pick // 7 % len(buttons)]
            remedies.apply(name, [thing_id], member=member, by=by(member), at=self.at)

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.pass_time(timedelta(days=days))

    @rule(pick=picks)
    def somebody_comes_back(self, pick: int) -> None:
        member = self.members[pick % len(self.members)]
        made = Closing.objects.filter(member=member).exclude(status="undone").first()
        if made is not None:
            try:
                closing.undo(closing=made, by=by(member), at=self.at)
            except Refused as refused:
                assert refused.refusal.code == "too_late_to_undo"

    def reserve(self, member: Member) -> None:
        if Closing.objects.filter(member=member).exclude(status="undone").exists():
            return
        closing.reserve(
            member=member, reason="", reason_text="", consents=True, leaves_remainder=True, request_key=uuid4(),
            by=by(member), at=self.at,
        )  # fmt: skip

    def obstacles(self, member: Member) -> list[Obstacle]:
        return obstacles_of(Member.objects.get(pk=member.pk), self.at)

    def pass_time(self, length: timedelta) -> None:
        """The clock, the provider's clock, and an operator who sends what is to be sent and otherwise says nothing."""
        until = self.at + length
        while self.at < until:
            self.at = min(self.at + ROUND, until)
            clockwork.run(at=self.at)
            sweep(at=self.at)
            operator_works(self.at)
        closing.look_around(at=self.at)
        assert_clean()

    def teardown(self) -> None:
        """Everybody leaves, and nobody does anything any more."""
        if not hasattr(self, "members"):
            return
        try:
            for member in self.members:
                self.reserve(member)
            for _ in range(MONTHS_MAX):
                if not self.waiting():
                    break
                self.pass_time(MONTH)
            waiting = {made.member_id: [o.code for o in self.obstacles(made.member)] for made in self.waiting()}
            assert waiting == {}, waiting
            for member in self.members:
                assert ledger.balance_of_owner("member", "member", member.pk) == 0
            assert_clean()
        finally:
            self.undo.__exit__(None, None, None)

    def waiting(self) -> list[Closing]:
        """Those of the members who are not out yet."""
        return list(Closing.objects.filter(member__in=self.members, status__in=["reserved", "closed", "erasing"]))


def operator_works(at: datetime) -> None:
    """Files are made and sent, refunds that no card takes go by bank transfer; nothing is decided."""
    finance, colleague = (Actor.staff(cast.offices()[name].pk) for name in ("finance", "admin"))
    for refund in Refund.objects.filter(status="requested"):
        payments.send_refund(refund_id=refund.pk, at=at)
    for refund in Refund.objects.filter(status="refused"):
        payments.order_transfer(refund=refund, note="口座へ振込", by=finance, at=at)
        payments.transfer_refund(refund=Refund.objects.get(pk=refund.pk), by=colleague, at=at)
    for run in payout_queries.unfinished_runs():
        payouts.make_file(run=run, by=finance, at=at)
        payouts.mark_sent(run=run, bank_charge_yen=0, by=finance, at=at)


@contextmanager
def _undone() -> Iterator[None]:
    """What an example did is rolled back before the next begins; the actions see no transaction around them."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    block.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.mark.django_db
def test_every_mixture_has_a_way_out() -> None:
    run_state_machine_as_test(
        WayOut,
        settings=settings(
            max_examples=6,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
