"""kill -9 at every named place: what was acknowledged is there, nothing happened twice, nothing stays stuck.

Each place is reached on purpose by a real request or job (`infra/crash_points.py`); there the process stands still
while one part of the market, or all of it, is killed. `NAKADACHI_CRASH_ROUNDS=20` kills at each place twenty times,
each time something else in turn (docs/operations/faults.md has the figures); `NAKADACHI_CRASH_PLACES=payment,refund`
takes only the places whose names begin so.
"""

import contextlib
import os
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes

import psycopg
import pytest
from django.conf import settings

from nakadachi.infra import clock
from tests.journeys.by_http import Answer, Down, again_and_again
from tests.run.books import Books, no_job_is_stuck
from tests.run.crash_figures import Figures
from tests.run.killing import KINDS, Points, kill, kill_pid
from tests.run.market import Market, wait_until
from tests.run.resuming import Watch
from tests.run.scenes import Scene, Scenes
from tests.run.stock import Stock, settle_down

pytestmark = pytest.mark.xdist_group("market")

ROUNDS = int(os.environ.get("NAKADACHI_CRASH_ROUNDS", "1"))
BEGINNINGS = tuple(os.environ.get("NAKADACHI_CRASH_PLACES", "").split(","))
RESUMED_SECONDS_MAX = 60
SENDING_SECONDS_MAX = 120
SWEEPS_BETWEEN_RESTS = 3

PLACES: dict[str, Callable[[Scenes], Scene]] = {
    "payment.intended": Scenes.fund,
    "payment.processing": Scenes.fund,
    "payment.charged": Scenes.fund,
    "payment.captured": Scenes.fund,
    "payment.posted": Scenes.fund,
    "answer.funding": Scenes.fund,
    "answer.challenge": Scenes.confirm_card,
    "payment.asked": Scenes.confirm_card,
    "notice.told": Scenes.deliver,
    "letters.written": Scenes.deliver,
    "mail.claimed": Scenes.deliver,
    "mail.sent": Scenes.deliver,
    "refund.given": Scenes.hand_back,
    "refund.posted": Scenes.hand_back,
    "acceptance.locked": Scenes.accept,
    "acceptance.posted": Scenes.accept,
    "answer.acceptance": Scenes.accept,
    "run.taking": Scenes.close_run,
    "run.closed": Scenes.close_run,
    "answer.extra": Scenes.close_run,
    "file.encoded": Scenes.make_file,
    "file.stored": Scenes.make_file,
    "answer.file": Scenes.make_file,
    "run.sending": Scenes.mark_sent,
    "run.sent": Scenes.mark_sent,
    "answer.sent": Scenes.mark_sent,
}
ELSEWHERE = {
    "erasing.": "tests/closing/test_erasing_crash.py",
    "export.": "tests/closing/export/test_export_crash.py",
}
"""Places of jobs that no scene of a market needs; they are killed where their own life is tried."""
BY_WORKER = {"notice.told", "letters.written", "mail.claimed", "mail.sent", "refund.given", "refund.posted"}
TOGETHER = (
    ("notice.told", "payment.intended", "acceptance.locked", "run.taking"),
    ("letters.written", "payment.processing", "acceptance.posted", "file.encoded", "run.closed"),
    ("mail.claimed", "payment.charged", "answer.acceptance", "file.stored", "answer.extra"),
    ("mail.sent", "payment.captured", "run.sending", "answer.file"),
    ("refund.given", "payment.posted", "run.sent", "answer.challenge"),
    ("refund.posted", "answer.funding", "answer.sent", "payment.asked"),
)
"""Who stands still at the same time, so that one kill tries several places: none waits for what another holds. Earlier
runs come first, and the card company's pages last, because the worker stands still for them."""


@dataclass
class Sending:
    """A form on its way, in a thread; `answer` stays None when none came."""

    scene: Scene
    answer: Answer | None = None
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._send)
        self.thread.start()

    def _send(self) -> None:
        try:
            self.answer = self.scene.who.send(self.scene.form)
        except Down:
            return

    def end(self) -> bool:
        """True when the person was told that it is done."""
        self.thread.join(SENDING_SECONDS_MAX)
        assert not self.thread.is_alive()
        return self.answer is not None and self.scene.is_yes(self.answer)


