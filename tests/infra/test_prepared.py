"""Prepared reads answer what the ORM answers, for every value, and are written once."""

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext

from nakadachi.infra.events.models import Event
from nakadachi.infra.prepared import Among, Param, Prepared, hand_out
from nakadachi.market.contracts.models import Contract, Delivery, Milestone
from nakadachi.market.jobs.models import Job
from tests import walk

pytestmark = pytest.mark.django_db

WITH_SIDES = Prepared(
    lambda: (
        Milestone.objects.filter(contract=Param("contract"), amount_yen__gte=Param("least"))
        .select_related("contract__client__standing", "hold")
        .annotate(is_delivered=Exists(Delivery.objects.filter(milestone=OuterRef("pk"))))
        .order_by("-position")
    )
)
TITLES = Prepared(lambda: Job.objects.filter(Among(F("pk"), Param("ids"))).order_by("pk").only("title"))
KINDS = Prepared(lambda: Event.objects.filter(Among(F("kind"), Param("kinds"))).order_by("-id")[:3])


def test_joins_annotations_and_json_are_those_of_the_orm():
    delivered = walk.deliver(walk.funded(at=walk.START), at=walk.START)
    other = walk.funded(at=walk.START)
    for milestone, is_delivered in ((delivered, True), (other, False)):
        with CaptureQueriesContext(connection) as asked:
            (one,) = WITH_SIDES(contract=milestone.contract_id, least=1)
            assert one.contract.client.display_name == "湊商店"
            assert one.hold.terms == milestone.hold.terms
        assert len(asked) == 1
        assert one.is_delivered is is_delivered
        assert one == Milestone.objects.get(pk=milestone.pk)
    assert WITH_SIDES(contract=other.contract_id, least=other.amount_yen + 1) == []


def test_a_list_of_any_length_and_a_limit():
    jobs = [walk.open_job(at=walk.START) for _ in range(3)]
    for wanted in ([], [jobs[1].pk], [job.pk for job in jobs]):
        assert [job.pk for job in TITLES(ids=wanted)] == wanted
    assert [event.kind for event in KINDS(kinds=["job.open", "no.such"])] == ["job.open"] * 3
    assert KINDS(kinds=["no.such"]) == []
    assert TITLES.first(ids=[]) is None


def test_only_what_was_asked_for_is_loaded():
    job = walk.open_job(at=walk.START)
    (found,) = TITLES(ids=[job.pk])
    assert "description" in found.get_deferred_fields()
    assert found.description == job.description


def test_values_are_values_and_never_sql():
    walk.open_job(at=walk.START)
    assert KINDS(kinds=["job.open') OR ('1' = '1"]) == []
    with pytest.raises(KeyError):
        KINDS()


def test_the_sql_is_written_once(monkeypatch):
    made = []

    def queryset():
        made.append(1)
        return Contract.objects.filter(pk=Param("id"))

    read = Prepared(queryset)
    contract = walk.agreed(at=walk.START)
    assert read.first(id=contract.pk) == contract
    assert read.first(id=contract.pk + 1) is None
    assert read.first(id=contract.pk) == contract
    assert len(made) == 1


def test_rows_at_hand_are_handed_out_as_a_prefetch_would():
    first = walk.deliver(walk.funded(at=walk.START), at=walk.START)
    second = walk.funded(at=walk.START)
    milestones = list(Milestone.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk"))
    hand_out(milestones, "deliveries", Delivery.objects.all(), by="milestone_id")
    with CaptureQueriesContext(connection) as asked:
        assert [len(one.deliveries.all()) for one in milestones] == [1, 0]
    assert not asked
