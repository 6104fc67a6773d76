"""A prepared read is shared by all threads of a process; the values of a call are its own."""

from django.db.models import F

from nakadachi.infra.prepared import Among, Param, Prepared
from nakadachi.market.jobs.models import Job
from tests import together, walk

OF_IDS = Prepared(lambda: Job.objects.filter(Among(F("pk"), Param("ids"))).order_by("pk"))


def test_threads_do_not_mix_their_values(committed_db):
    ids = [walk.open_job(at=walk.START).pk for _ in range(4)]
    wanted = [[one] for one in ids] * 2
    found = together.at_once(*[lambda mine=mine: [job.pk for job in OF_IDS(ids=mine)] for mine in wanted])
    assert found == wanted
