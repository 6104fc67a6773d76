"""Reading proposals, withdrawing, declining; choosing one and offering a contract in milestones."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Proposal
from tests import cast, walk
from tests.logins import come_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db) -> Proposal:
    return walk.proposal(walk.open_job(at=now()), at=now())


@pytest.fixture
def minato(client):
    client.force_login(cast.minato())
    return client


def rows(*amounts: str, **changes) -> dict[str, str]:
    due_on = (jst_date(now()) + timedelta(days=20)).isoformat()
    form = {"scope": "記事1本。", "revisions_max": "2", "rows": str(len(amounts)), "request_key": str(uuid4())}
    for number, amount in enumerate(amounts):
        form |= {
            f"row-{number}-title": f"第{number + 1}回",
            f"row-{number}-amount_yen": amount,
            f"row-{number}-due_on": due_on,
        }
    return form | changes


def test_both_sides_see_their_own_money(client, proposal, django_assert_max_num_queries):
    come_back(client, cast.hanako())
    with django_assert_max_num_queries(8):
        page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "¥8,350" in page
    assert "提案を取り下げる" in page
    assert "この方に依頼する" not in page
    come_back(client, cast.minato())
    with django_assert_max_num_queries(8):
        page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "¥10,550" in page
    assert "この方に依頼する" in page
    assert "提案を取り下げる" not in page


def test_lists_of_both_sides(client, proposal, django_assert_max_num_queries):
    for number in range(21):
        walk.proposal(proposal.job, worker=cast.person(f"w{number}@example.jp", f"働き手{number}"), at=now())
    client.force_login(cast.minato())
    with django_assert_max_num_queries(8):
        page = client.get(f"/jobs/{proposal.job_id}/proposals/").content.decode()
    assert page.count('class="list__row"') == 20
    assert 'class="more"' in page
    client.force_login(cast.hanako())
    with django_assert_max_num_queries(8):
        page = client.get("/proposals/").content.decode()
    assert page.count('class="list__row"') == 1
    assert "まだありません" in client.get("/proposals/?status=declined").content.decode()


def test_withdrawn_by_its_worker_once(client, proposal):
    client.force_login(cast.hanako())
    address = f"/proposals/{proposal.pk}/withdrawal/"
    asked = client.get(address)
    assert "元に戻せません" in asked.content.decode()
    proposal.refresh_from_db()
    assert proposal.status == "sent", "asking takes nothing back"
    assert client.post(address).url == f"/proposals/{proposal.pk}/"
    events = Event.objects.count()
    assert client.post(address).url == f"/proposals/{proposal.pk}/", "pressed twice, it is calm about it"
    assert Event.objects.count() == events
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    assert "取り下げられました" in client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "btn--danger" not in client.get(address).content.decode()


def test_a_chosen_proposal_is_answered_instead_of_withdrawn(client, proposal):
    sourcing.choose(proposal=proposal, by=cast.by(cast.minato()), at=now())
    client.force_login(cast.hanako())
    for ask in (client.get, client.post):
        answer = ask(f"/proposals/{proposal.pk}/withdrawal/")
        assert "契約の申し込みに回答してください" in answer.content.decode()
    assert answer.status_code == 409
    assert 'tabindex="-1" data-focus' in answer.content.decode(), "the refusal takes the focus"
    proposal.refresh_from_db()
    assert proposal.status == "chosen"
    assert client.get(f"/proposals/{proposal.pk}/withdrawal/").content.decode().count("data-focus") == 0


def test_declined_by_its_client_once(minato, proposal):
    address = f"/proposals/{proposal.pk}/refusal/"
    assert "今回は見送ります" in minato.get(address).content.decode()
    kept = minato.post(address, {"reason": "nonsense", "note": "残るはずの一言"})
    assert kept.status_code == 422
    assert "残るはずの一言" in kept.content.decode()
    form = {"reason": "schedule", "note": "次の機会にお願いします。"}
    assert minato.post(address, form).url == f"/jobs/{proposal.job_id}/proposals/"
    assert minato.post(address, form).status_code == 409
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decline_reason) == ("declined", "schedule")


def test_the_wrong_side_can_do_nothing(client, proposal):
    client.force_login(cast.hanako())
    assert client.post(f"/proposals/{proposal.pk}/refusal/", {"reason": "another"}).status_code == 403
    assert client.get(f"/proposals/{proposal.pk}/offer/new/").status_code == 404
    assert client.post(f"/proposals/{proposal.pk}/offer/new/", rows("10000", offer="1")).status_code == 404
    client.force_login(cast.minato())
    assert client.get(f"/proposals/{proposal.pk}/withdrawal/").status_code == 404
    assert client.post(f"/proposals/{proposal.pk}/withdrawal/").status_code == 403
    client.force_login(cast.sakura())
    for place in ("", "offer/new/", "offer/new/sum/"):
        assert client.get(f"/proposals/{proposal.pk}/{place}").status_code == 404
    for place in ("withdrawal/", "refusal/", "offer/new/"):
        assert client.post(f"/proposals/{proposal.pk}/{place}", rows("10000", offer="1")).status_code == 404
    proposal.refresh_from_db()
    assert proposal.status == "sent"
    assert not Contract.objects.exists()


@pytest.mark.parametrize("place", ["", "offer/new/"])
def test_strangers_are_asked_to_log_in(client, proposal, place):
    answer = client.get(f"/proposals/{proposal.pk}/{place}")
    assert answer.url == f"/accounts/login/?next=/proposals/{proposal.pk}/{place}"


def test_an_offer_in_one_milestone(minato, proposal, django_assert_max_num_queries):
    address = f"/proposals/{proposal.pk}/offer/new/"
    with django_assert_max_num_queries(8):
        page = minato.get(address).content.decode()
    assert 'value="10,000"' in page
    assert "合計が提案の金額と一致しています" in page
    form = rows("10,000円", offer="1")
    first, second = minato.post(address, form), minato.post(address, form)
    contract = Contract.objects.get()
    assert first.url == second.url == f"/contracts/{contract.pk}/"
    assert (contract.status, contract.amount_yen, contract.scope) == ("offered", 10_000, "記事1本。")
    proposal.refresh_from_db()
    assert proposal.status == "chosen"
    assert minato.get(address).url == first.url
    page = minato.get(f"/proposals/{proposal.pk}/").content.decode()
    assert f"/contracts/{contract.pk}/" in page
    assert "この方に依頼する" not in page


def test_an_offer_in_several_milestones(minato, proposal):
    minato.post(f"/proposals/{proposal.pk}/offer/new/", rows("3000", "３，０００", "4,000円", offer="1"))
    amounts = Milestone.objects.order_by("position").values_list("title", "amount_yen")
    assert list(amounts) == [("第1回", 3_000), ("第2回", 3_000), ("第3回", 4_000)]


def test_rows_grow_and_shrink_without_losing_what_was_typed(minato, proposal):
    address = f"/proposals/{proposal.pk}/offer/new/"
    page = minato.post(address, rows("3000", "七千", add="1")).content.decode()
    assert 'name="rows" value="3"' in page
    assert 'name="row-0-amount_yen" value="3000"' in page
    assert 'name="row-1-amount_yen" value="七千"' in page
    assert "あと¥7,000足りません" in page
    assert 'class="errors"' not in page
    page = minato.post(address, rows("3000", "七千", "8000", without="1")).content.decode()
    assert 'name="rows" value="2"' in page
    assert 'name="row-1-amount_yen" value="8000"' in page
    assert "¥1,000多くなっています" in page
    for nonsense in (
        {"without": "99"},
        {"without": "-1"},
        {"without": "x"},
        {"rows": "0"},
        {"rows": "9999"},
        {"rows": ""},
    ):
        assert minato.post(address, rows("3000", "7000", **nonsense)).status_code == 200
    assert not Contract.objects.exists()


def test_there_are_at_most_two_hundred_rows(minato, proposal):
    page = minato.post(f"/proposals/{proposal.pk}/offer/new/", rows(*["500"] * 200, add="1")).content.decode()
    assert 'name="rows" value="200"' in page
    assert 'name="add"' not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scope": ""}, "業務の内容"),
        ({"scope": "あ" * 100_000}, "20000"),
        ({"row-0-title": ""}, "名前"),
        ({"row-0-title": "あ" * 101}, "100"),
        ({"row-0-amount_yen": ""}, "金額を入力"),
        ({"row-0-amount_yen": "0"}, "¥1以上"),
        ({"row-0-amount_yen": "-10000"}, "マイナス"),
        ({"row-0-amount_yen": "9999.5"}, "小数"),
        ({"row-0-amount_yen": "1000000000000"}, "大きすぎ"),
        ({"row-0-amount_yen": "9,999"}, "¥9,999"),
        ({"row-0-due_on": "2020-01-01"}, "納品日"),
        ({"row-0-due_on": "x"}, "年・月・日"),
    ],
)
def test_bad_input_is_said_kept_and_offers_nothing(minato, proposal, changes, sentence):
    form = rows("10000", **{"scope": "残るはずの内容", **changes, "offer": "1"})
    answer = minato.post(f"/proposals/{proposal.pk}/offer/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert form["scope"] in page
    assert next(iter(changes.values())) in page
    proposal.refresh_from_db()
    assert proposal.status == "sent"
    assert not Contract.objects.exists()


def test_a_withdrawn_proposal_cannot_be_chosen_any_more(minato, client, proposal):
    client.force_login(cast.hanako())
    client.post(f"/proposals/{proposal.pk}/withdrawal/")
    client.force_login(cast.minato())
    answer = client.post(f"/proposals/{proposal.pk}/offer/new/", rows("10000", offer="1"))
    assert answer.status_code == 409
    assert "記事1本。" in answer.content.decode()
    assert not Contract.objects.exists()


def test_the_sum_follows_the_rows(minato, proposal):
    address = f"/proposals/{proposal.pk}/offer/new/sum/"
    page = minato.get(address, rows("4000", "5,000円")).content.decode()
    assert "<html" not in page
    assert "¥9,000" in page
    assert "あと¥1,000足りません" in page


def test_markup_in_an_offer_is_text(minato, proposal):
    markup = "<script>alert(1)</script>\"'"
    form = rows("1", **{"scope": markup, "row-0-title": markup, "offer": "1"})
    page = minato.post(f"/proposals/{proposal.pk}/offer/new/", form).content.decode()
    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 2
