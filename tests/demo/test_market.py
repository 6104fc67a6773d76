"""The loaded market: complete after an interruption, true to the yen, and something in every state."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.test.utils import CaptureQueriesContext

from nakadachi.closing.export.models import Export
from nakadachi.demo import loading, logins, portraits
from nakadachi.demo.members import PASSWORD
from nakadachi.demo.models import Load
from nakadachi.demo.stage import person
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks import fields
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.ledger import checks
from nakadachi.money.payouts.models import Skip
from nakadachi.people.access.queries import is_trusted_operator
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing
from nakadachi.search.models import JobIndex
from nakadachi.trust.mediation.models import Case
from nakadachi.trust.messaging.models import Message, Seat, Thread
from nakadachi.trust.messaging.situation import situation_of
from tests.demo import lives
from tests.demo.conftest import LOADED_AT

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("market")]


def test_an_interrupted_load_was_finished(market: int) -> None:
    done = Load.objects.get()
    assert done.completed_at and done.steps_done == done.steps
    assert done.loaded_at == LOADED_AT
    assert 0 < market <= done.steps // 2 + loading.AT_ONCE


def test_the_ledger_is_clean() -> None:
    assert [str(offender) for offender in checks.run()] == []


@pytest.mark.parametrize(("model", "state"), lives.STATES, ids=lambda part: getattr(part, "__name__", part))
def test_every_state_of_everything_that_has_a_life_can_be_seen(model, state: str) -> None:
    is_momentary = (model._meta.model_name, state) in lives.MOMENTARY
    assert model.objects.filter(status=state).exists() is not is_momentary


def test_what_is_momentary_is_a_state_that_there_is() -> None:
    known = {(model._meta.model_name, state) for model, state in lives.STATES}
    assert lives.MOMENTARY.keys() <= known
    assert all(lives.MOMENTARY.values())


def test_some_balances_are_too_small_to_be_paid_out() -> None:
    assert Skip.objects.exists()


def test_every_kind_of_question_is_asked_and_one_task_has_hundreds_of_answers() -> None:
    asked = {field.kind for task in Task.objects.exclude(status="draft") for field in task.form}
    assert asked == set(fields.KINDS)
    most = Task.objects.annotate(answers=Count("claims")).latest("answers")
    assert most.answers >= 200
    said = Claim.objects.filter(task=most, status="approved").values_list("answers", flat=True)
    first = [answers["q1"] for answers in said]
    assert len(set(first)) == len(first) >= 150, "a list of different shops is worth downloading"
    assert StoredFile.objects.filter(owner_type="tasks.claim").exists()


def test_some_are_certified_and_answer_a_task_that_is_for_them_alone() -> None:
    certified = set(Standing.objects.exclude(certified_at=None).values_list("member__email", flat=True))
    assert certified == {"hanako@example.jp", "midori@example.jp"}
    task = Task.objects.get(certified_only=True)
    assert task.status == "open"
    assert set(task.claims.values_list("worker__email", flat=True)) == certified


def test_threads_stand_on_questions_proposals_and_contracts() -> None:
    stages = {situation_of(thread.job, thread.worker_id).stage for thread in Thread.objects.select_related("job")}
    assert {"question", "proposal", "contract"} <= stages
    assert Message.objects.filter(taken_back_at__isnull=False).exists()
    assert Message.objects.filter(files_count__gt=0).exists()
    assert Seat.objects.filter(unread_count__gt=0).exists()
    assert max(Thread.objects.annotate(length=Count("messages")).values_list("length", flat=True)) >= 60


def test_whoever_wrote_the_last_words_has_read_what_stands_before_them() -> None:
    written = Seat.objects.filter(newest__author=F("member"))
    assert written.count() > 10
    assert not written.filter(unread_count__gt=0).exists()


def test_terms_were_changed_in_every_way_and_work_was_ordered_again() -> None:
    accepted, agreed = TermsChange.objects.filter(status="accepted"), TermsChange.objects.filter(status="agreed")
    assert (
        accepted.exclude(rate=None).exists() and TermsChange.objects.filter(status="open").exclude(rate=None).exists()
    )
    assert accepted.exclude(dates=[]).exists() and accepted.exclude(prices=[]).exists()
    assert accepted.exclude(scope="").exists() and agreed.exclude(prices=[]).exists()
    again = Contract.objects.filter(reorder_of__isnull=False)
    assert {"offered", "active"} <= set(again.values_list("status", flat=True))


def test_one_archive_can_be_fetched_and_one_is_removed() -> None:
    ready = Export.objects.select_related("member", "file").get(status="ready")
    assert ready.member.email == "hanako@example.jp"
    assert default_storage.exists(ready.file.path)
    assert ready.expires_at > LOADED_AT
    gone = Export.objects.get(status="expired")
    assert gone.size_bytes and gone.closed_at < LOADED_AT


def test_jobs_have_no_few_and_many_proposals() -> None:
    counts = [job.proposals.count() for job in Job.objects.filter(status="open")]
    assert 0 in counts and any(1 <= count <= 3 for count in counts) and max(counts) >= 8


def test_members_of_the_logins_have_work_in_all_states(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hanako, minato = Member.objects.get(email="hanako@example.jp"), Member.objects.get(email="minato@example.jp")
    asked = {"offered", "active", "completed", "lapsed"}
    assert asked <= set(hanako.contracts_as_worker.values_list("status", flat=True))
    assert asked | {"ended", "declined"} <= set(minato.contracts_as_client.values_list("status", flat=True))
    assert hanako.payouts.filter(status="sent").exists()
    assert hanako.check_password(PASSWORD)
    assert hanako.email in logins.text() and PASSWORD in logins.text()


def test_nothing_lies_in_the_future_or_waits_for_a_timer() -> None:
    assert not Job.objects.filter(created_at__gt=LOADED_AT).exists()
    silent = Milestone.objects.filter(status="delivered", auto_accept_at__lte=LOADED_AT)
    assert not silent.exclude(hold__status="frozen").exists()
    assert not Case.objects.filter(due_at__lte=LOADED_AT).exists()
    assert not Contract.objects.filter(status="offered", answer_by__lte=LOADED_AT).exists()
    assert not Job.objects.filter(status="open", closes_on__lt=LOADED_AT.date()).exists()
    assert Job.objects.filter(opened_at__gt=LOADED_AT - timedelta(hours=3)).exists()


def test_jobs_proposals_deliveries_and_requests_for_changes_carry_files() -> None:
    types = set(StoredFile.objects.values_list("content_type", flat=True))
    assert {"image/png", "application/pdf", "text/plain"} <= types
    assert set(StoredFile.objects.values_list("owner_type", flat=True)) == {
        "jobs.job",
        "sourcing.proposal",
        "contracts.delivery",
        "contracts.revision",
        "mediation.statement",
        "messaging.message",
        "tasks.claim",
        "export.export",
    }


def test_open_jobs_are_found_at_once() -> None:
    is_suspended, is_leaving = Q(client__standing__suspended_at__isnull=False), ~Q(client__standing__leaving_at=None)
    resting = Job.objects.filter(is_suspended | is_leaving, status="open")
    assert resting.filter(is_suspended).exists() and resting.filter(is_leaving).exists()
    assert JobIndex.objects.count() == Job.objects.filter(status="open").count() - resting.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'search.index_job'")
        assert cursor.fetchone() == (0,)


def test_a_second_load_adds_nothing(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    before = Load.objects.values().get()
    with CaptureQueriesContext(connection) as queries:
        call_command("load_demo")
    assert len(queries) <= 3
    assert Load.objects.values().get() == before
    assert (tmp_path / logins.FILE_NAME).read_text(encoding="utf-8") == logins.text()


def test_the_operator_of_an_older_demo_gets_the_second_factor_at_the_next_start(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    desk = Member.objects.get(email="desk@example.jp")
    Authenticator.objects.filter(user=desk).delete()
    for _ in range(2):
        call_command("load_demo")
        assert is_trusted_operator(desk)
        assert Authenticator.objects.filter(user=desk).count() == 1
    assert not Authenticator.objects.exclude(user__is_operator=True).exists()


def test_some_have_a_picture_of_their_own():
    chosen = Member.objects.filter(email__endswith="@example.jp").exclude(avatar="")
    assert {member.email for member in chosen} == {person(key).email for key in portraits.PICTURES}
    assert len({member.avatar for member in chosen}) == len(portraits.PICTURES)
