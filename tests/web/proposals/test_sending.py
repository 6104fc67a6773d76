"""Writing a proposal, looking it over, sending it; templates; the take-home while typing."""

from datetime import timedelta
from re import findall
from uuid import uuid4

import pytest

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate
from tests import cast, walk

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>\"'&<b>x"


def typed(**changes) -> dict[str, str]:
    return {
        "introduction": "食の記事を書いています。", "track_record": "珈琲店の記事12本。",
        "approach": "産地ごとに図にします。", "amount_yen": "１０，０００円",
        "deliver_on": (jst_date(now()) + timedelta(days=20)).isoformat(),
        "wishes_continuation": "on", "request_key": str(uuid4()),
    } | changes  # fmt: skip


@pytest.fixture
def job(db):
    return walk.open_job(at=now())


@pytest.fixture
def hanako(client):
    client.force_login(cast.hanako())
    return client


@pytest.fixture
def address(job) -> str:
    return f"/jobs/{job.pk}/proposals/new/"


def test_written_looked_over_and_sent(hanako, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert "¥25,050" in hanako.get(address).content.decode(), "the take-home of the upper end stands there already"
    form = typed()
    looked_over = hanako.post(address, {**form, "check": "1"})
    page = looked_over.content.decode()
    assert looked_over.status_code == 200
    assert "まだ送信されていません" in page
    assert "¥8,350" in page
    assert not Proposal.objects.exists(), "looking over sends nothing"
    hidden = dict(findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    assert hidden["request_key"] == form["request_key"]
    answer = hanako.post(address, {**hidden, "send": "1"})
    proposal = Proposal.objects.get()
    assert answer.url == f"/proposals/{proposal.pk}/"
    assert (proposal.amount_yen, proposal.wishes_continuation, proposal.status) == (10_000, True, "sent")
    assert "提案を送りました" in hanako.get(answer.url).content.decode()


def test_correcting_goes_back_with_everything_typed(hanako, address):
    page = hanako.post(address, typed(edit="1", amount_yen="12,345", approach="直したい文章")).content.decode()
    assert "直したい文章" in page
    assert 'value="12,345"' in page
    assert "¥10,308" in page, "the take-home of what was typed"
    assert 'class="errors"' not in page


def test_sent_twice_it_is_one_proposal_with_the_same_answer(hanako, address):
    form = typed(send="1")
    first, second = hanako.post(address, form), hanako.post(address, form)
    assert first.url == second.url
    assert Proposal.objects.count() == 1
    assert Event.objects.filter(kind="proposal.send").count() == 1
    third = hanako.post(address, typed(send="1"))
    assert third.url == first.url, "another form for the same job leads to the living proposal"
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("button", ["check", "send"])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"approach": ""}, "この案件への対応"),
        ({"approach": "あ" * 100_000}, "20000"),
        ({"introduction": "あ" * 100_000}, "20000"),
        ({"amount_yen": ""}, "金額を入力"),
        ({"amount_yen": "0"}, "¥1以上"),
        ({"amount_yen": "-1"}, "マイナス"),
        ({"amount_yen": "0.5"}, "小数"),
        ({"amount_yen": "1000000000000"}, "大きすぎ"),
        ({"amount_yen": "一万"}, "1円単位の数字"),
        ({"amount_yen": "1"}, "¥"),
        ({"deliver_on": "2020-01-01"}, "納品日"),
        ({"deliver_on": "来週"}, "年・月・日"),
        ({"deliver_on": "9999-12-31"}, "納品日"),
    ],
)
def test_bad_input_is_said_kept_and_sends_nothing(hanako, address, button, changes, sentence):
    answer = hanako.post(address, typed(**{"track_record": "残るはずの実績", **changes, button: "1"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page[page.index('class="errors"') :]
    assert "残るはずの実績" in page
    assert next(iter(changes.values())) in page
    assert not Proposal.objects.exists()


def test_markup_is_text_everywhere(hanako, client, address, job):
    form = typed(introduction=MARKUP, track_record=MARKUP, approach=MARKUP)
    for button in ("check", "edit"):
        page = hanako.post(address, {**form, button: "1"}).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
    hanako.post(address, {**form, "send": "1"})
    proposal = Proposal.objects.get()
    client.force_login(cast.minato())
    for place in (f"/proposals/{proposal.pk}/", f"/jobs/{job.pk}/proposals/"):
        page = client.get(place).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_nobody_proposes_to_themselves_or_for_a_closed_job(client, address, job):
    client.force_login(cast.minato())
    answer = client.post(address, typed(send="1"))
    assert answer.status_code == 403
    assert "産地ごとに図にします。" in answer.content.decode()
    closed = walk.closed_job(at=now())
    client.force_login(cast.hanako())
    for button in ("check", "send"):
        answer = client.post(f"/jobs/{closed.pk}/proposals/new/", typed(**{button: "1"}))
        assert answer.status_code == 409
        assert "産地ごとに図にします。" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_draft_of_somebody_else_is_not_there(hanako):
    draft = walk.draft_job(at=now())
    for answer in (
        hanako.get(f"/jobs/{draft.pk}/proposals/new/"),
        hanako.post(f"/jobs/{draft.pk}/proposals/new/", typed()),
    ):
        assert answer.status_code == 404


def test_strangers_are_asked_to_log_in(client, address):
    for place in (address, f"{address}take-home/", "/proposals/", "/proposals/templates/"):
        assert client.get(place).url == f"/accounts/login/?next={place}"
    assert client.post(address, typed(send="1")).status_code == 302
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("10000", ["¥8,350", "¥1,650", "¥10,550"]),
        ("１０，０００円", ["¥8,350"]),
        ("", ["金額を入力すると"]),
        ("0", ["¥1以上"]),
        ("-1", ["マイナス"]),
        ("1.5", ["小数"]),
        ("1000000000000", ["大きすぎ"]),
        ("<script>alert(1)</script>", ["1円単位の数字"]),
        ("999999999999", ["¥999,999,999,999"]),
    ],
)
def test_the_take_home_follows_the_amount(hanako, address, amount, words, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = hanako.get(f"{address}take-home/", {"amount_yen": amount}).content.decode()
    assert "<html" not in page
    assert "<script>" not in page
    for word in words:
        assert word in page


def test_the_first_two_parts_are_kept_and_loaded_and_the_rest_stays(hanako, address):
    kept = hanako.post(address, typed(keep="1", template_name="記事の仕事", amount_yen="1万"))
    assert kept.status_code == 200
    assert 'value="1万"' in kept.content.decode()
    template = ProposalTemplate.objects.get()
    assert (template.introduction, template.track_record) == ("食の記事を書いています。", "珈琲店の記事12本。")
    page = hanako.post(
        address, typed(load="1", template=template.pk, introduction="", track_record="", approach="新しい")
    ).content.decode()
    for words in ("食の記事を書いています。", "珈琲店の記事12本。", "新しい"):
        assert words in page
    assert "記事の仕事" in hanako.get("/proposals/templates/").content.decode()
    assert hanako.post(f"/proposals/templates/{template.pk}/removal/").url == "/proposals/templates/"
    assert not ProposalTemplate.objects.exists()


def test_a_template_without_a_name_is_refused_and_everything_stays(hanako, address):
    answer = hanako.post(address, typed(keep="1", template_name=" "))
    assert answer.status_code == 422
    assert "産地ごとに図にします。" in answer.content.decode()
    assert not ProposalTemplate.objects.exists()


def test_another_s_template_is_not_there(hanako, client, address):
    hanako.post(address, typed(keep="1", template_name="記事の仕事"))
    template = ProposalTemplate.objects.get()
    client.force_login(cast.ren())
    assert client.post(address, typed(load="1", template=template.pk)).status_code == 404
    assert client.post(address, typed(load="1", template="x")).status_code == 404
    assert client.post(f"/proposals/templates/{template.pk}/removal/").status_code == 404
    assert ProposalTemplate.objects.exists()
    assert "記事の仕事" not in client.get("/proposals/templates/").content.decode()
