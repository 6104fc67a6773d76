"""The life of an export: asked for, made by a job that may die, fetched, removed; twice, and by another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from nakadachi.closing.export import actions, background, building, policy, queries
from nakadachi.closing.export.models import Export
from nakadachi.closing.export.timers import TIMERS
from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.orphans import sweep_orphans
from nakadachi.infra.files.room import used_bytes
from nakadachi.infra.mail.models import Mail
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.notifications.models import Notice
from nakadachi.people.standing import sanctions
from tests import cast, walk
from tests.cast import by
from tests.closing.export.opening import asked, opened, ready
from tests.jobs import TELLING, run_jobs

AT = walk.START
pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="export.").order_by("id").values_list("kind", flat=True))


def archives() -> int:
    return StoredFile.objects.filter(owner_type="export.export").count()


def run_timers(at) -> int:
    return sum(timer.act(pk, at) for timer in TIMERS for _, pk in timer.due(at, 100))


# Asking


def test_from_asking_to_fetching_by_the_job():
    export = asked(cast.sakura(), AT)
    assert run_jobs(actions.BUILD) == 1
    export.refresh_from_db()
    assert (export.status, export.percent, export.attempts) == ("ready", 100, 1)
    assert export.expires_at - export.ready_at == timedelta(hours=72)
    assert export.sha256 == export.file.sha256
    assert opened(export).json("profile.json")["display_name"] == "さくら"
    assert kinds() == ["export.ask", "export.start", "export.finish"]


def test_the_same_form_twice_is_one_export():
    key = uuid4()
    first, again = (
        actions.ask(member=cast.sakura(), request_key=key, by=by(cast.sakura()), at=AT) for _time in range(2)
    )
    assert first == again
    assert kinds() == ["export.ask"]


def test_a_used_key_is_not_somebody_elses():
    key = uuid4()
    actions.ask(member=cast.sakura(), request_key=key, by=by(cast.sakura()), at=AT)
    with pytest.raises(Refused, match="key_reused"):
        actions.ask(member=cast.ren(), request_key=key, by=by(cast.ren()), at=AT)
    assert Export.objects.count() == 1


def test_while_one_runs_asking_again_answers_with_it():
    first = asked(cast.sakura(), AT)
    assert asked(cast.sakura(), AT + timedelta(minutes=1)) == first
    assert actions.begin(export_id=first.pk, at=AT) is not None
    assert asked(cast.sakura(), AT + timedelta(minutes=2)) == first
    assert asked(cast.ren(), AT) != first
    assert kinds().count("export.ask") == 2


def test_a_few_a_day():
    for hour in range(policy.PER_DAY):
        ready(cast.sakura(), AT + timedelta(hours=hour))
    before = kinds()
    with pytest.raises(Refused) as refused:
        asked(cast.sakura(), AT + timedelta(hours=23, minutes=59))
    assert refused.value.refusal.params == {"count": 3, "again": "10:00"}
    assert kinds() == before
    assert asked(cast.sakura(), AT + timedelta(hours=24)).is_running


def test_what_failed_is_not_counted():
    for _time in range(policy.PER_DAY + 1):
        actions.give_up(export_id=asked(cast.sakura(), AT).pk, at=AT)
    assert asked(cast.sakura(), AT).is_running


def test_a_suspended_member_takes_their_data_along():
    sanctions.suspend(member=cast.sakura(), reason="調査のため", by=by(cast.tanaka()), at=AT)
    assert opened(ready(cast.sakura(), AT)).json("profile.json")["standing"]["suspension_reason"] == "調査のため"


@pytest.mark.parametrize("who", [cast.ren, cast.tanaka])
def test_nobody_asks_for_another(who):
    with pytest.raises(Refused, match="export_not_yours"):
        actions.ask(member=cast.sakura(), request_key=uuid4(), by=by(who()), at=AT)
    with pytest.raises(Refused, match="export_not_yours"):
        actions.ask(member=cast.sakura(), request_key=uuid4(), by=SYSTEM, at=AT)
    assert Export.objects.count() == 0
    assert kinds() == []


def test_nobody_sees_another():
    export = ready(cast.sakura(), AT)
    for actor in (by(cast.ren()), by(cast.tanaka()), Actor.staff(cast.sakura().pk), SYSTEM):
        with pytest.raises(NotVisible):
            queries.export_for(actor, export.pk)
        with pytest.raises(NotVisible):
            queries.archive_for(actor, export.pk)
        assert queries.newest(actor) is None
    assert queries.archive_for(by(cast.sakura()), export.pk) == export


# Told


def test_the_member_is_told_here_and_by_mail():
    asked(cast.sakura(), AT)
    run_jobs(actions.BUILD)
    run_jobs(*TELLING)
    told = Notice.objects.filter(kind__startswith="export.").order_by("pk")
    assert [(one.kind, one.member_id, one.page) for one in told] == [
        ("export.ask", cast.sakura().pk, "export:home"),
        ("export.finish", cast.sakura().pk, "export:home"),
    ]
    assert set(Mail.objects.values_list("to", "kind")) == {
        ("sakura@example.jp", "export.ask"),
        ("sakura@example.jp", "export.finish"),
    }


# Removed


def test_it_is_removed_when_its_time_is_over(django_capture_on_commit_callbacks):
    export = ready(cast.sakura(), AT)
    path = export.file.path
    assert run_timers(AT + policy.LIVES - timedelta(seconds=1)) == 0
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        assert run_timers(AT + policy.LIVES) == 1
    export.refresh_from_db()
    assert (export.status, export.file, archives()) == ("expired", None, 0)
    assert export.size_bytes
    assert not default_storage.exists(path)
    assert run_timers(AT + policy.LIVES) == 0
    assert not actions.expire(export_id=export.pk, at=AT + policy.LIVES)
    with pytest.raises(NotVisible):
        queries.archive_for(by(cast.sakura()), export.pk)


def test_a_newer_one_takes_its_place(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = ready(cast.sakura(), AT)
        path = first.file.path
        second = ready(cast.sakura(), AT + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.status, second.status, archives()) == ("expired", "ready", 1)
    assert not default_storage.exists(path)
    assert queries.newest(by(cast.sakura())) == second


def test_it_takes_no_room_of_the_members_and_is_no_orphan():
    export = ready(cast.sakura(), AT)
    assert used_bytes(cast.sakura().pk) == 0
    sweep_orphans(at=AT + timedelta(days=400))
    assert default_storage.exists(export.file.path)


# Failing


def test_a_fault_is_tried_again_and_then_told(settings):
    """The data folder cannot be written to: the job raises for the queue to try again, and the last time gives up."""
    export = asked(cast.sakura(), AT)
    settings.UPLOAD_ROOT.mkdir(parents=True, exist_ok=True)
    blocked = settings.UPLOAD_ROOT / "a-file"
    blocked.write_bytes(b"")
    settings.UPLOAD_ROOT = blocked
    for _attempt in range(policy.ATTEMPTS_MAX - 1):
        with pytest.raises(OSError, match="a-file"):
            background.build_export(export_id=export.pk)
        export.refresh_from_db()
        assert export.status == "building"
    background.build_export(export_id=export.pk)
    export.refresh_from_db()
    assert (export.status, export.attempts, archives()) == ("failed", policy.ATTEMPTS_MAX, 0)
    assert kinds() == ["export.ask", "export.start", "export.fail"]
    run_jobs(*TELLING)
    assert Notice.objects.filter(kind="export.fail", member=cast.sakura()).count() == 1


def test_a_worker_that_dies_each_time_ends_too():
    """Killed without a word: what begins again for the fourth time is given up, and nobody waits for ever."""
    export = asked(cast.sakura(), AT)
    for attempt in range(1, policy.ATTEMPTS_MAX + 1):
        assert actions.begin(export_id=export.pk, at=AT).attempts == attempt
    assert actions.begin(export_id=export.pk, at=AT) is None
    export.refresh_from_db()
    assert export.status == "failed"


@pytest.mark.parametrize("begun", [False, True])
def test_what_never_ends_is_given_up(begun):
    export = asked(cast.sakura(), AT)
    if begun:
        actions.begin(export_id=export.pk, at=AT)
    assert run_timers(AT + policy.RUNS_AT_MOST - timedelta(seconds=1)) == 0
    assert run_timers(AT + policy.RUNS_AT_MOST) == 1
    export.refresh_from_db()
    assert export.status == "failed"
    assert run_timers(AT + policy.RUNS_AT_MOST) == 0


def test_a_worker_that_comes_too_late_changes_nothing(django_capture_on_commit_callbacks):
    """Given up while it gathered: it stops at the next step; with the bytes in the store already, they go again."""
    export = asked(cast.sakura(), AT)
    begun = actions.begin(export_id=export.pk, at=AT)
    archive = building.build(begun, at=AT)
    actions.give_up(export_id=export.pk, at=AT)
    with pytest.raises(building.Overtaken):
        building.build(begun, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.finish(export=begun, archive=archive, at=AT)
    assert (archives(), default_storage.exists(archive.path)) == (0, False)
    export.refresh_from_db()
    assert export.status == "failed"


def test_begun_again_it_is_made_from_the_start():
    export = asked(cast.sakura(), AT)
    begun = actions.begin(export_id=export.pk, at=AT)
    assert actions.count(export=begun, done=7, total=10)
    again = actions.begin(export_id=export.pk, at=AT)
    export.refresh_from_db()
    assert (export.steps_done, export.steps_total, export.attempts) == (0, 0, 2)
    assert actions.finish(export=again, archive=building.build(again, at=AT), at=AT)
    assert kinds() == ["export.ask", "export.start", "export.finish"]


def test_run_twice_the_job_makes_one():
    export = asked(cast.sakura(), AT)
    background.build_export(export_id=export.pk)
    background.build_export(export_id=export.pk)
    assert (archives(), kinds().count("export.finish")) == (1, 1)
