"""The ways of working: the chooser, a form for each, and their unit wherever a price stands."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs import actions
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import policy
from nakadachi.search.indexing import reindex
from tests import cast, taskwork, walk
from tests.cast import by

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    return (jst_date(now()) + timedelta(days=days)).isoformat()


def typed(format: str, **changes) -> dict[str, str]:
    own = {"hourly": {"hours_per_week": "10"}, "monthly": {"month_scope": "記事5本"}}[format]
    return {
        "category": "writing", "title": "珈琲ブログの運用", "description": "記事をお願いします。", "requirements": "",
        "budget_min_yen": "50,000", "budget_max_yen": "", "closes_on": day(7), "starts_on": day(8), "hires_max": "1",
        "request_key": str(uuid4()), **own,
    } | changes  # fmt: skip


@pytest.fixture
def minato(client):
    client.force_login(cast.minato())
    return client


def test_the_chooser_says_what_each_way_is_and_leads_to_its_form(minato):
    page = minato.get("/jobs/new/").content.decode()
    for format, name in (("project", "プロジェクト"), ("hourly", "時間報酬"), ("monthly", "月額報酬")):
        assert name in page
        assert minato.get(f"/jobs/new/{format}/").status_code == 200
        assert f'href="/jobs/new/{format}/"' in page


@pytest.mark.parametrize(("format", "unit"), [("hourly", " / 時間"), ("monthly", " / 月")])
def test_a_posting_of_lasting_work_is_published_and_shows_its_unit_everywhere(minato, format, unit):
    answer = minato.post(f"/jobs/new/{format}/", typed(format))
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.pk}/confirm/"
    assert f"¥50,000{unit}" in minato.get(answer.url).content.decode()
    minato.post(answer.url)
    reindex()
    for address in (f"/jobs/{job.pk}/", f"/jobs/?format={format}", "/jobs/mine/"):
        assert f"¥50,000{unit}" in minato.get(address).content.decode(), address
    assert f"¥41,750{unit}" in minato.get(f"/jobs/?format={format}").content.decode(), "what the worker receives"
    page = minato.get(f"/jobs/{job.pk}/").content.decode()
    assert {"hourly": "週10時間程度", "monthly": "記事5本"}[format] in page
    assert {"hourly": "週ごとに、週の終わりから7日以内", "monthly": "納品から14日以内"}[format] in page
    posting = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])
    assert posting["baseSalary"]["value"]["unitText"] == {"hourly": "HOUR", "monthly": "MONTH"}[format]
    assert "¥50,000" not in minato.get("/jobs/?format=project").content.decode()


@pytest.mark.parametrize(
    ("format", "changes", "sentence"),
    [
        ("hourly", {"hours_per_week": "0"}, "1〜60の数字で入力"),
        ("hourly", {"hours_per_week": "61"}, "1〜60の数字で入力"),
        ("hourly", {"starts_on": "{closing}"}, "募集の締切日より後の日"),
        ("monthly", {"month_scope": "　"}, "業務の範囲を入力してください"),
        ("monthly", {"month_scope": "長" * 201}, "200文字以内"),
        ("monthly", {"budget_min_yen": "3,099"}, "¥3,100以上"),
    ],
)
def test_what_is_refused_says_why_keeps_what_was_typed_and_writes_nothing(minato, format, changes, sentence):
    changes = {name: value.format(closing=day(7)) for name, value in changes.items()}
    answer = minato.post(f"/jobs/new/{format}/", typed(format, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="珈琲ブログの運用"' in page
    assert not Job.objects.exists()


def test_the_way_of_working_stays_when_a_posting_is_changed():
    job = walk.open_job(format="monthly", month_scope="記事5本", budget_min_yen=50_000, budget_max_yen=50_000)
    draft = replace(JobDraft.of(job), format="hourly", hours_per_week=None, title="別の題名")
    changed = actions.edit(job=job, draft=draft, by=by(job.client), at=walk.START + timedelta(days=1))
    assert (changed.format, changed.title, changed.month_scope) == ("monthly", "別の題名", "記事5本")


def test_a_proposal_is_for_one_unit(client):
    job = walk.open_job(at=now(), format="monthly", month_scope="記事5本", budget_min_yen=50_000, budget_max_yen=50_000)
    client.force_login(cast.hanako())
    page = client.get(f"/jobs/{job.pk}/proposals/new/").content.decode()
    assert "月額(税込)" in page
    assert "開始日" in page
    proposal = walk.proposal(job, amount_yen=50_000, at=now())
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "¥50,000" in page


def test_a_task_takes_no_proposals():
    job = taskwork.open_task(at=now(), closes_at=now() + timedelta(days=10)).job
    assert policy.can_propose(by(cast.hanako()), job, now()) == policy.NO_PROPOSALS
