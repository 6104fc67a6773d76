"""kill -9 at every named place: what was acknowledged is there, nothing happened twice, nothing stays stuck.

Each place is reached on purpose by a real request or job (`infra/crash_points.py`); there the process stands still
while one part of the market, or all of it, is killed. `NAKADACHI_CRASH_ROUNDS=20` kills at each place twenty times,
each time something else in turn (docs/operations/faults.md has the figures).
"""

import os
import re
import statistics
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes

import psycopg
import pytest
from django.conf import settings

from tests.journeys.by_http import Answer, Down, again_and_again
from tests.run.books import Books, no_job_is_stuck
from tests.run.killing import KINDS, Points, kill, kill_pid
from tests.run.market import Market, wait_until
from tests.run.scenes import Scene, Scenes
from tests.run.stock import settle_down

pytestmark = pytest.mark.xdist_group("market")

ROUNDS = int(os.environ.get("NAKADACHI_CRASH_ROUNDS", "1"))
RESUMED_SECONDS_MAX = 60
SENDING_SECONDS_MAX = 120

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
BY_WORKER = {"notice.told", "letters.written", "mail.claimed", "mail.sent", "refund.given", "refund.posted"}


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
class Figures:
    """What is reported at the end, and what had to be right on the way."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    back_seconds: list[float] = field(default_factory=list)
    resumed_seconds: list[float] = field(default_factory=list)
    marked_duplicates: int = 0

    def __str__(self) -> str:
        back, resumed = sorted(self.back_seconds), sorted(self.resumed_seconds)
        return (
            f"{sum(self.kills.values())} kills ({dict(self.kills)}), {self.acknowledged} acknowledged all the same; "
            f"answers again after {statistics.median(back):.1f} s (longest {back[-1]:.1f}); everything resumed "
            f"{statistics.median(resumed):.0f} s after a sweep (longest {resumed[-1]:.0f}); "
            f"{self.marked_duplicates} mails sent twice under one Message-ID"
        )


@dataclass
class Stage:
    """The market with its people, and who watches it from outside."""

    market: Market
    points: Points
    scenes: Scenes
    books: Books
    figures: Figures = field(default_factory=Figures)
    waiting: deque[tuple[str, Scene]] = field(default_factory=deque)

    def round(self, place: str, kind: str, *, goes_away: bool) -> None:
        """One kill at one place."""
        what = f"{kind} killed at {place}"
        scene = PLACES[place](self.scenes)
        assert not any(scene.parts()), what
        self.points.arm(place)
        with scene.quiet():
            sending = Sending(scene)
            pid = self.points.wait_for(place)
            assert pid, f"{place} was not reached: {sending.answer and (sending.answer.status, sending.answer.path)}"
            acknowledged = sending.end() if place in BY_WORKER else False
            self.figures.back_seconds.append(kill(self.market, kind, pid))
            self.points.release()
        acknowledged = acknowledged or sending.end()
        self.figures.kills[kind] += 1
        self.figures.acknowledged += acknowledged
        self.judge(scene, what, acknowledged=acknowledged)
        if scene.in_steps and goes_away:
            self.waiting.append((what, scene))
            return
        self.finish(scene, what)

    def judge(self, scene: Scene, what: str, *, acknowledged: bool) -> None:
        """What was acknowledged is there; what was not is there whole or not at all."""
        parts = scene.parts()
        assert max(parts) <= 1, (what, parts)
        if acknowledged:
            assert min(parts) == 1, (what, parts)
        elif not scene.in_steps:
            assert min(parts) == max(parts), (what, parts)

    def finish(self, scene: Scene, what: str) -> None:
        """The same form again, until somebody answers: its effect is there once."""
        answer = again_and_again(lambda: scene.who.send(scene.form))
        assert answer.status < 500, (what, answer.status)
        if not scene.in_steps:
            assert set(scene.parts()) == {1}, (what, answer.path, scene.parts())
            scene.after()
        else:
            self.waiting.append((what, scene))

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
        self.figures.resumed_seconds.append(time.monotonic() - begun)
        while self.waiting:
            what, scene = self.waiting.popleft()
            assert len(set(scene.parts())) == 1, (what, scene.parts())
            scene.after()

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
        letters = [message_from_bytes(path.read_bytes()) for path in (self.market.folder / "mail").glob("*.eml")]
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
    try:
        yield Stage(market, Points(folder / "places"), Scenes(settle_down(market), books), books)
    finally:
        market.stop()


def test_every_place_of_the_code_is_tried() -> None:
    named = {
        name
        for path in settings.PACKAGE.rglob("*.py")
        for name in re.findall(r'\breached\("([a-z.]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert named == {place for place in PLACES if not place.startswith("answer.")}


def test_killed_at_every_place(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    for sweep in range(ROUNDS):
        _sweep(stage, sweep)
        with capsys.disabled():
            print(f"\n{sweep + 1} of {ROUNDS}: {stage.figures}", flush=True)


def _sweep(stage: Stage, sweep: int) -> None:
    for number, place in enumerate(PLACES):
        kind = KINDS[(number + sweep) % len(KINDS)]
        print(f"{time.monotonic():.1f} {kind} at {place}", flush=True)
        stage.round(place, kind, goes_away=(number + sweep // len(KINDS)) % 2 == 0)
    with stage.market.auditor() as auditor:
        auditor.assert_clean(f"sweep {sweep}, before everything is finished")
        stage.come_to_rest()
        auditor.assert_clean(f"sweep {sweep}")
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
    kill(stage.market, "database", 0)
    assert any(_is_lost(stage) for _ in range(10))


def _is_lost(stage: Stage) -> bool:
    scene = stage.scenes.accept()
    pids = stage.market.pids_of("postgres")
    answer = again_and_again(lambda: scene.who.send(scene.form))
    for pid in pids:
        kill_pid(pid)
    assert scene.is_yes(answer)
    assert wait_until(lambda: stage.market.answers("/readyz"), 30)
    try:
        stage.judge(scene, "a careless database", acknowledged=True)
    except AssertionError:
        return True
    return False
