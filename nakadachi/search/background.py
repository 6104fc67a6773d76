"""Jobs that keep the index: one after each event of a job, and an hourly look for what was missed."""

from nakadachi.infra.events.models import Event
from nakadachi.infra.queue import every, task
from nakadachi.search import indexing


@task("search.index_job", queue="search")
def index_job(event_id: int) -> None:
    """Bring the job of the event up to date. Running it twice, or late, gives the same row."""
    indexing.index_job(Event.objects.values_list("subject_id", flat=True).get(pk=event_id))


@task("search.index_client", queue="search")
def index_client(event_id: int) -> None:
    """A member was suspended, or is not any more: bring their open jobs up to date."""
    indexing.index_client(Event.objects.values_list("subject_id", flat=True).get(pk=event_id))


@every("17 * * * *")
@task("search.catch_up", queue="search", queueing_lock="search.catch_up")
def catch_up(timestamp: int) -> None:
    """Make rows anew after a change of dictionary or pipeline, and mend what a lost job left."""
    indexing.reindex()