@dataclass
class Round:
    """One scene, played until it stands at its place."""

    place: str
    kind: str
    scene: Scene
    sending: Sending = field(init=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.place, self.kind


@dataclass
class Stage:
    """The market with its people, and who watches it from outside."""

    market: Market
    points: Points
    scenes: Scenes
    stock: Stock
    books: Books
    watch: Watch
    figures: Figures = field(default_factory=Figures)
    waiting: deque["Round"] = field(default_factory=deque)

    def round(self, places: Sequence[str], kind: str, *, goes_away: bool) -> None:
        """One kill while somebody stands at each of these places."""
        self.stock.busy.clear()
        rounds = [Round(place, kind, PLACES[place](self.scenes)) for place in places]
        with contextlib.ExitStack() as quiet:
            pids = [self._stand_still(one, quiet) for one in rounds]
            for one in rounds:
                if goes_away or not one.scene.in_steps:
                    self.watch.killed(one.key, time.monotonic())
            seconds = kill(self.market, kind, sorted(set(pids)))
            self.watch.serves_again()
            self.points.release()
        for one in rounds:
            acknowledged = one.sending.end()
            row = self.figures.rows[one.key]
            row.rounds, row.acknowledged = row.rounds + 1, row.acknowledged + acknowledged
            row.back.append(seconds)
            self.figures.judge(one.key, one.scene.parts(), acknowledged=acknowledged, in_steps=one.scene.in_steps)
        for one in rounds:
            if not (one.scene.in_steps and goes_away):
                self.finish(one)
            if one.scene.in_steps:
                self.waiting.append(one)

    def _stand_still(self, one: "Round", quiet: contextlib.ExitStack) -> int:
        assert not any(one.scene.parts()), one.key
        self.points.arm(one.place)
        quiet.enter_context(one.scene.quiet())
        one.sending = Sending(one.scene)
        pid = self.points.wait_for(one.place)
        answer = one.sending.answer
        assert pid, f"{one.place} was not reached: {answer and (answer.status, answer.path)}"
        assert (pid in self.market.pids_of("procrastinate")) == (one.place in BY_WORKER), one.key
        if one.place in BY_WORKER:
            one.sending.end()
        return pid

    def finish(self, one: "Round") -> None:
        """The same form again, until somebody answers: its effect is there once."""
        scene, key = one.scene, one.key
        answer = again_and_again(lambda: scene.who.send(scene.form))
        assert answer.status < 500, (key, answer.status)
        if not scene.in_steps:
            self.figures.judge(key, scene.parts(), acknowledged=True, in_steps=False)
            scene.after()

    def come_to_rest(self) -> None:
        """Everything that was interrupted is finished by itself, soon."""
        begun = time.monotonic()
        pending = "SELECT count(*) FROM payments_payment WHERE status = 'processing'"
        refunds = "SELECT count(*) FROM payments_refund WHERE status IN ('requested', 'pending')"
        mails = "SELECT count(*) FROM mail_mail WHERE sent_at IS NULL"
        rest: dict[str, Callable[[], bool]] = {
            "jobs": lambda: no_job_is_stuck(self.market),
            "payments": lambda: self.books.figure(pending) == 0,
            "refunds": lambda: self.books.figure(refunds) == 0,
            "mails": lambda: self.books.figure(mails) == 0,
        }
        for name, is_done in rest.items():
            left = RESUMED_SECONDS_MAX - (time.monotonic() - begun)
            assert wait_until(is_done, max(left, 1)), f"{name} still wait after {RESUMED_SECONDS_MAX} s"
        self._count_what_resumed()
        while self.waiting:
            one = self.waiting.popleft()
            assert set(one.scene.parts()) in ({0}, {1}), (one.key, one.scene.parts())
            one.scene.after()

    def _count_what_resumed(self) -> None:
        """What a kill left open was done within the time, counted from when the market served again."""
        wait_until(lambda: all(account.done_at for account in self.watch.accounts), RESUMED_SECONDS_MAX)
        for account in self.watch.take_accounts():
            if account.things:
                self.figures.rows[account.key].resumed.append(account.seconds)
            if account.seconds_undisturbed > RESUMED_SECONDS_MAX:
                jobs = "SELECT id, status, task_name, attempts, scheduled_at - now(), worker_id FROM procrastinate_jobs"
                held = self.books.rows(f"{jobs} WHERE status IN ('todo', 'doing')")
                fault = f"{account.key}: {account.left} of {account.things} open for {account.seconds:.0f} s, {held}"
                self.figures.faults.append(fault)

    def verify(self) -> None:
        """The provider's own list is the ledger to the yen; no journal, notice or transfer is there twice."""
        charged = self.books.figure("SELECT sum(amount_yen) FROM sandbox_charge WHERE outcome = 'captured'")
        returned = self.books.figure("SELECT sum(amount_yen) FROM sandbox_refund WHERE outcome = 'settled'")
        clearing = self.books.figure("SELECT sum(amount) FROM ledger.entry WHERE account_id = 1")
        assert charged - returned == -clearing, (charged, returned, clearing)
        twice = "SELECT kind, ref_id, count(*) FROM ledger.journal GROUP BY kind, ref_type, ref_id HAVING count(*) > 1"
        assert self.books.rows(twice) == []
        refunds = "SELECT charge_id FROM sandbox_refund GROUP BY charge_id HAVING count(*) > 1"
        assert self.books.rows(refunds) == []
        failed = "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1"
        assert self.books.rows(failed) == []
        self.verify_mails()

    def verify_mails(self) -> None:
        """One notice for each delivery, one mail for each notice; a second copy carries the same Message-ID."""
        deliveries = self.books.figure("SELECT count(*) FROM events_event WHERE kind = 'milestone.deliver'")
        for table in ("notifications_notice", "mail_mail"):
            told = f"SELECT count(*) FROM {table} WHERE kind = 'milestone.deliver'"
            assert self.books.figure(told) == deliveries, table
        letters = [message_from_bytes(path.read_bytes()) for path in (self.market.folder / "mail").glob("[!.]*.eml")]
        copies = Counter(str(letter["Message-ID"]) for letter in letters)
        keys = {str(key) for (key,) in self.books.rows("SELECT key FROM mail_mail WHERE sent_at IS NOT NULL")}
        assert keys <= {name.strip("<>").split("@")[0] for name in copies}
        self.figures.marked_duplicates = sum(copies.values()) - len(copies)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("points")
    market = Market(folder / "data", demo=False, extra={"NAKADACHI_CRASH_POINTS": str(folder / "places")})
    market.start()
    books = Books(market)
    watch = Watch(books.url)
    watch.start()
    try:
        stock = settle_down(market)
        yield Stage(market, Points(folder / "places"), Scenes(stock, books), stock, books, watch)
    finally:
        watch.stop()
        market.stop()


def test_every_place_of_the_code_is_tried() -> None:
    named = {
        name
        for path in settings.PACKAGE.rglob("*.py")
        for name in re.findall(r'\breached\("([a-z.]+)"\)', path.read_text(encoding="utf-8"))
    }
    elsewhere = {place for place in named if place.startswith(tuple(ELSEWHERE))}
    assert named - elsewhere == {place for place in PLACES if not place.startswith("answer.")}
    for beginning, file in ELSEWHERE.items():
        tried = (settings.ROOT / file).read_text(encoding="utf-8")
        assert all(place in tried for place in elsewhere if place.startswith(beginning)), file
    assert sorted(PLACES) == sorted(place for places in TOGETHER for place in places)


def test_killed_at_every_place(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    for sweep in range(ROUNDS):
        for number, together in enumerate(TOGETHER):
            kind = KINDS[(number + sweep) % len(KINDS)]
            places = [place for place in together if place.startswith(BEGINNINGS)]
            with capsys.disabled():
                print(f"\n{clock.now():%H:%M:%S} load {os.getloadavg()[0]:.1f}: {kind} at {places}", end="", flush=True)
            if places:
                stage.round(places, kind, goes_away=(number + sweep // len(KINDS)) % 2 == 0)
        if sweep % SWEEPS_BETWEEN_RESTS == 0 or sweep + 1 == ROUNDS:
            _look_at_everything(stage, f"sweep {sweep}")
        with capsys.disabled():
            print(f"\n{sweep + 1} of {ROUNDS}\n{stage.figures}\n{stage.figures.faults}", flush=True)
    assert stage.figures.faults == []


def _look_at_everything(stage: Stage, what: str) -> None:
    with stage.market.auditor() as auditor:
        auditor.assert_clean(f"{what}, before everything is finished")
        stage.come_to_rest()
        auditor.assert_clean(what)
    stage.verify()


def test_it_sees_a_charge_that_is_not_in_the_books(stage: Stage) -> None:
    """The control: a provider that charged twice."""
    with psycopg.connect(stage.books.url, autocommit=True) as connection:
        twice = (
            "INSERT INTO sandbox_charge (ref, key, amount_yen, refunded_yen, outcome, decline_code, card, card_last4,"
            " token, return_url, made_at, captured_at) SELECT 'ch_again', gen_random_uuid(), amount_yen, 0, outcome,"
            " '', card, card_last4, '', '', made_at, captured_at FROM sandbox_charge WHERE outcome = 'captured' LIMIT 1"
        )
        assert connection.execute(twice).rowcount == 1
        with pytest.raises(AssertionError):
            stage.verify()
        connection.execute("DELETE FROM sandbox_charge WHERE ref = 'ch_again'")
    stage.verify()


def test_it_sees_what_a_careless_database_loses(stage: Stage) -> None:
    """The control: without `synchronous_commit` an acknowledged acceptance is gone when the server is killed."""
    as_owner = stage.books.url.replace("nakadachi_owner@", "postgres@")
    with psycopg.connect(as_owner, autocommit=True) as connection:
        connection.execute("ALTER ROLE nakadachi_app SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
    kill(stage.market, "database", [])
    assert any(_is_lost(stage) for _ in range(10))


def _is_lost(stage: Stage) -> bool:
    scene = stage.scenes.accept()
    pids = stage.market.pids_of("postgres")
    answer = again_and_again(lambda: scene.who.send(scene.form))
    for pid in pids:
        kill_pid(pid)
    assert scene.is_yes(answer)
    assert wait_until(lambda: stage.market.answers("/readyz"), 30)
    figures = Figures()
    figures.judge(("answer.acceptance", "database"), scene.parts(), acknowledged=True, in_steps=False)
    return bool(figures.faults)
