"""The loaded market: complete after an interruption, true to the yen, and something in every state."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakadachi.closing.export.models import Export
from nakadachi.demo import loading, logins, portraits
from nakadachi.demo.members import PASSWORD
from nakadachi.demo.models import Load
from nakadachi.demo.stage import person
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.lifecycle import CONTRACT, END_PROPOSAL, MILESTONE
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.models import Job
from nakadachi.market.monthly.lifecycle import PLAN
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.market.sourcing.lifecycle import PROPOSAL
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts.lifecycle import PAYOUT, RUN
from nakadachi.money.payouts.models import ClosingRun, Payout, Skip
from nakadachi.people.access.queries import is_trusted_operator
from nakadachi.people.models import Member
from nakadachi.search.models import JobIndex
from nakadachi.trust.inquiries.lifecycle import INQUIRY
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.models import Case
from tests.demo.conftest import LOADED_AT

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("market")]

LIVES = (
    (Job, JOB),
    (Proposal, PROPOSAL),
    (Contract, CONTRACT),
    (Milestone, MILESTONE),
    (EndProposal, END_PROPOSAL),
    (MonthlyPlan, PLAN),
    (Hold, HOLD),
    (Payout, PAYOUT),
    (ClosingRun, RUN),
    (Inquiry, INQUIRY),
    (Case, CASE),
)
STATES = [(model, state) for model, lifecycle in LIVES for state in lifecycle.states]


def test_an_interrupted_load_was_finished(market: int) -> None:
    done = Load.objects.get()
    assert done.completed_at and done.steps_done == done.steps
    assert done.loaded_at == LOADED_AT
    assert 0 < market <= done.steps // 2 + loading.AT_ONCE


def test_the_ledger_is_clean() -> None:
    assert [str(offender) for offender in checks.run()] == []


@pytest.mark.parametrize(("model", "state"), STATES, ids=lambda part: getattr(part, "__name__", part))
def test_every_state_can_be_seen(model, state: str) -> None:
    assert model.objects.filter(status=state).exists()


def test_money_that_did_not_come_can_be_seen_too() -> None:
    assert Payment.objects.filter(status="declined").exists()
    assert Payment.objects.filter(status="created").exists()
    assert {"requires_action", "awaiting"} <= set(Payment.objects.values_list("status", flat=True))
    assert Refund.objects.filter(status="settled").exists()
    assert {"open", "lost"} <= set(Dispute.objects.values_list("status", flat=True))
    assert {"frozen", "charged_back"} <= set(Hold.objects.values_list("status", flat=True))
    assert Skip.objects.exists()


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
    }


def test_open_jobs_are_found_at_once() -> None:
    resting = Job.objects.filter(status="open", client__standing__suspended_at__isnull=False)
    assert resting.exists()
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
