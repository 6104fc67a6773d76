"""A whole market at random: projects, tasks, hours, months; right and wrong people; silence, quarrels, lost cards.

Whatever happens in whatever order, nothing breaks on the way; and when everybody falls silent, the clock alone brings
all of it to an end in which every hold is 0 and every yen has gone where it belongs.
"""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from nakadachi.config.sweeping import sweep
from nakadachi.money.payments.gateways.sandbox import clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from tests.market.lives import audit
from tests.market.lives.contracts import Contracts
from tests.market.lives.hours import Hours
from tests.market.lives.quarrels import Quarrels
from tests.market.lives.stage import JUMPS
from tests.market.lives.taskwork import STATES, TaskWork

SILENT_DAYS = (0, 1, 2, 10, 30, 100, 370, 400, 800)


class AnyLife(Contracts, TaskWork, Hours, Quarrels):
    """All four ways of working at once."""

    @initialize(seed=st.integers(0, 2**32))
    def a_market(self, seed: int) -> None:
        self.random = Random(seed)
        self.begin_project(self.random)
        self.begin_months(self.random)
        self.begin_hours(self.random, holds_money=True)
        self.begin_hours(self.random, holds_money=False)
        self.begin_task(self.random.choice(STATES[1:]), is_instant=self.random.random() < 0.3)

    @rule(seed=st.integers(0, 2**32))
    def somebody_acts(self, seed: int) -> None:
        self.happens(Random(f"{seed} {self.random.random()}"))

    @precondition(lambda self: self.random.random() < 0.4)
    @rule(jump=st.sampled_from(JUMPS))
    def the_clock_goes_on(self, jump: timedelta) -> None:
        self.time_passes(jump)

    @invariant()
    def nothing_is_broken(self) -> None:
        if hasattr(self, "random"):
            self.is_whole = False
            audit.after_every_step()
            self.is_whole = True

    def reach_the_end(self) -> None:
        """Nobody does anything any more: the clock, and the card companies, who decide on what they were asked."""
        start = self.at
        for days in SILENT_DAYS:
            self.at = start + timedelta(days=days)
            clockwork.run(at=self.at)
            for number, dispute in enumerate(sandbox.Dispute.objects.filter(outcome="open").order_by("pk")):
                clockwork.decide(ref=dispute.ref, won=number % 2 == 0, at=self.at)
            sweep(at=self.at)
            if not audit.waiting():
                break
        audit.at_the_end(self.at)


@pytest.mark.django_db
def test_whatever_happens_it_ends_with_every_yen_where_it_belongs() -> None:
    """A failure is shown as it was found: making it smaller would take minutes on a database."""
    run_state_machine_as_test(
        AnyLife,
        settings=settings(
            max_examples=6,
            stateful_step_count=45,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
