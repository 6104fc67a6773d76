"""find(): which open jobs answer a query, in which order, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.core import signing
from django.db import connection

from nakadachi.infra.paging import Page
from nakadachi.market.jobs.models import Job
from nakadachi.market.jobs.queries import open_jobs_of
from nakadachi.search import words

Sort = Literal["match", "newest", "pay", "closing"]
PAGE_ROWS = 20
_SALT = "search"

# Column order of each sort: the key that pages continue after, its cast, and whether it descends.
_KEYS: dict[Sort, tuple[tuple[str, str, bool], ...]] = {
    "match": (("rank", "int", False), ("opened_at", "timestamptz", True), ("job_id", "bigint", True)),
    "newest": (("opened_at", "timestamptz", True), ("job_id", "bigint", True)),
    "pay": (("budget_max_yen", "bigint", True), ("job_id", "bigint", True)),
    "closing": (("closes_on", "date", False), ("job_id", "bigint", False)),
}


@dataclass(frozen=True)
class JobQuery:
    """What is looked for. Empty means: does not matter. A price range fits when it meets the budget's range."""

    keyword: str = ""
    category: str = ""
    format: str = ""
    min_yen: int | None = None
    max_yen: int | None = None
    no_experience_ok: bool = False
    beginner_welcome: bool = False
    continuing: bool = False
    char_rate_min_sen: int | None = None
    sort: Sort = "newest"


@dataclass(frozen=True)
class Found(Page[Job]):
    """A page of jobs with their clients, and how many there are in all."""

    total: int = 0


@dataclass(frozen=True)
class _Asked:
    """The query as SQL: conditions, the rank of a hit (0 title, 1 text, 2 net only), and their parameters."""

    conditions: tuple[str, ...]
    rank: str
    params: dict[str, Any]
    loosely: bool


def find(query: JobQuery, *, on: date, after: str = "", limit: int = PAGE_ROWS) -> Found:
    """One page of the open jobs that answer `query` on that day.

    A word is first taken as typed. Only when nothing at all answers, its parts may stand apart and two letters may hide
    inside a longer word: 京都 does not find 東京都 while there is a job in 京都.
    """
    asked_for = words.query_words(query.keyword)
    if query.sort == "match" and not asked_for:
        query = replace(query, sort="newest")
    loosely, start = _read(after, query)
    ids, total, following = _run(query, _ask(query, asked_for, on, loosely=loosely), start, limit)
    if asked_for and not total and not loosely:
        ids, total, following = _run(query, _ask(query, asked_for, on, loosely=True), None, limit)
    jobs = {job.pk: job for job in open_jobs_of(ids)}
    return Found([jobs[pk] for pk in ids if pk in jobs], following, total)


def _ask(query: JobQuery, asked_words: Sequence[str], on: date, *, loosely: bool) -> _Asked:
    params: dict[str, Any] = {"on": on}
    conditions = ["closes_on >= %(on)s"]
    in_title, in_text = [], []
    for number, word in enumerate(asked_words):
        condition, token_hit = _word(f"w{number}", word, params, loosely=loosely)
        conditions.append(condition)
        if token_hit:
            in_text.append(f"words @@ %({token_hit})s::tsquery")
            in_title.append(f"ts_filter(words, '{{a}}') @@ %({token_hit})s::tsquery")
    for name in ("category", "format"):
        if value := getattr(query, name):
            params[name] = value
            conditions.append(f"{name} = %({name})s")
    for name in ("no_experience_ok", "beginner_welcome", "continuing"):
        if getattr(query, name):
            conditions.append(name)
    for name, condition in (
        ("min_yen", "budget_max_yen >= %(min_yen)s"),
        ("max_yen", "budget_min_yen <= %(max_yen)s"),
        ("char_rate_min_sen", "char_rate_sen >= %(char_rate_min_sen)s"),
    ):
        if (figure := getattr(query, name)) is not None:
            params[name] = figure
            conditions.append(condition)
    rank = "0"
    if query.sort == "match":
        title, text = " AND ".join(in_title) or "false", " AND ".join(in_text) or "false"
        rank = f"CASE WHEN {title} THEN 0 WHEN {text} THEN 1 ELSE 2 END"
    return _Asked(tuple(conditions), rank, params, loosely)


def _word(name: str, word: str, params: dict[str, Any], *, loosely: bool) -> tuple[str, str]:
    """The condition for one word, and the name of its tsquery parameter (empty when it has none)."""
    ways = []
    tsquery = words.asked(word, loosely=loosely)
    if tsquery:
        params[name] = tsquery
        ways.append(f"words @@ %({name})s::tsquery")
    if len(word) >= 3 or loosely or not tsquery:
        params[f"{name}_like"] = words.like(word)
        net = f"plain LIKE %({name}_like)s"
        if len(word) >= 2:
            params[f"{name}_pairs"] = " & ".join(words.quoted(pair) for pair in words.pairs(word))
            net = f"(pairs @@ %({name}_pairs)s::tsquery AND {net})"
        if len(word) >= 2 or not tsquery:
            ways.append(net)
    return f"({' OR '.join(ways)})", name if tsquery else ""


def _run(query: JobQuery, asked: _Asked, start: list[Any] | None, limit: int) -> tuple[list[int], int, str]:
    """The ids of one page, the number of all hits, and the cursor behind the page."""
    keys = _KEYS[query.sort]
    params = {**asked.params, "limit": limit + 1}
    beyond = "true"
    if start is not None:
        params |= {f"k{number}": value for number, value in enumerate(start)}
        beyond = _beyond(keys)
    order = ", ".join(f"{column} {'DESC' if down else 'ASC'}" for column, _cast, down in keys)
    # Materialised only with a keyword: a rare word must not walk a date index, all jobs must not be gathered first.
    how = "MATERIALIZED" if any(name.startswith("w") for name in asked.params) else "NOT MATERIALIZED"
    columns = ", ".join(column for column, _cast, _down in keys)
    sql = f"""
        WITH hits AS {how} (
            SELECT job_id, opened_at, budget_max_yen, closes_on, {asked.rank} AS rank
            FROM search_jobindex WHERE {" AND ".join(asked.conditions)}
        )
        SELECT (SELECT count(*) FROM hits), {columns} FROM hits WHERE {beyond} ORDER BY {order} LIMIT %(limit)s
    """  # noqa: S608  every name in it is written in this module, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    following = ""
    if len(rows) > limit:
        last = [_plain(value) for value in rows[limit - 1][1:]]
        following = signing.dumps([query.sort, asked.loosely, last], salt=_SALT, compress=True)
    return [row[-1] for row in rows[:limit]], rows[0][0] if rows else 0, following


def _beyond(keys: tuple[tuple[str, str, bool], ...]) -> str:
    """`(a, b)` after `(k0, k1)`, each column in its own direction."""
    ways, equal = [], ""
    for number, (column, cast, down) in enumerate(keys):
        place = f"%(k{number})s::{cast}"
        ways.append(f"({equal}{column} {'<' if down else '>'} {place})")
        equal += f"{column} = {place} AND "
    return f"({' OR '.join(ways)})"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read(cursor: str, query: JobQuery) -> tuple[bool, list[Any] | None]:
    """Where to go on. A cursor that was tampered with, or made for another order, starts at the beginning."""
    if cursor:
        try:
            sort, loosely, values = signing.loads(cursor, salt=_SALT)
        except (signing.BadSignature, ValueError):
            return False, None
        if sort == query.sort:
            return bool(loosely), values
    return False, None
