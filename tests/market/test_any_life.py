"""A whole market at random: projects, tasks, hours, months; right and wrong people; silence, quarrels, lost cards.

Whatever happens in whatever order, nothing breaks on the way; and when everybody falls silent, the clock alone brings
all of it to an end in which every hold is 0 and every yen has gone where it belongs.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from nakadachi.config.sweeping import sweep
from nakadachi.money.payments.gateways.sandbox import clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from tests.market.lives import audit
from tests.market.lives.contracts import Contracts, projects
from tests.market.lives.hours import Hours
from tests.market.lives.quarrels import Quarrels
from tests.market.lives.stage import picks
from tests.market.lives.taskwork import TaskWork

SILENT_DAYS = (0, 1, 2, 10, 30, 100, 370, 400, 800)


class AnyLife(Contracts, TaskWork, Hours, Quarrels):
    """All four ways of working at once."""

    @initialize(
        pick=picks,
        pieces=projects,
        notice_days=st.integers(1, 60),
        task=st.sampled_from(["open", "claimed", "submitted", "rejected", "appealed"]),
        is_instant=st.booleans(),
    )
    def a_market(
        self, pick: int, pieces: list[tuple[int, str]], notice_days: int, task: str, *, is_instant: bool
    ) -> None:
        self.begin_project(pick, pieces)
        self.begin_months(pick + 1, notice_days)
        self.begin_hours(pick + 2, holds_money=True)
        self.begin_hours(pick + 3, holds_money=False)
        self.begin_task(task, is_instant=is_instant)
        self.is_begun = True

    @invariant()
    def nothing_is_broken(self) -> None:
        if hasattr(self, "is_begun"):
            audit.after_every_step()

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
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
