"""How long what a kill left half-done stays so: jobs, payments, refunds and mails, watched from outside."""

import threading
import time
from dataclasses import dataclass, field

import psycopg

EVERY_SECONDS = 0.3
_OPEN = """
    SELECT 'payment', id FROM payments_payment WHERE status = 'processing'
    UNION ALL SELECT 'refund', id FROM payments_refund WHERE status IN ('requested', 'pending')
    UNION ALL SELECT 'mail', id FROM mail_mail WHERE next_at IS NOT NULL
    UNION ALL SELECT 'job ' || task_name, id FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
"""
Thing = tuple[str, int]


@dataclass
class Interrupted:
    """One kill, what was open when the database answered again, and when the last of it was done."""

    key: tuple[str, str]
    killed_at: float
    things: set[Thing] | None = None
    left: set[Thing] = field(default_factory=set)
    done_at: float | None = None
    served_at: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """From the kill; other kills may have come in between."""
        return (self.done_at or time.monotonic()) - self.killed_at

    @property
    def seconds_undisturbed(self) -> float:
        """From the last time before its end that the market served again: while it is away nothing can resume."""
        end = self.done_at or time.monotonic()
        return end - max([self.killed_at, *(at for at in self.served_at if at < end)])


class Watch(threading.Thread):
    """Looks at what is open several times a second; `killed` opens an account for a kill."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.accounts: list[Interrupted] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def killed(self, key: tuple[str, str], at: float) -> Interrupted:
        account = Interrupted(key, at)
        with self._lock:
            self.accounts.append(account)
        return account

    def serves_again(self) -> None:
        """After this kill, or after another that came before all was done."""
        with self._lock:
            for account in self.accounts:
                if account.done_at is None:
                    account.served_at.append(time.monotonic())

    def run(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            begun = time.monotonic()
            try:
                with psycopg.connect(self.url, connect_timeout=2) as connection:
                    things = {(str(kind), int(id_)) for kind, id_ in connection.execute(_OPEN).fetchall()}
            except psycopg.OperationalError:
                continue
            self._note(things, begun)

    def _note(self, things: set[Thing], at: float) -> None:
        """The first look after a kill says what it left; a thing belongs to the first kill that met it."""
        with self._lock:
            waiting = {thing for account in self.accounts for thing in account.left}
            for account in self.accounts:
                if account.things is None and at > account.killed_at:
                    account.things = things - waiting
                    account.left = set(account.things)
                elif account.things is not None:
                    account.left &= things
                if account.things is not None and account.done_at is None and not account.left:
                    account.done_at = at

    def take_accounts(self) -> list[Interrupted]:
        """What is finished is handed over; a new sweep begins empty."""
        with self._lock:
            taken, self.accounts = self.accounts, []
        return taken

    def stop(self) -> None:
        self._ended.set()
        self.join()
