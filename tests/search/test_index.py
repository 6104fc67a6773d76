"""Keeping the index: events, catching up, the command."""

import pytest
from django.core.management import call_command

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.jobs.models import Job
from nakadachi.search import background, indexing, words
from nakadachi.search.models import JobIndex
from tests.search.conftest import OPENED

pytestmark = pytest.mark.django_db


def event_of(job: Job, kind: str) -> int:
    return record(kind, job, by=SYSTEM, at=OPENED).pk


def test_an_opened_job_comes_in_and_a_closed_one_goes(post):
    job = post("記事", index=False)
    background.index_job(event_of(job, "job.opened"))
    background.index_job(event_of(job, "job.opened"))
    assert JobIndex.objects.get().job_id == job.pk
    Job.objects.filter(pk=job.pk).update(status="closed", closed_at=OPENED)
    late = event_of(job, "job.opened")
    background.index_job(late)
    assert not JobIndex.objects.exists(), "a late event never brings a closed job back"


def test_a_draft_never_comes_in(post):
    job = post("下書き", index=False, status="draft", opened_at=None)
    assert not indexing.index_job(job.pk)
    assert not indexing.index_job(job.pk + 1_000_000)
    assert not JobIndex.objects.exists()


def test_catching_up_makes_what_is_missing_or_stale_and_drops_strangers(post):
    fresh, stale, missing, closed = post("新"), post("旧"), post("無", index=False), post("閉")
    JobIndex.objects.filter(pk=stale.pk).update(dictionary="20200101/0.5/1")
    Job.objects.filter(pk=closed.pk).update(status="closed", closed_at=OPENED)
    assert indexing.reindex() == (2, 1)
    assert set(JobIndex.objects.values_list("pk", "dictionary")) == {
        (job.pk, words.dictionary_version()) for job in (fresh, stale, missing)
    }
    assert indexing.reindex() == (0, 0)
    assert indexing.reindex(everything=True) == (3, 0)


def test_the_command_says_what_it_did(post, capsys):
    post("記事", index=False)
    call_command("reindex")
    assert capsys.readouterr().out == "1 written, 0 dropped\n"
    call_command("reindex", "--all")
    assert capsys.readouterr().out == "1 written, 0 dropped\n"


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "'", "\\", "a'b\\c", "🍣", "。、", "の" * 30, "𠮷野家", "髙﨑①㈱", "x" * 20_000]
)
def test_any_text_can_be_indexed(post, text):
    post("題" + text[:50].replace("\x00", ""), text.replace("\x00", ""))
    assert words.vector((text, "A"), (text, "D")) is not None
    assert JobIndex.objects.count() == 1
