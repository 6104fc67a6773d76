"""From the proposal to the reward through the pages, as two people would."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.money.payments.gateways.sandbox import cards
from tests import cast, hours, talk, walk
from tests.hours import moment
from tests.market.state import assert_clean
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, key_in, text_of

pytestmark = pytest.mark.django_db


def of_week(name: str, week: WorkWeek, *ids: int) -> str:
    return reverse(f"hourly:{name}", args=[week.engagement.contract_id, week.pk, *ids])


def test_the_whole_way_through_the_pages(page_clock: PageClock) -> None:
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    job = walk.open_job(
        format="hourly", delivery_on=None, starts_on=hours.MONDAY, hours_per_week=8, closes_on=moment(5).date(),
        budget_min_yen=1_000, budget_max_yen=3_000, title="ECサイトの運用のお手伝い",
    )  # fmt: skip
    sent = walk.proposal(job, amount_yen=1_500, deliver_on=hours.MONDAY)
    address = client.get(reverse("proposals:offer", args=[sent.pk])).headers["Location"]
    form = client.get(address)
    data = {
        "request_key": key_in(form),
        "scope": "商品登録",
        "hours": "８",
        "starts_on": "2026-11-09",
        "holds_money": "yes",
    }
    shown = client.post(address, data, follow=True)
    assert "オファー" in text_of(shown) or "回答" in text_of(shown)
    contract = Contract.objects.get()
    agreed = worker.post(reverse("contracts:confirmation", args=[contract.pk]), follow=True)
    assert agreed.status_code == 200
    week = hours.week(hours.engagement(contract))
    page = client.get(of_week("funding", week))
    assert "¥12,660" in text_of(page)
    paid = client.post(
        of_week("funding", week),
        {"request_key": key_in(page), "hours": "8", "card_number": cards.SUCCESS},
        follow=True,
    )
    assert paid.status_code == 200
    assert hours.week(week.engagement).is_funded
    page_clock.now = moment(9, 9)
    tracker = worker.get(reverse("hourly:tracker"))
    data = {"request_key": key_in(tracker), "contract": contract.pk, "memo": "商品登録"}
    assert worker.post(reverse("hourly:start"), data).status_code == 302
    page_clock.now = moment(9, 11)
    running = TimeEntry.objects.get()
    assert f'data-elapsed="{2 * 3600}"' in worker.get(reverse("hourly:tracker")).content.decode()
    assert worker.post(reverse("hourly:stop", args=[running.pk]), {"memo": "商品登録20件"}).status_code == 302
    page_clock.now = moment(10, 18)
    page = worker.get(of_week("entry_new", week))
    data = {
        "request_key": key_in(page),
        "day": "2026-11-10",
        "started_at": "13:00",
        "ended_at": "１６時",
        "memo": "下書き",
    }
    assert worker.post(of_week("entry_new", week), data).status_code == 302
    page_clock.now = moment(15, 20)
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    assert "5時間" in text_of(worker.get(of_week("report", week)))
    assert worker.post(of_week("report", week)).status_code == 302
    page_clock.now = moment(16, 10)
    assert "¥7,913" in text_of(client.get(of_week("review", week)))
    assert client.post(of_week("review", week)).status_code == 302
    week = hours.week(week.engagement)
    assert (week.status, week.approved_yen) == ("approved", 7_500)
    assert "¥6,262" in text_of(worker.get(of_week("week", week)))
    assert_clean()


def test_the_inbox_and_the_money_pages_know_the_weeks(page_clock: PageClock) -> None:
    one = hours.reported()
    page_clock.now = moment(15, 21)
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    assert "週を確認する" in text_of(client.get(reverse("mypage:home")))
    assert "11月9日(月)〜11月15日(日)" in text_of(worker.get(reverse("earnings:board")))
    proof = text_of(client.get(reverse("earnings:contract", args=[one.engagement.contract_id])))
    assert "¥12,660" in proof
    assert "仮払い" in proof
    assert worker.get(reverse("contracts:list")).status_code == 200
    sheet = worker.get(reverse("hourly:csv", args=[one.engagement.contract_id])).content.decode()
    assert "2026-11-09,09:00,11:00,120,1500,商品登録,タイマー" in sheet


def test_a_week_is_a_table_and_a_picture_that_say_the_same(page_clock: PageClock) -> None:
    """Seven bars, in proportion; what they show is written out for those who do not see them."""
    one = hours.five_hours(hours.funded())
    page_clock.now = moment(10, 17)
    answer = at_browser(cast.hanako()).get(of_week("week", one))
    bars = re.findall(r'hours-chart__bar" x="\d+" y="(\d+)" width="\d+" height="(\d+)"', answer.content.decode())
    assert [int(height) for _top, height in bars] == [45, 67, 0, 0, 0, 0, 0], "two and three hours of four"
    assert {int(top) + int(height) for top, height in bars} == {108}, "all stand on the base line"
    assert 'aria-label="11月9日(月)〜11月15日(日) 合計5時間"' in answer.content.decode()
    for cell in ("09:00–11:00", "13:00–16:00", "2時間", "3時間", "5時間", "四捨五入"):
        assert cell in text_of(answer), cell


def test_lines_are_sent_back_and_answered_through_the_pages(page_clock: PageClock) -> None:
    one = hours.reported()
    line = hours.lines(one)[1]
    page_clock.now = moment(16, 10)
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    missing = client.post(of_week("review", one), {f"back_{line.pk}": "on"})
    assert (missing.status_code, "理由を入力" in text_of(missing)) == (422, True)
    client.post(of_week("review", one), {f"reason_{line.pk}": "長すぎます。"})
    assert "長すぎます。" in text_of(worker.get(of_week("answer", one)))
    data = {f"way_{line.pk}": "correct", f"started_{line.pk}": "13:00", f"ended_{line.pk}": "15:00"}
    worker.post(of_week("answer", one), data)
    assert "変更あり" in text_of(client.get(of_week("review", one)))
    client.post(of_week("review", one))
    assert hours.week(one.engagement).approved_yen == 6_000


def test_the_written_terms_say_the_price_of_an_hour_on_the_page_and_in_the_pdf() -> None:
    of = hours.agreed()
    client = at_browser(cast.minato())
    page = text_of(client.get(reverse("contracts:terms", args=[of.contract_id])))
    assert "1,583" in page, "an hour with the fee of the client, 5.5 %"
    terms = of.contract.terms.get()
    pdf = client.get(reverse("contracts:terms_pdf", args=[of.contract_id, terms.version]))
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.content)).pages)
    assert "単価" in words
    assert "1,583" in words


def test_every_page_of_a_contract_without_escrow_says_that_nothing_is_held(page_clock: PageClock) -> None:
    """Recording, the timer running, reported, sent back, owed: whatever either side looks at."""
    one = hours.week(hours.agreed(holds_money=False))
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    contract_id = one.engagement.contract_id
    page_clock.now = moment(9, 9)
    must_say(worker, reverse("hourly:tracker"))
    hours.worked(one, moment(9, 9), moment(9, 11))
    hours.started(one.engagement, moment(9, 12))
    page_clock.now = moment(9, 13)
    must_say(worker, reverse("hourly:tracker"))
    hourly.stop(entry=hours.lines(one)[1], by=hours.worker_of(one), at=moment(9, 13))
    first = hours.lines(one)[0].pk
    for name, ids in (("report", ()), ("entry_new", ()), ("entry", (first,)), ("entry_deletion", (first,))):
        must_say(worker, of_week(name, one, *ids))
    for name in ("contract", "history", "finish"):
        must_say(client, reverse(f"hourly:{name}", args=[contract_id]))
        must_say(worker, reverse(f"hourly:{name}", args=[contract_id]))
    must_say(client, reverse("earnings:contract", args=[contract_id]))
    must_say(worker, of_week("week", one))
    hourly.report(week=hours.week(one.engagement), by=hours.worker_of(one), at=moment(15, 20))
    page_clock.now = moment(16, 10)
    must_say(client, of_week("review", one))
    returned = {hours.lines(one)[1].pk: "長すぎます。"}
    hourly.review(week=hours.week(one.engagement), returned=returned, by=hours.client_of(one), at=moment(16, 10))
    must_say(worker, of_week("answer", one))
    hours.let_pass(moment(16, 10) + timedelta(days=14))
    page_clock.now = moment(16, 11) + timedelta(days=14)
    must_say(at_browser(cast.minato()), of_week("funding", one))


def test_the_pages_of_the_offer_its_terms_and_its_end_say_so_before_anybody_agrees(page_clock: PageClock) -> None:
    """Who agrees has read it, and no page speaks of money that is set aside first."""
    contract = hours.offered(holds_money=False)
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    offer = reverse("contracts:confirmation", args=[contract.pk])
    must_say(worker, offer)
    assert "仮払いが済んでから" not in text_of(worker.get(offer))
    must_say(worker, reverse("contracts:refusal", args=[contract.pk]))
    must_say(client, reverse("contracts:offer_withdrawal", args=[contract.pk]))
    contracts.confirm(contract=contract, by=cast.by(cast.hanako()), at=walk.START)
    page_clock.now = moment(9, 9)
    thread = talk.asked(contract.job, at=moment(9, 9)).thread
    for browser in (at_browser(cast.minato()), at_browser(cast.hanako())):
        for name in ("terms", "change_new", "end_alone"):
            must_say(browser, reverse(f"contracts:{name}", args=[contract.pk]))
        must_say(browser, reverse("messages:thread", args=[thread.pk]))
        for name in ("contracts:list", "mypage:home"):
            must_say(browser, reverse(name))


def test_where_money_is_held_no_page_says_that_none_is(page_clock: PageClock) -> None:
    contract = hours.funded().engagement.contract
    worker = at_browser(cast.hanako())
    addresses = [reverse(f"contracts:{name}", args=[contract.pk]) for name in ("terms", "change_new")]
    for address in [*addresses, reverse("contracts:list"), reverse("mypage:home")]:
        assert "仮払いはありません" not in text_of(worker.get(address)), address


def must_say(browser, address: str) -> None:
    """The page is there and says it."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    assert "この契約に仮払いはありません" in text_of(answer), address
