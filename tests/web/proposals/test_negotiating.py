"""A proposal that is changed while it waits, answered with a reason, or with other conditions."""

from dataclasses import asdict
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.people.standing import sanctions
from nakadachi.people.standing.models import Standing
from nakadachi.search.indexing import index_job
from nakadachi.search.models import JobIndex
from nakadachi.search.queries import JobQuery, find
from tests import cast, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db) -> Proposal:
    return walk.proposal(walk.open_job(at=now()), at=now())


@pytest.fixture
def browse(client):
    def as_(member):
        client.force_login(member)
        return client

    return as_


def counter_form(amount: str = "９，０００円", **changes) -> dict[str, str]:
    day = (jst_date(now()) + timedelta(days=20)).isoformat()
    return {"amount_yen": amount, "deliver_on": day, "note": "いかがでしょうか", "request_key": str(uuid4())} | changes


def test_conditions_go_back_and_forth_until_one_agrees(browse, proposal):
    address = f"/proposals/{proposal.pk}/counters/new/"
    minato = browse(cast.minato())
    assert "¥10,550" in minato.get(address).content.decode()
    form = counter_form()
    assert minato.post(address, form).url == f"/proposals/{proposal.pk}/"
    minato.post(address, form)
    assert Counter.objects.count() == 1, "the same form again changes nothing"
    hanako = browse(cast.hanako())
    page = hanako.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "湊商店さんから別の条件の提示があります" in page
    assert "¥7,515" in page, "what the worker would receive"
    hanako.post(address, counter_form("9,500"))
    first, second = Counter.objects.order_by("pk")
    assert (first.status, second.status) == ("replaced", "open")
    minato = browse(cast.minato())
    gone = minato.post(f"/proposals/{proposal.pk}/counters/{first.pk}/acceptance/", follow=True).content.decode()
    assert "message--warning" in gone, "only the latest can be answered"
    page = minato.post(f"/proposals/{proposal.pk}/counters/{second.pk}/acceptance/", follow=True).content.decode()
    assert "条件に合意しました" in page
    proposal.refresh_from_db()
    assert (proposal.amount_yen, proposal.version) == (9_500, 2)
    assert "やりとり 2件" in page
    assert "¥10,000" in minato.get(f"/proposals/{proposal.pk}/versions/1/").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount_yen": ""}, "金額を入力"),
        ({"amount_yen": "-1"}, "マイナス"),
        ({"amount_yen": "1"}, "¥100以上"),
        ({"amount_yen": "1000000000000"}, "大きすぎ"),
        ({"deliver_on": "2020-01-01"}, "明日以降"),
        ({"deliver_on": "x"}, "年・月・日"),
        ({"note": "あ" * 1001}, "1000文字以内"),
    ],
)
def test_bad_conditions_are_said_and_kept(browse, proposal, changes, sentence):
    minato, before = browse(cast.minato()), fingerprint()
    answer = minato.post(f"/proposals/{proposal.pk}/counters/new/", counter_form() | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert next(iter(changes.values())) in page
    assert fingerprint() == before


def test_exactly_what_the_proposal_says_is_no_suggestion(browse, proposal):
    same = counter_form("10,000", deliver_on=proposal.deliver_on.isoformat())
    answer = browse(cast.minato()).post(f"/proposals/{proposal.pk}/counters/new/", same)
    assert answer.status_code == 422
    assert "現在の提案と同じ内容です" in answer.content.decode()
    assert not Counter.objects.exists()


def test_a_job_changed_after_the_proposal_is_shown_with_what_differs(browse, proposal):
    walk.edited_job(proposal.job, title="深煎りの記事", at=now())
    hanako = browse(cast.hanako())
    page = hanako.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "依頼内容が更新されました" in page
    assert "深煎りの記事</ins>" in page
    assert f"/jobs/{proposal.job_id}/versions/1/" in page
    assert "更新前の依頼への提案" in browse(cast.minato()).get(f"/jobs/{proposal.job_id}/proposals/").content.decode()
    browse(cast.hanako()).post(f"/proposals/{proposal.pk}/standing-by/")
    proposal.refresh_from_db()
    assert (proposal.job_version, proposal.version) == (2, 1)
    assert "更新前の依頼" not in browse(cast.minato()).get(f"/jobs/{proposal.job_id}/proposals/").content.decode()


def test_a_sent_proposal_is_changed_and_its_old_words_stay(browse, proposal):
    walk.counter(proposal, at=now())
    hanako = browse(cast.hanako())
    said = asdict(ProposalDraft.of(proposal)) | {"amount_yen": "12,000", "request_key": str(uuid4())}
    form = {name: str(value) for name, value in said.items() if value is not False}
    assert hanako.post(f"/proposals/{proposal.pk}/change/", form).url == f"/proposals/{proposal.pk}/"
    hanako.post(f"/proposals/{proposal.pk}/change/", form)
    proposal.refresh_from_db()
    assert (proposal.amount_yen, proposal.version) == (12_000, 2), "the same again makes no version"
    assert Counter.objects.get().status == "replaced"
    minato = browse(cast.minato())
    assert "変更あり" in minato.get(f"/jobs/{proposal.job_id}/proposals/").content.decode()
    old = minato.get(f"/proposals/{proposal.pk}/versions/1/").content.decode()
    assert "¥10,000" in old
    assert "¥12,000</ins>" in old
    assert minato.get(f"/proposals/{proposal.pk}/versions/2/").status_code == 404
    assert minato.post(f"/proposals/{proposal.pk}/change/", form).status_code == 404, "the client changes nothing of it"


def test_declined_the_worker_reads_why_and_the_client_thinks_again(browse, proposal):
    minato = browse(cast.minato())
    minato.post(f"/proposals/{proposal.pk}/refusal/", {"reason": "schedule", "note": "次の機会にぜひ。"})
    page = browse(cast.hanako()).get(f"/proposals/{proposal.pk}/").content.decode()
    assert "日程が合いませんでした" in page
    assert "次の機会にぜひ。" in page
    minato = browse(cast.minato())
    assert "検討に戻す" in minato.get(f"/proposals/{proposal.pk}/").content.decode()
    assert minato.post(f"/proposals/{proposal.pk}/reconsideration/").url == f"/proposals/{proposal.pk}/"
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decline_reason, proposal.closed_at) == ("sent", "", None)


