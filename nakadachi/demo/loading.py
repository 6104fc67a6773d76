"""Playing the steps: quickly, each exactly once, and on from where an interrupted load stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby, islice

from django.db import connection, transaction

from nakadachi.closing.export import actions as export
from nakadachi.demo import notices, story
from nakadachi.demo.models import Load
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step
from nakadachi.infra import queue
from nakadachi.money.payments.gateways.sandbox import webhooks
from nakadachi.search import indexing

AT_ONCE = 60
DONE_HERE = frozenset(
    {
        "inquiries.send_receipt",
        "inquiries.send_answer",
        "search.index_job",
        "notifications.spread",
        export.BUILD,
        webhooks.DELIVER,
    }
)
"""Jobs nobody needs: the index and the notices are made at the end, and what the provider did long ago is no news."""


class ContentChanged(RuntimeError):
    """The content is no longer the one of the interrupted load."""


def is_complete() -> bool:
    """True when there is nothing to load."""
    return Load.objects.filter(completed_at__isnull=False).exists()


def load(*, at: datetime) -> int:
    """Begin, or go on with what was begun; returns how many steps were played."""
    existing = Load.objects.first()
    past = Past(existing.loaded_at if existing else at)
    steps = story.steps(past)
    progress = existing or Load.objects.create(loaded_at=at, steps=len(steps))
    if progress.steps != len(steps):
        raise ContentChanged(f"{progress.steps} steps were planned, now there are {len(steps)}")
    before = progress.steps_done
    play(steps, progress)
    indexing.reindex()
    notices.tell_of_the_past(at=progress.loaded_at)
    Load.objects.filter(pk=progress.pk).update(completed_at=at)
    return len(steps) - before


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """Commits need not wait for the disk, and inner transactions need no savepoint: what a crash or a failing step
    takes away, steps and progress alike, is played again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    usual = connection.features.uses_savepoints
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = usual
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")


def play(steps: list[Step], progress: Load) -> None:
    """Play what is not done yet: batches in one transaction each, steps that call a provider alone."""
    with queue.leaving_out(DONE_HERE), _in_a_hurry():
        _play(steps, progress, Stage())


def _play(steps: list[Step], progress: Load, stage: Stage) -> None:
    for is_alone, group in groupby(steps[progress.steps_done :], key=lambda step: step.alone):
        run = iter(group)
        while batch := list(islice(run, 1 if is_alone else AT_ONCE)):
            if is_alone:
                batch[0].act(stage, batch[0].at)
                _note(progress, len(batch))
            else:
                with transaction.atomic():
                    for step in batch:
                        step.act(stage, step.at)
                    _note(progress, len(batch))


def _note(progress: Load, count: int) -> None:
    progress.steps_done += count
    progress.save(update_fields=["steps_done"])
