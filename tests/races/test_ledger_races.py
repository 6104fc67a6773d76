"""Eight real threads on one ledger: no deadlock, no double effect, no overdraft, every yen accounted for."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.ledger import fold as folding
from nakadachi.money.ledger.book import SYSTEM, LedgerRefused
from tests import database
from tests.money.ledger.steps import DAY, draft, fund, hold, member, post

pytestmark = pytest.mark.races
THREADS = 8
PSP, FEE = SYSTEM["psp_clearing"], SYSTEM["fee_revenue_worker"]


def race(*runners: Callable[[], object]) -> list[object]:
    """Start all at once; what each returned, a refusal's code for a refusal. Any other error fails the test."""
    barrier = threading.Barrier(len(runners))
    results: list[object] = [None] * len(runners)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            results[place] = runners[place]()
        except LedgerRefused as refused:
            results[place] = refused.code
        except BaseException as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(runners))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def test_transfers_between_few_accounts_neither_deadlock_nor_lose_a_yen(committed_db):
    accounts = [member(number) for number in range(4)]
    for account_id in accounts:
        post("reversal", {PSP: -1_000, account_id: 1_000})

    def transfers(seed: int) -> Counter[str]:
        dice, seen = random.Random(seed), Counter()
        for _ in range(60):
            a, b, c = dice.sample(accounts, 3)
            yen = dice.randrange(1, 400)
            try:
                post("reversal", {a: -2 * yen, b: yen, c: yen - 1, FEE: 1})
                seen["posted"] += 1
            except LedgerRefused as refused:
                seen[refused.code] += 1
        return seen

    total = sum(race(*(lambda seed=seed: transfers(seed) for seed in range(THREADS))), Counter())
    assert set(total) <= {"posted", "overdraft"}
    assert total["posted"] > 50
    assert total["overdraft"] > 10, "the accounts must run dry for the race to mean something"
    assert sum(queries.balances_yen([*accounts, FEE]).values()) == 4_000
    assert checks.run(checks.OWN) == []


def test_the_last_yen_is_spent_once(committed_db):
    h, m = hold(1), member(1)
    for round_ in range(10):
        fund(h, 100, ref=round_)
        results = race(*(lambda: post("hold.release", {h: -100, m: 100}) for _ in range(THREADS)))
        assert Counter(type(result) for result in results) == {int: 1, str: THREADS - 1}
        assert {result for result in results if isinstance(result, str)} == {"overdraft"}
    assert queries.balances_yen([h, m]) == {h: 0, m: 1_000}
    assert checks.run(checks.OWN) == []


def test_negative_control_check_then_update_without_the_ledger_overdraws(committed_db):
    """The same race against a plain balance column read before it is written: money is made."""
    with database.owner_connection(committed_db) as owner:
        owner.execute("CREATE TABLE public.naive (balance bigint)")
        owner.execute(f"GRANT ALL ON public.naive TO {database.APP_ROLE}")
        owner.execute("INSERT INTO public.naive VALUES (100)")
    read = threading.Barrier(THREADS)

    def spend() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT balance FROM public.naive")
            enough = cursor.fetchone()[0] >= 100
            read.wait(timeout=10)
            if enough:
                cursor.execute("UPDATE public.naive SET balance = balance - 100")
            return "spent" if enough else "refused"

    assert race(*([spend] * THREADS)).count("spent") == THREADS


def test_the_same_key_at_once_has_one_effect_and_one_answer(committed_db):
    h = hold(1)
    for _ in range(10):
        key = uuid4()
        wanted = draft("hold.fund", {PSP: -100, h: 100})
        answers = race(
            *[partial(book.post, wanted, key=key)] * (THREADS // 2),
            *[partial(book.post_batch, [(wanted, key)])] * (THREADS // 2),
        )
        singles, batches = set(answers[: THREADS // 2]), {tuple(answer) for answer in answers[THREADS // 2 :]}
        assert len(singles) == 1
        assert batches == {tuple(singles)}
    assert queries.balance_yen(h) == 1_000
    assert checks.run(checks.OWN) == []


def test_the_same_key_with_two_bodies_at_once_keeps_one(committed_db):
    h = hold(1)
    for _ in range(10):
        key = uuid4()
        bodies = [draft("hold.fund", {PSP: -yen, h: yen}) for yen in (100, 101)]
        answers = race(*(partial(book.post, bodies[n % 2], key=key) for n in range(THREADS)))
        assert Counter(type(answer) for answer in answers) == {int: THREADS // 2, str: THREADS // 2}
        assert {answer for answer in answers if isinstance(answer, str)} == {"key_reused"}
        assert len({answer for answer in answers if isinstance(answer, int)}) == 1
    assert checks.run(checks.OWN) == []


def test_one_reversal_of_many(committed_db):
    h = hold(1)
    for _ in range(5):
        journal_id = fund(h, 100)
        keys = [uuid4() for _ in range(THREADS)]
        answers = race(*(partial(book.reverse, journal_id, key=key, effective_at=DAY) for key in keys))
        assert Counter(type(answer) for answer in answers) == {int: 1, str: THREADS - 1}
        assert {answer for answer in answers if isinstance(answer, str)} <= {"already_reversed", "overdraft"}
    assert queries.balance_yen(h) == 0
    assert checks.run(checks.OWN) == []


def test_batches_single_postings_and_folds_side_by_side(committed_db):
    accounts = [member(number) for number in range(6)]
    for account_id in accounts:
        post("reversal", {PSP: -100_000, account_id: 100_000})

    def lines(dice: random.Random) -> dict[int, int]:
        a, b = dice.sample(accounts, 2)
        return {b: -10, a: 9, FEE: 1}

    def singles(seed: int) -> str:
        dice = random.Random(seed)
        for _ in range(50):
            post("reversal", lines(dice))
        return "done"

    def batches(seed: int) -> str:
        dice = random.Random(seed)
        for _ in range(10):
            book.post_batch([(draft("reversal", lines(dice)), uuid4()) for _ in range(25)])
        return "done"

    def folds() -> str:
        for _ in range(40):
            folding.fold()
        return "done"

    runners = [lambda seed=seed: singles(seed) for seed in range(3)]
    runners += [lambda seed=seed: batches(seed) for seed in range(3, 6)]
    assert race(*runners, folds, folds) == ["done"] * 8
    folding.fold()
    assert queries.balance_yen(FEE) == 3 * 50 + 3 * 250
    assert checks.run(checks.OWN) == []


def test_closing_an_account_and_posting_to_it_at_once(committed_db):
    for number in range(20):
        h = hold(number)
        closed, posted = race(partial(book.close_account, h), partial(fund, h, 5))
        assert (closed, posted if isinstance(posted, str) else "posted") in {
            (None, "closed_account"),
            ("not_empty", "posted"),
        }
    assert checks.run(checks.OWN) == []


def test_opening_the_same_account_at_once(committed_db):
    for number in range(10):
        assert len(set(race(*(lambda owner=number: member(owner) for _ in range(THREADS))))) == 1
    assert checks.run(checks.OWN) == []
