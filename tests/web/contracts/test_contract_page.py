"""The one page of a contract and the list: what they say in each state, and how few queries they need."""

import re
from datetime import timedelta

import pytest

from tests import cast, walk
from tests.web.contracts.pages import at_browser, of_contract, text_of

pytestmark = pytest.mark.django_db

STATES = {
    "offered": lambda: walk.milestone(walk.offered((4_000, 6_000))),
    "agreed": lambda: walk.milestone(walk.agreed((4_000, 6_000))),
    "funded": lambda: walk.funded((3_333, 3_333, 3_334)),
    "delivered": walk.delivered,
    "accepted": walk.accepted,
    "handed_back": walk.handed_back,
    "settled": walk.settled,
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_for_both_sides(state, django_assert_max_num_queries):
    milestone = STATES[state]()
    for who in (cast.hanako(), cast.minato()):
        person = at_browser(who)
        with django_assert_max_num_queries(20):
            answer = person.get(of_contract("detail", milestone.contract))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert len(re.findall(r"btn--primary", page)) <= 1
        assert page.count('class="stepper__step ') == 8
        assert 'aria-current="step"' in page
        assert "計算の根拠と台帳を見る" in page
        assert not re.search(r"[{%]%|\{\{|%\(", text_of(answer))


def test_queries_do_not_grow_with_the_contract(django_assert_max_num_queries):
    milestone = walk.funded([1_000] * 20)
    for _round in range(3):
        delivered = walk.deliver(walk.milestone(milestone.contract), files=[walk.upload()])
        at_browser(cast.minato()).post(
            f"/contracts/{milestone.contract_id}/milestones/{delivered.pk}/revision/", {"reason": "x"}
        )
    person = at_browser(cast.hanako())
    with django_assert_max_num_queries(20):
        page = text_of(person.get(of_contract("detail", milestone.contract)))
    assert "第20回の記事" in page
    assert "修正 2回目(全2回まで)" in page
    with django_assert_max_num_queries(20):
        person.get(f"/earnings/contracts/{milestone.contract_id}/")


def test_a_late_delivery_is_said_plainly(page_clock):
    milestone = walk.funded()
    page_clock.now = walk.START + timedelta(days=40)
    detail = of_contract("detail", milestone.contract)
    assert "12月1日(火)の納品日を過ぎています。" in text_of(at_browser(cast.hanako()).get(detail))
    assert "はなこさんの番です: 12月1日(火)の納品日を過ぎています" in text_of(at_browser(cast.minato()).get(detail))


def test_only_one_call_is_loud_while_an_ending_waits():
    milestone = walk.funded()
    walk.propose_end(milestone)
    page = at_browser(cast.hanako()).get(of_contract("detail", milestone.contract)).content.decode()
    assert page.count("btn--primary") == 1
    assert "契約終了の提案が届いています" in page


def test_the_page_speaks_english():
    milestone = walk.delivered()
    minato = cast.minato()
    minato.language = "en"
    minato.save(update_fields=["language"])
    answer = at_browser(minato).get(of_contract("detail", milestone.contract))
    page = text_of(answer)
    assert "Your turn: please inspect the delivery by Mon 16 Nov" in page
    assert "がない" not in page


def test_the_four_tabs(django_assert_max_num_queries):
    offered = walk.offered(job=walk.open_job(title="申し込みの記事"))
    walk.funded(job=walk.open_job(title="作業中の記事"))
    walk.delivered(job=walk.open_job(title="検収待ちの記事"))
    walk.accepted(job=walk.open_job(title="完了した記事"))
    walk.proposal(walk.open_job(title="提案だけの記事"))
    assert offered.status == "offered"
    worker = at_browser(cast.hanako())
    where = {
        "proposed": {"申し込みの記事", "提案だけの記事"},
        "running": {"作業中の記事"},
        "inspection": {"検収待ちの記事"},
        "done": {"完了した記事"},
    }
    everything = set().union(*where.values())
    for tab, titles in where.items():
        with django_assert_max_num_queries(12):
            page = text_of(worker.get(f"/contracts/?tab={tab}"))
        assert {title for title in everything if title in page} == titles
    assert "作業中の記事" in text_of(worker.get("/contracts/?tab=%00<script>"))
    client = at_browser(cast.minato())
    with django_assert_max_num_queries(12):
        page = text_of(client.get("/contracts/?tab=proposed"))
    assert "提案だけの記事 募集は11月16日(月)まで 提案が1件届いています" in page
    assert "提案中の仕事はありません" in text_of(at_browser(cast.sakura()).get("/contracts/?tab=proposed"))


def test_the_list_goes_on_by_pages():
    for number in range(23):
        walk.offered(job=walk.open_job(title=f"記事の依頼{number:02d}"))
    worker = at_browser(cast.hanako())
    first = worker.get("/contracts/?tab=proposed").content.decode()
    address = re.search(r'href="(\?[^"]*after=[^"]+)"', first)
    assert address
    second = worker.get("/contracts/" + address[1].replace("&amp;", "&")).content.decode()
    titles = set(re.findall(r"記事の依頼\d\d", first)) | set(re.findall(r"記事の依頼\d\d", second))
    assert len(titles) == 23


def test_the_written_terms_and_their_pdf():
    contract = walk.agreed()
    terms = contract.terms.get()
    client = at_browser(cast.minato())
    page = text_of(client.get(of_contract("terms", contract)))
    assert terms.sha256 in page
    assert walk.SCOPE in page
    assert "知的財産権" in page
    answer = client.get(f"/contracts/{contract.pk}/terms/1.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert client.get(f"/contracts/{contract.pk}/terms/2.pdf").status_code == 404
    assert "取引条件の文書はまだありません" in text_of(
        client.get(of_contract("terms", walk.offered(job=walk.open_job(title="別"))))
    )
