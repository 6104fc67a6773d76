"""A random life of a ledger against a model in plain Python: after every step both agree, and refusals change nothing.

Macros bring money where the interesting rules need it, and every rule that posts keeps its call for a later replay
with the same and with another body.
"""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.ledger.book import SYSTEM, Draft, LedgerRefused, Line
from tests.money.ledger.steps import DAY, draft, fingerprint, hold, member

PSP, FEE, REFUNDS, PAYOUTS = (
    SYSTEM[name] for name in ("psp_clearing", "fee_revenue_worker", "refunds_in_transit", "payouts_in_transit")
)
numbers = st.integers(1, 3)
amounts = st.one_of(st.integers(1, 20), st.sampled_from([100, 10_550]))


class UndoError(Exception):
    """Ends an example without leaving anything in the database."""


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.holds = {number: hold(number) for number in (1, 2, 3)}
        self.members = {number: member(number) for number in (1, 2, 3)}
        self.yen: dict[int, int] = dict.fromkeys([*self.holds.values(), *self.members.values()], 0)
        self.hot: dict[int, int] = dict.fromkeys([PSP, FEE, REFUNDS, PAYOUTS], 0)
        self.posted: list[tuple[Draft, object, int]] = []
        self.reversed: dict[int, tuple[object, int]] = {}
        self.mirrors: set[int] = set()

    def teardown(self):
        try:
            assert checks.run() == []
        finally:
            self.atomic.__exit__(UndoError, UndoError(), None)

    # What the model says.
    def apply(self, lines: list[Line]) -> None:
        for line in lines:
            where = self.hot if line.account_id in self.hot else self.yen
            where[line.account_id] += line.amount_yen

    def covered(self, lines: list[Line]) -> bool:
        return all(self.yen[line.account_id] + line.amount_yen >= 0 for line in lines if line.account_id in self.yen)

    def refused(self, code: str, act) -> None:
        before = fingerprint()
        with pytest.raises(LedgerRefused) as caught, transaction.atomic():
            act()
        assert caught.value.code == code
        assert fingerprint() == before

    def attempt(self, kind: str, lines: dict[int, int]) -> None:
        wanted, key = draft(kind, lines), uuid4()
        if not self.covered(list(wanted.lines)):
            self.refused("overdraft", lambda: book.post(wanted, key=key))
            return
        journal_id = book.post(wanted, key=key)
        self.apply(list(wanted.lines))
        self.posted.append((wanted, key, journal_id))

    @rule(number=numbers, yen=amounts)
    def fund(self, number, yen):
        self.attempt("hold.fund", {PSP: -yen, self.holds[number]: yen})

    @rule(number=numbers, to=numbers, yen=amounts, fee=st.integers(0, 5))
    def release_part(self, number, to, yen, fee):
        self.attempt("hold.release", {self.holds[number]: -yen - fee, self.members[to]: yen, FEE: fee})

    @rule(number=numbers, to=numbers)
    def fund_and_release_all(self, number, to):
        self.fund(number, 10_550)
        everything = self.yen[self.holds[number]]
        self.attempt("hold.release", {self.holds[number]: -everything, self.members[to]: everything - 3, FEE: 3})

    @rule(number=numbers)
    def refund_all(self, number):
        everything = self.yen[self.holds[number]] or 1
        self.attempt("hold.refund", {self.holds[number]: -everything, REFUNDS: everything})

    @rule(number=numbers, beyond=st.sampled_from([0, 0, 1]))
    def pay_out(self, number, beyond):
        everything = self.yen[self.members[number]] + beyond or 1
        self.attempt("payout.request", {self.members[number]: -everything, PAYOUTS: everything})

    @rule(yens=st.lists(amounts, min_size=1, max_size=6), number=numbers, to=numbers)
    def batch(self, yens, number, to):
        drafts = [(draft("hold.release", {self.holds[number]: -yen, self.members[to]: yen}), uuid4()) for yen in yens]
        if self.yen[self.holds[number]] < sum(yens):
            self.refused("overdraft", lambda: book.post_batch(drafts))
            return
        ids = book.post_batch(drafts)
        for (wanted, key), journal_id in zip(drafts, ids, strict=True):
            self.apply(list(wanted.lines))
            self.posted.append((wanted, key, journal_id))

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), in_batch=st.booleans())
    def replay(self, data, in_batch):
        wanted, key, journal_id = data.draw(st.sampled_from(self.posted))
        before = fingerprint()
        assert (book.post_batch([(wanted, key)])[0] if in_batch else book.post(wanted, key=key)) == journal_id
        assert fingerprint() == before

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), in_batch=st.booleans())
    def same_key_other_body(self, data, in_batch):
        wanted, key, _ = data.draw(st.sampled_from(self.posted))
        turned = Draft(kind=wanted.kind, lines=[Line(line.account_id, -line.amount_yen) for line in wanted.lines],
                       ref_type=wanted.ref_type, ref_id=wanted.ref_id, effective_at=DAY)  # fmt: skip
        act = (lambda: book.post_batch([(turned, key)])) if in_batch else (lambda: book.post(turned, key=key))
        self.refused("key_reused", act)

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def reverse(self, data):
        wanted, _, journal_id = data.draw(st.sampled_from(self.posted))
        key = uuid4()
        mirrored = [Line(line.account_id, -line.amount_yen) for line in wanted.lines]
        if journal_id in self.reversed:
            first_key, first_id = self.reversed[journal_id]
            assert book.reverse(journal_id, key=first_key, effective_at=DAY) == first_id
            self.refused("already_reversed", lambda: book.reverse(journal_id, key=key, effective_at=DAY))
            self.refused("unknown_journal", lambda: book.reverse(first_id, key=key, effective_at=DAY))
        elif not self.covered(mirrored):
            self.refused("overdraft", lambda: book.reverse(journal_id, key=key, effective_at=DAY))
        else:
            self.reversed[journal_id] = (key, book.reverse(journal_id, key=key, effective_at=DAY))
            self.apply(mirrored)

    @rule(number=numbers, yen=amounts, off=st.integers(1, 3))
    def unbalanced(self, number, yen, off):
        wanted = draft("hold.fund", {PSP: -yen, self.holds[number]: yen + off})
        self.refused("unbalanced", lambda: book.post(wanted, key=uuid4()))
        self.refused("unbalanced", lambda: book.post_batch([(wanted, uuid4())]))

    @invariant()
    def balances_agree(self):
        expected = {**self.yen, **self.hot}
        assert queries.balances_yen(expected) == expected
        assert sum(expected.values()) == 0


@pytest.mark.django_db
def test_a_random_life_agrees_with_the_model():
    from hypothesis.stateful import run_state_machine_as_test

    chosen = settings(
        max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(LedgerMachine, settings=chosen)
