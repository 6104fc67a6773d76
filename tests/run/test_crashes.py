"""kill -9 in the middle of it: nothing acknowledged is lost, nothing is done twice, the provider's list is ours.

Three pairs of people carry projects and a desk closes runs, all over HTTP, while parts of the market are killed at
random. What was sent and what was acknowledged is remembered here, outside the database.
"""

import contextlib
import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import psycopg
import pytest

from nakadachi.infra import clock
from nakadachi.money.payouts.zengin import decode
from tests.journeys.by_http import Answer, Down, Form, HttpPerson, again_and_again
from tests.journeys.project import CARD, PAYS_YEN, RECEIVES_YEN, Misled, Pending, Project
from tests.run.books import Books, no_job_is_stuck
from tests.run.killing import kill_pid as _kill
from tests.run.market import Market, wait_until

pytestmark = pytest.mark.xdist_group("market")

PAIRS = 3
KILLS = ("web", "worker", "everything", "database", "web", "web", "database", "web", "database")
STEPS_BETWEEN = (4, 24)
"""Acknowledged steps between one kill and the next: a slow machine is not killed into standing still."""
BACK_SECONDS_MAX = 30
RESUMED_SECONDS_MAX = 90
"""Stalled jobs are found 30 s after the last sign of life, looked for every 10 s."""
SEED = int(os.environ.get("NAKADACHI_TEST_SEED", "20261122"))


@dataclass
class Pair:
    """A client, a worker, and their projects, the last of which may be under way."""

    number: int
    client: HttpPerson
    worker: HttpPerson
    email: str
    projects: list[Project] = field(default_factory=list)
    payouts_asked: int = 0

    def live(self, stop: threading.Event) -> None:
        while not stop.is_set():
            project = Project(self.client, self.worker, f"組{self.number}の記事{len(self.projects) + 1}")
            self.projects.append(project)
            try:
                project.carry_on()
            except Pending:
                continue
            if len(self.projects) % 2 == 0:
                self.ask_for_payout()

    def ask_for_payout(self) -> None:
        form = again_and_again(lambda: self.worker.fill_in("/earnings/payouts/new/"))
        if "request_key" in form.fields:
            answer = again_and_again(lambda: self.worker.send(form))
            self.payouts_asked += answer.status == 200

    def finish(self) -> None:
        for project in self.projects:
            project.carry_on()


@dataclass
class Desk:
    """Closes what was asked for, keeps each file it downloads, marks it as sent."""

    person: HttpPerson
    files: dict[str, bytes] = field(default_factory=dict)

    def live(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.close_a_run()
            time.sleep(0.3)

    def close_a_run(self) -> None:
        form = again_and_again(lambda: self.person.fill_in("/staff/payouts/"))
        if "request_key" in form.fields:
            self.carry_to_bank(self.press(replace(form, path="/staff/payouts/extra/")).path)

    def carry_to_bank(self, run: str) -> None:
        form = again_and_again(lambda: self.person.fill_in(run))
        self.press(replace(form, path=f"{run}file/"))
        self.files[run] = again_and_again(lambda: self.person.get(f"{run}file/")).body
        total = str(decode(self.files[run], year=clock.now().year).total_yen)
        form = again_and_again(lambda: self.person.fill_in(run, total=total, bank_charge="0"))
        self.press(replace(form, path=f"{run}sent/"))

    def press(self, form: Form) -> Answer:
        answer = again_and_again(lambda: self.person.send(form))
        if answer.status != 200:
            raise Misled(f"{form.path}: {answer.status} {answer.path}")
        return answer


@dataclass
class Town:
    """Everybody, each in a thread of their own; what goes wrong with somebody is kept for the end."""

    market: Market
    pairs: list[Pair]
    desk: Desk
    wrong: list[BaseException] = field(default_factory=list)

    def live_through(self, calamity: Callable[[], None]) -> None:
        stop = threading.Event()
        lives = [one.live for one in (*self.pairs, self.desk)]
        threads = [threading.Thread(target=self._live, args=(life, stop)) for life in lives]
        for thread in threads:
            thread.start()
        try:
            calamity()
        finally:
            stop.set()
            for thread in threads:
                thread.join(120)
        assert not self.wrong, self.wrong

    def _live(self, life: Callable[[threading.Event], None], stop: threading.Event) -> None:
        try:
            life(stop)
        except BaseException as problem:
            self.wrong.append(problem)

    @property
    def acknowledged(self) -> int:
        return sum(len(project.acknowledged) for project in self.projects)

    @property
    def projects(self) -> list[Project]:
        return [project for pair in self.pairs for project in pair.projects]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    market = Market(tmp_path_factory.mktemp("crashes") / "data", demo=False)
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="module")
def town(market: Market) -> Town:
    pairs = [Pair(number, *_couple(market, number)) for number in range(1, PAIRS + 1)]
    added = market.command("staff", "add", "desk@example.jp")
    desk = HttpPerson(market.url)
    desk.log_in("desk@example.jp", added.stdout.split()[-1])
    desk.add_authenticator()
    return Town(market, pairs, Desk(desk))


