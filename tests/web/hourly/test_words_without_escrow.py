"""Where nothing is held, no page says that a reward is confirmed before it is paid, or that money comes first."""

import pytest
from django.urls import reverse

from nakadachi.market.hourly.models import WorkWeek
from tests import cast, hours
from tests.hours import moment
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


def reported() -> WorkWeek:
    one = hours.five_hours(hours.week(hours.agreed(holds_money=False)))
    hours.let_pass(moment(16, 6))
    return hours.week(one.engagement)


def test_the_worker_reads_the_price_of_an_hour_and_does_not_wait_for_money(page_clock: PageClock) -> None:
    """Of either kind the price of an hour stands beside the terms: ¥1,252 of ¥1,500 less 16.5 %."""
    for holds_money, words in ((True, "仮払いが済んでから作業を始めてください"), (False, "仮払いはありません")):
        contract = hours.offered(holds_money=holds_money)
        worker = at_browser(cast.hanako())
        address = reverse("contracts:confirmation", args=[contract.pk])
        page = text_of(worker.get(address))
        assert "受け取り ¥1,252" in page
        assert "受け取り なし" not in page
        said = text_of(worker.post(address, follow=True))
        assert f"契約が成立しました。{words}" in said


def test_a_reward_is_confirmed_by_the_payment(page_clock: PageClock) -> None:
    one = reported()
    address = reverse("hourly:week", args=[one.engagement.contract_id, one.pk])
    contract = reverse("hourly:contract", args=[one.engagement.contract_id])
    review = reverse("hourly:review", args=[one.engagement.contract_id, one.pk])
    client, worker = at_browser(cast.minato()), at_browser(cast.hanako())
    page_clock.now = moment(16, 9)
    assert "報酬は、クライアントの支払いで確定します" in text_of(worker.get(address))
    pages = [client.get(address), worker.get(address), client.get(contract), worker.get(contract), client.get(review)]
    pages.append(client.post(review, {}, follow=True))
    assert "報酬は、お支払いで確定します" in text_of(pages[-1])
    pages += [worker.get(contract), worker.get(reverse("hourly:history", args=[one.engagement.contract_id]))]
    for page in pages:
        for words in ("報酬が確定します", "報酬が確定しました", "すぐに報酬が確定"):
            assert words not in text_of(page)
    assert "湊商店さんの番です" in text_of(worker.get(contract)), "what is owed stands beside what the worker is to do"


def test_lines_that_go_back_say_when_the_others_are_paid(page_clock: PageClock) -> None:
    one = reported()
    review = reverse("hourly:review", args=[one.engagement.contract_id, one.pk])
    line = hours.lines(one)[0].pk
    page_clock.now = moment(16, 9)
    typed = {f"back_{line}": "on", f"reason_{line}": "長すぎます。", "partly": "1"}
    said = text_of(at_browser(cast.minato()).post(review, typed, follow=True))
    assert "ほかの行は承認されました。お支払いは、週の全体が決まった後です。" in said
    mine = text_of(at_browser(cast.hanako()).get(reverse("hourly:contract", args=[one.engagement.contract_id])))
    assert "支払い済み" not in mine
    assert "ほかの行は承認済みで" in mine


@pytest.mark.parametrize("holds_money", [True, False])
def test_a_week_sent_back_whole_has_no_other_lines(page_clock: PageClock, holds_money: bool) -> None:
    one = hours.five_hours(hours.funded() if holds_money else hours.week(hours.agreed(holds_money=False)))
    hours.let_pass(moment(16, 6))
    one = hours.week(one.engagement)
    typed = {"partly": "1"}
    for line in hours.lines(one):
        typed |= {f"back_{line.pk}": "on", f"reason_{line.pk}": "長すぎます。"}
    page_clock.now = moment(16, 9)
    review = reverse("hourly:review", args=[one.engagement.contract_id, one.pk])
    said = text_of(at_browser(cast.minato()).post(review, typed, follow=True))
    assert "すべての行を差し戻しました。承認された行はまだありません。" in said
    mine = text_of(at_browser(cast.hanako()).get(reverse("hourly:contract", args=[one.engagement.contract_id])))
    assert "自動的に取り消されます" in mine
    assert "ほかの行は承認" not in said + mine
