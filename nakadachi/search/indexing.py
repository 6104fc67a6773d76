"""Keeping the index: one row per open job, made from the job as it stands when its row is locked."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from nakadachi.market.jobs import queries
from nakadachi.market.jobs.models import Job
from nakadachi.search import words
from nakadachi.search.models import JobIndex

AT_ONCE = 100
"""Jobs locked together while everything is made anew."""

_UPSERT = """
INSERT INTO search_jobindex (job_id, words, pairs, plain, format, category, budget_min_yen, budget_max_yen,
    no_experience_ok, beginner_welcome, continuing, char_rate_sen, opened_at, closes_on, dictionary)
VALUES (%(job_id)s, %(words)s::tsvector, array_to_tsvector(%(pairs)s::text[]), %(plain)s, %(format)s, %(category)s,
    %(budget_min_yen)s, %(budget_max_yen)s, %(no_experience_ok)s, %(beginner_welcome)s, %(continuing)s,
    %(char_rate_sen)s, %(opened_at)s, %(closes_on)s, %(dictionary)s)
ON CONFLICT (job_id) DO UPDATE SET words = excluded.words, pairs = excluded.pairs, plain = excluded.plain,
    format = excluded.format, category = excluded.category, budget_min_yen = excluded.budget_min_yen,
    budget_max_yen = excluded.budget_max_yen, no_experience_ok = excluded.no_experience_ok,
    beginner_welcome = excluded.beginner_welcome, continuing = excluded.continuing,
    char_rate_sen = excluded.char_rate_sen, opened_at = excluded.opened_at, closes_on = excluded.closes_on,
    dictionary = excluded.dictionary
"""


def index_job(job_id: int) -> bool:
    """Bring one job's row up to date; True when the job is open and now in the index."""
    return _index([job_id]) == 1


def index_client(member_id: int) -> int:
    """Bring the open jobs of one client up to date; returns how many are in the index now."""
    job_ids = list(Job.objects.filter(client_id=member_id, status=Job.Status.OPEN).values_list("pk", flat=True))
    return _index(job_ids)


def reindex(*, everything: bool = False) -> tuple[int, int]:
    """Add what is missing or stale (or everything), drop what is no longer open: `(written, dropped)`."""
    fresh = set() if everything else set(_fresh_ids())
    open_ids = queries.open_jobs().order_by("pk").values_list("pk", flat=True)
    wanted = [pk for pk in open_ids if pk not in fresh]
    written = sum(_index(wanted[start : start + AT_ONCE]) for start in range(0, len(wanted), AT_ONCE))
    return written, _drop_all_but(set(open_ids))


@transaction.atomic
def _index(job_ids: list[int]) -> int:
    """Write the rows of those that are open, drop those of the others; returns how many were written.

    The locks on the jobs let the writer that read last also write last.
    """
    found = queries.open_jobs().select_related(None).select_for_update(no_key=True, of=("self",)).filter(pk__in=job_ids)
    rows = [_row(job) for job in found.order_by("pk")]
    JobIndex.objects.filter(pk__in=set(job_ids) - {row["job_id"] for row in rows}).delete()
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)
    return len(rows)


def _fresh_ids() -> Iterable[int]:
    return JobIndex.objects.filter(dictionary=words.dictionary_version()).values_list("pk", flat=True)


def _drop_all_but(open_ids: set[int]) -> int:
    strangers = sorted(set(JobIndex.objects.values_list("pk", flat=True)) - open_ids)
    return sum(not index_job(pk) for pk in strangers)


def _row(job: Job) -> dict[str, Any]:
    with translation.override(settings.LANGUAGE_CODE):
        body = "\n".join([job.description, job.requirements, job.get_category_display()])
    compared = words.plain(f"{job.title}\n{body}")
    return {
        "job_id": job.pk,
        "words": words.vector((job.title, "A"), (body, "D")),
        "pairs": words.pairs(compared),
        "plain": compared,
        "format": job.format,
        "category": job.category,
        "budget_min_yen": job.budget_min_yen,
        "budget_max_yen": job.budget_max_yen,
        "no_experience_ok": job.no_experience_ok,
        "beginner_welcome": job.beginner_welcome,
        "continuing": job.continuing,
        "char_rate_sen": job.char_rate_sen,
        "opened_at": job.opened_at,
        "closes_on": job.closes_on,
        "dictionary": words.dictionary_version(),
    }