def test_the_rest_is_declined_with_one_sentence(browse, proposal):
    others = [walk.proposal(proposal.job, worker=worker, at=now()) for worker in (cast.ren(), cast.sakura())]
    contracts.offer(
        proposal=proposal, scope="記事", milestones=walk.pieces([10_000], jst_date(now()) + timedelta(days=9)),
        by=by(cast.minato()), at=now(),
    )  # fmt: skip
    minato, address = browse(cast.minato()), f"/jobs/{proposal.job_id}/proposals/refusal/"
    assert "2件" in minato.get(address).content.decode()
    assert minato.post(address, {"reason": "another", "note": "ありがとうございました。"}).status_code == 302
    for other in others:
        other.refresh_from_db()
        assert (other.status, other.decline_note) == ("declined", "ありがとうございました。")
    proposal.refresh_from_db()
    assert proposal.status == "chosen"
    assert "見送る提案はありません" in minato.get(address).content.decode()


def test_an_offer_taken_back_lets_the_proposal_wait_again(browse, proposal):
    contract = contracts.offer(
        proposal=proposal, scope="記事", milestones=walk.pieces([10_000], jst_date(now()) + timedelta(days=9)),
        by=by(cast.minato()), at=now(),
    )  # fmt: skip
    address = f"/contracts/{contract.pk}/offer/withdrawal/"
    assert browse(cast.hanako()).post(address).status_code == 403
    minato = browse(cast.minato())
    assert address in minato.get(f"/contracts/{contract.pk}/").content.decode()
    assert minato.post(address).url == f"/proposals/{proposal.pk}/"
    assert minato.post(address).status_code in {302, 409}
    page = minato.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "この方に依頼する" in page
    again = contracts.offer(
        proposal=proposal, scope="記事2本", milestones=walk.pieces([10_000], jst_date(now()) + timedelta(days=9)),
        by=by(cast.minato()), at=now(),
    )  # fmt: skip
    assert {Contract.objects.get(pk=contract.pk).status, again.status} == {"withdrawn", "offered"}