def _couple(market: Market, number: int) -> tuple[HttpPerson, HttpPerson, str]:
    client, worker = HttpPerson(market.url), HttpPerson(market.url)
    email = f"worker{number}@example.jp"
    mailbox = market.folder / "mail"
    client.register(name=f"依頼人{number}", email=f"client{number}@example.jp", mailbox=mailbox)
    worker.register(name=f"働き手{number}", email=email, mailbox=mailbox)
    worker.register_bank_account(f"{1_000_000 + number}")
    return client, worker, email


# Killing


def kill(market: Market, what: str, chance: random.Random) -> None:
    """One part with all its processes, now and then one of them only. Front and keeper go with everything."""
    if what == "everything":
        assert market.front is not None
        for pid in market.processes():
            _kill(pid)
        market.front.wait(10)
        assert wait_until(lambda: not market.processes(), 15), market.processes()
        market.start()
        return
    word = {"web": "granian", "worker": "procrastinate", "database": "postgres"}[what]
    victims = market.pids_of(word)
    if what == "web" and chance.random() < 0.4:
        victims = [chance.choice(victims)]
    for pid in victims:
        _kill(pid)


def kill_again_and_again(town: Town, chance: random.Random) -> None:
    for what in KILLS:
        goal = town.acknowledged + chance.randint(*STEPS_BETWEEN)
        assert wait_until(lambda goal=goal: town.acknowledged >= goal or town.wrong, 60), f"nobody works before {what}"
        time.sleep(chance.uniform(0, 0.2))
        kill(town.market, what, chance)
        time.sleep(0.4)
        assert wait_until(lambda: town.market.answers("/readyz"), BACK_SECONDS_MAX), what


# What must be true afterwards


def verify(town: Town, complete: int) -> None:
    """Every acknowledged step of every project exactly once, to the yen, at the provider and at the bank too."""
    books = Books(town.market)
    for table in ("jobs_job", "sourcing_proposal", "contracts_contract", "contracts_milestone", "contracts_delivery"):
        assert books.figure(f"SELECT count(*) FROM {table}") == complete, table
    assert books.figure("SELECT count(*) FROM contracts_milestone WHERE status = 'accepted'") == complete
    assert books.figure("SELECT count(*) FROM contracts_terms") == complete
    charged = books.rows("SELECT count(*), sum(amount_yen) FROM sandbox_charge WHERE outcome = 'captured'")
    assert charged == [(complete, complete * PAYS_YEN)]
    captured = "SELECT count(DISTINCT purpose_id) FROM payments_payment WHERE status = 'captured'"
    assert books.figure(captured) == complete
    accounts = json.loads(town.market.command("ledger", "trial-balance", "--json").stdout)["accounts"]
    balances = {row["account"]: row["balance_yen"] for row in accounts}
    for pair in town.pairs:
        (member_id,) = books.rows(f"SELECT id FROM people_member WHERE email = '{pair.email}'")[0]
        payouts = f"SELECT sum(amount_yen) FROM payouts_payout WHERE member_id = {member_id} AND status <> 'cancelled'"
        earned_yen = balances.get(f"member:{member_id}", 0) + books.figure(payouts)
        assert earned_yen == RECEIVES_YEN * sum(project.is_complete for project in pair.projects)
    verify_transfers(town, books, balances["bank_client_money"])


def verify_transfers(town: Town, books: Books, paid_out_yen: int) -> None:
    """Every run was closed once, its file is the same for ever, and the bank was told each transfer once."""
    assert books.figure("SELECT count(*) FROM payouts_closingrun WHERE is_extra") == len(town.desk.files)
    total_yen = 0
    for run, content in town.desk.files.items():
        assert town.desk.person.get(f"{run}file/").body == content
        lines = f"SELECT sum(pays_yen) FROM payouts_payout WHERE status = 'sent' AND run_id = {run.split('/')[-2]}"
        in_file_yen = decode(content, year=clock.now().year).total_yen
        assert in_file_yen == books.figure(lines), run
        total_yen += in_file_yen
    assert total_yen == books.figure("SELECT sum(pays_yen) FROM payouts_payout WHERE status = 'sent'") == paid_out_yen


def test_a_project_over_http(town: Town) -> None:
    """The same walk as in the browser, without one; and the harness sees it when something is missing or double."""
    pair = town.pairs[0]
    pair.projects.append(Project(pair.client, pair.worker, "はじめの記事"))
    pair.finish()
    pair.ask_for_payout()
    town.desk.close_a_run()
    verify(town, complete=1)
    for wrong in (0, 2):
        with pytest.raises(AssertionError):
            verify(town, complete=wrong)


