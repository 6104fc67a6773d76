"""Taking hold of a job before deciding on it."""

from nakadachi.market.jobs.models import Job


def locked(job_id: int) -> Job:
    """The job as it is now, held until the end of the transaction."""
    return Job.objects.select_for_update().get(pk=job_id)