def test_no_place_left_is_said_with_a_way_on(browse, proposal):
    walk.offered(job=proposal.job, worker=cast.ren(), at=now())
    page = browse(cast.minato()).get(f"/proposals/{proposal.pk}/").content.decode()
    assert "募集枠(1人)がすべて埋まっています" in page
    assert "この方に依頼する" not in page


def test_what_a_suspended_side_leaves_behind(browse, proposal):
    """Derived, never stored: nothing about the job or the proposal changes, and all goes on when it is lifted."""
    worker = Standing.objects.create(member=cast.hanako(), suspended_at=now())
    minato = browse(cast.minato())
    assert "現在は選べません" in minato.get(f"/jobs/{proposal.job_id}/proposals/").content.decode()
    assert "現在、新しい契約を始められません" in minato.get(f"/proposals/{proposal.pk}/").content.decode()
    worker.delete()
    Standing.objects.create(member=cast.minato(), suspended_at=now())
    page = browse(cast.sakura()).get(f"/jobs/{proposal.job_id}/proposals/new/").content.decode()
    assert "このクライアントは現在、提案を受け付けられません" in page
    assert "検索に表示されず" in browse(cast.minato()).get(f"/jobs/{proposal.job_id}/").content.decode()


def test_the_jobs_of_a_suspended_client_are_not_found(proposal):
    tanaka = by(cast.tanaka())
    index_job(proposal.job_id)
    assert [job.pk for job in find(JobQuery(), on=jst_date(now())).rows] == [proposal.job_id]
    sanctions.suspend(member=cast.minato(), reason="確認のため", by=tanaka, at=now())
    assert not find(JobQuery(), on=jst_date(now())).rows, "at once, before any job has run"
    run_jobs("search.index_client")
    assert not JobIndex.objects.exists()
    sanctions.lift(member=cast.minato(), reason="確認できました", by=tanaka, at=now())
    run_jobs("search.index_client")
    assert [job.pk for job in find(JobQuery(), on=jst_date(now())).rows] == [proposal.job_id]


def test_a_short_list_is_the_clients_own(browse, proposal):
    minato = browse(cast.minato())
    minato.post(f"/proposals/{proposal.pk}/keeping/", {"keep": "1"})
    assert "キープ中" in minato.get(f"/jobs/{proposal.job_id}/proposals/?show=kept").content.decode()
    assert "キープ" not in browse(cast.hanako()).get(f"/proposals/{proposal.pk}/").content.decode()
    browse(cast.minato()).post(f"/proposals/{proposal.pk}/keeping/", {"keep": "0"})
    proposal.refresh_from_db()
    assert proposal.kept_at is None


@pytest.mark.parametrize(
    "place",
    [
        "change/",
        "standing-by/",
        "reconsideration/",
        "keeping/",
        "counters/new/",
        "counters/1/acceptance/",
        "versions/1/",
    ],
)
def test_strangers_find_nothing(browse, proposal, place):
    sakura, before = browse(cast.sakura()), fingerprint()
    assert sakura.get(f"/proposals/{proposal.pk}/{place}").status_code in {404, 405}
    assert sakura.post(f"/proposals/{proposal.pk}/{place}", counter_form()).status_code in {404, 405}
    assert fingerprint() == before