def test_nothing_is_lost_and_nothing_is_done_twice(town: Town, market: Market) -> None:
    chance = random.Random(SEED)
    town.live_through(lambda: kill_again_and_again(town, chance))
    with market.auditor() as auditor:
        auditor.assert_clean(f"kills with seed {SEED}, before anything is finished")
        auditor.ask("payments")
        for pair in town.pairs:
            pair.finish()
        auditor.assert_clean(f"kills with seed {SEED}")
    assert all(project.acknowledged for project in town.projects)
    verify(town, complete=len(town.projects))
    assert wait_until(lambda: no_job_is_stuck(market), RESUMED_SECONDS_MAX)
    assert Books(market).figure("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == 0


# The points where it would hurt most, each reached on purpose: the ledger is held shut while the provider acts.

CHARGED = "SELECT count(*) FROM sandbox_charge WHERE outcome = 'captured'"
PROCESSING = "SELECT count(*) FROM payments_payment WHERE status = 'processing'"
SETTLED = "SELECT count(*) FROM payments_refund WHERE status = 'settled'"


@contextlib.contextmanager
def ledger_held_shut(books: Books) -> Iterator[None]:
    """Nobody can post meanwhile; whoever tries waits (three seconds at most)."""
    with psycopg.connect(books.url) as connection:
        connection.execute("LOCK TABLE ledger.journal IN SHARE MODE")
        yield
        connection.rollback()


def send_and_kill(market: Market, who: HttpPerson, form: Form, *, when: Callable[[], bool]) -> None:
    """The form is on its way; as soon as `when` is true, the web dies under it."""
    sending = threading.Thread(target=_expect_no_answer, args=(who, form))
    sending.start()
    assert wait_until(when, 10)
    for pid in market.pids_of("granian"):
        _kill(pid)
    sending.join(30)
    assert not sending.is_alive()


def _expect_no_answer(who: HttpPerson, form: Form) -> None:
    with contextlib.suppress(Down):
        who.send(form)


def steady_workers(market: Market) -> list[int]:
    """The worker's processes, once they are the same for a while: after a kill, new ones are on their way."""

    def are_steady() -> bool:
        before = market.pids_of("procrastinate")
        time.sleep(2)
        return bool(before) and before == market.pids_of("procrastinate")

    assert wait_until(are_steady, BACK_SECONDS_MAX)
    return market.pids_of("procrastinate")


def lose_a_refund(town: Town, market: Market, given_up: Project) -> None:
    """The worker dies after the provider gave the money back, before that is written down."""
    books, workers = Books(market), steady_workers(market)
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    assert given_up.worker.send(given_up.worker.fill_in(given_up.at("handback"))).status == 200
    with ledger_held_shut(books):
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
        assert wait_until(lambda: books.figure("SELECT count(*) FROM sandbox_refund") == 1, 10)
        for pid in workers:
            _kill(pid)
    assert books.figure(SETTLED) == 0


def lose_a_charge(market: Market, project: Project) -> Form:
    """The web dies after the provider took the money, before that is written down."""
    books = Books(market)
    form = project.client.fill_in(project.at("funding"), card_number=CARD)
    before = books.figure(CHARGED)
    with ledger_held_shut(books):
        send_and_kill(market, project.client, form, when=lambda: books.figure(CHARGED) == before + 1)
    assert books.figure(PROCESSING) == 1
    return form


def test_killed_between_the_providers_act_and_our_record(town: Town, market: Market) -> None:
    """Both are found by themselves, once; the same form sent again changes nothing."""
    books, pair = Books(market), town.pairs[0]
    given_up = Project(pair.client, pair.worker, "辞退する記事")
    given_up.carry_on("fund")
    project = Project(pair.client, pair.worker, "支払いの途中の記事")
    project.carry_on("confirm")
    charged = books.figure(CHARGED) + 1
    with market.auditor() as auditor:
        lose_a_refund(town, market, given_up)
        auditor.assert_clean("worker killed between the refund and its record")
        form = lose_a_charge(market, project)
        auditor.assert_clean("web killed between the charge and its record")
        assert wait_until(lambda: market.answers("/readyz"), BACK_SECONDS_MAX)
        assert wait_until(project.is_funded, RESUMED_SECONDS_MAX)
        assert wait_until(lambda: books.figure(SETTLED) == 1, RESUMED_SECONDS_MAX)
        assert again_and_again(lambda: pair.client.send(form)).status == 200
        assert books.figure(CHARGED) == charged
        assert books.figure("SELECT count(*) FROM sandbox_refund") == 1
        auditor.assert_clean("everything found by itself")


def test_killed_before_the_provider_was_asked(town: Town, market: Market) -> None:
    """The intent is written, the card was never charged: after a quarter of an hour it is given up, and paid anew."""
    books, pair = Books(market), town.pairs[1]
    project = Project(pair.client, pair.worker, "払い直す記事")
    project.carry_on("confirm")
    before = books.figure(CHARGED)
    form = pair.client.fill_in(project.at("funding"), card_number=CARD)
    with psycopg.connect(books.url) as connection:
        connection.execute("LOCK TABLE sandbox_charge IN EXCLUSIVE MODE")
        send_and_kill(market, pair.client, form, when=lambda: books.figure(PROCESSING) == 1)
        connection.rollback()
    assert wait_until(lambda: market.answers("/readyz"), BACK_SECONDS_MAX)
    assert books.figure(CHARGED) == before
    with market.auditor() as auditor:
        auditor.ask("payments")
        project.carry_on()
        assert books.figure(CHARGED) == before + 1
        auditor.assert_clean("paid anew")
