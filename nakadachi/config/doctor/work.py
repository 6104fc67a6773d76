"""Is everything being done that has to be done: jobs, mails, payments, the audit, the backup?"""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from nakadachi.config.doctor.finding import Finding, fault, judged, ok, warning
from nakadachi.config.management.commands.backup import LAST_TAKEN
from nakadachi.money.ledger import checks
from nakadachi.web.pages.health.figures import figures

HEARTBEAT_SECONDS_MAX = 60
JOB_WAITS_SECONDS_MAX = 600
PAYMENT_ASKED_SECONDS_MAX = 1_800
BACKUP_HOURS_MAX = 26


def jobs(at: datetime) -> Iterator[Finding]:
    """A worker is alive, nothing is stuck, nothing was given up."""
    seen = figures(at)
    heartbeat = seen["worker_heartbeat_age_seconds"]
    if heartbeat is None:
        yield fault("worker", "no worker has ever run. Start it: mails, timers and payouts wait for it.")
    else:
        yield judged(
            heartbeat <= HEARTBEAT_SECONDS_MAX,
            "worker",
            f"alive {heartbeat:.0f} s ago",
            f"silent for {heartbeat:.0f} s. Start it again: mails, timers and payouts wait for it.",
        )
    oldest = seen["jobs_oldest_due_seconds"] or 0
    yield judged(
        oldest <= JOB_WAITS_SECONDS_MAX,
        "jobs",
        f"{seen['jobs_waiting']:.0f} wait, the oldest {oldest:.0f} s",
        f"a job waits for {oldest / 60:.0f} minutes. Is the worker overloaded or stuck? See its log.",
    )
    if seen["jobs_failed"]:
        yield warning("jobs", f"{seen['jobs_failed']:.0f} jobs were given up after all tries. See the worker's log.")


def mail(at: datetime) -> Iterator[Finding]:
    """The mail server answers and lets us in."""
    if not settings.EMAIL_HOST:
        say = ok if settings.DEMO else fault
        yield say("mail", "mails are written to files; nobody gets them. Set SMTP_HOST for a real market.")
        return
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            server.noop()
    except (OSError, smtplib.SMTPException) as problem:
        yield fault("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take mails: {problem}.")
    else:
        yield ok("mail", f"{settings.EMAIL_HOST} takes mails")


def money(at: datetime) -> Iterator[Finding]:
    """The audit of the ledger is clean, and no payment hangs."""
    offenders = checks.run()
    yield judged(
        not offenders,
        "ledger",
        f"{len(checks.names())} checks, all clean",
        f"the audit finds {len(offenders)} faults. See bin/nakadachi ledger check; pay nothing out until it is clean.",
    )
    waiting = figures(at)["payments_oldest_asked_seconds"] or 0
    if waiting > PAYMENT_ASKED_SECONDS_MAX:
        yield warning("payments", f"the provider has not answered for {waiting / 60:.0f} minutes about a payment.")


def backup(at: datetime) -> Iterator[Finding]:
    """A backup of the last day exists."""
    kept = settings.DATA / LAST_TAKEN
    if not kept.exists():
        yield warning("backup", "none was ever taken. Run bin/nakadachi backup FILE every day, to another machine.")
        return
    age = at - datetime.fromisoformat(kept.read_text(encoding="ascii"))
    hours = age / timedelta(hours=1)
    if hours > BACKUP_HOURS_MAX:
        yield warning("backup", f"the last one is {hours:.0f} hours old. Take one every day.")
    else:
        yield ok("backup", f"taken {hours:.0f} hours ago")


def reachable(at: datetime) -> Iterator[Finding]:
    """The database answers at all; without it the other looks are pointless."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield ok("database", "answers")
