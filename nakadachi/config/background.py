"""What the worker does by itself: timers that are due; jobs of a killed worker run again; old ones purged."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from nakadachi.infra import timers
from nakadachi.infra.clock import now
from nakadachi.infra.queue import every, task

_STALLED_AFTER_SECONDS = 30
_KEPT_HOURS = 72


@every("* * * * *")
@task("timers.run", lock="timers.run", queueing_lock="timers.run")
def run_timers(timestamp: int) -> None:
    """Do what is due by the clock, every minute."""
    timers.run(at=now())


@every("* * * * * */10")
@task("queue.revive", queueing_lock="queue.revive", pass_context=False)
async def revive(timestamp: int) -> None:
    """Put jobs back whose worker has stopped giving signs of life. Effects are idempotent, so twice is once.

    When the same work is waiting already (`queueing_lock`), the dead one only makes way: it may hold the lock of both.
    """
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER_SECONDS)
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


@every("17 * * * *")
@task("queue.purge", queueing_lock="queue.purge")
async def purge(timestamp: int) -> None:
    """Forget finished jobs after three days."""
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
