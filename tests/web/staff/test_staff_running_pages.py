"""Work by the hour and by the month in the console: found, read to the line, changed by nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst, jst_date, start_of_day
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly import queries as hours_queries
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.market.hourly.weeks import next_monday
from nakadachi.market.monthly import actions as months_actions
from nakadachi.market.monthly import queries as months_queries
from nakadachi.money.ledger.models import Journal
from tests import cast, earners, hours, monthly, walk
from tests.cast import by

pytestmark = pytest.mark.django_db

HOURLY, MONTHLY = "/staff/hourly/", "/staff/monthly/"
QUERIES_MAX = 25


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def support(client):
    person = cast.offices()["support"]
    client.force_login(person)
    return person


def changed_week() -> WorkWeek:
    """Two lines, the first of them changed afterwards; reported, and the second sent back."""
    one = hours.five_hours(hours.funded())
    hourly.edit(
        entry=hours.lines(one)[0], started_at=hours.moment(9, 9), ended_at=hours.moment(9, 10), memo="商品登録と写真",
        by=hours.worker_of(one), at=hours.moment(10, 18),
    )  # fmt: skip
    hourly.report(week=hours.week(one.engagement), by=hours.worker_of(one), at=hours.moment(15, 20))
    hours.let_pass(hours.moment(16, 9))
    returned = {hours.lines(one)[1].pk: "この日の作業が見当たりません。"}
    hourly.review(week=hours.week(one.engagement), returned=returned, by=hours.client_of(one), at=hours.moment(16, 10))
    return hours.week(one.engagement)


@pytest.mark.parametrize("words", ["#{contract}", "{contract}", "hanako@example.jp", "はなこ", "ヤマダ", "minato"])
def test_engagements_are_found_by(words: str) -> None:
    engagement = hours.agreed()
    said = words.format(contract=engagement.contract_id)
    found = hours_queries.find(by(cast.tanaka()), said, tab="active")
    assert [one.pk for one in found.rows] == [engagement.pk]


@pytest.mark.parametrize("words", ["#0", "99999999999999999999999", "%", "sakura@example.jp"])
def test_engagements_are_not_found_by(words: str) -> None:
    hours.agreed()
    assert not hours_queries.find(by(cast.tanaka()), words, tab="active").rows


def test_only_the_operator_finds() -> None:
    engagement, contract = hours.agreed(), monthly.agreed()
    for person in (engagement.contract.client, engagement.contract.worker, contract.client):
        with pytest.raises(NotVisible):
            hours_queries.find(by(person), "", tab="active")
        with pytest.raises(NotVisible):
            months_queries.find(by(person), "", tab="active")


def test_tabs_are_the_states_of_the_contract(client, support) -> None:
    running, offered = hours.agreed(), hours.offered()
    for tab, expected in (("active", running.contract_id), ("offered", offered.pk), ("nonsense", running.contract_id)):
        rows = client.get(HOURLY, {"tab": tab}).context["rows"]
        assert [row.engagement.contract_id for row in rows] == [expected]
    answer = client.get(HOURLY, {"tab": "over"})
    assert not answer.context["rows"]
    assert "時間報酬の契約は見つかりませんでした" in text(answer)


def test_the_list_says_what_waits_and_what_is_held(client, support) -> None:
    one = hours.funded()
    row = client.get(HOURLY).context["rows"][0]
    assert row.held_yen == one.hold.balance_yen == 12_660
    page = text(client.get(HOURLY))
    assert "12,660" in page
    assert "1時間¥1,500、週8時間まで" in page


def test_a_week_that_is_to_be_paid_in_says_until_the_last_minute_of_the_day_before(client, support) -> None:
    today = jst_date(clock.now())
    hours.agreed(starts_on=next_monday(today + timedelta(days=7)), at=clock.now())
    waits = client.get(HOURLY).context["rows"][0].waits
    assert waits.who == cast.minato().display_name
    assert f"{jst(waits.until):%a %H:%M}" == "Sun 23:59"


def test_an_engagement_in_which_nothing_is_held_says_so(client, support) -> None:
    engagement = hours.agreed(holds_money=False)
    for address in (HOURLY, reverse("staff:hourly:detail", args=[engagement.contract_id])):
        assert "仮払いなし" in text(client.get(address))


def test_a_week_shows_every_line_with_what_stood_there_before(client, support) -> None:
    one = changed_week()
    page = text(client.get(reverse("staff:hourly:week", args=[one.engagement.contract_id, one.pk])))
    assert "09:00–10:00" in page
    assert "09:00–11:00" in page
    assert "商品登録と写真" in page
    assert "この日の作業が見当たりません。" in page
    assert one.engagement.contract.worker.display_name in page


def test_journals_are_links_only_for_those_who_may_read_the_ledger(client) -> None:
    one = changed_week()
    address = reverse("staff:hourly:week", args=[one.engagement.contract_id, one.pk])
    numbers = list(Journal.objects.filter(ref_type="hold", ref_id=one.hold_id).values_list("pk", flat=True))
    assert len(numbers) > 1
    staff = cast.offices()
    for role, reads in (("support", False), ("finance", True), ("admin", True)):
        client.force_login(staff[role])
        page = text(client.get(address))
        for number in numbers:
            assert f"#{number}" in page
            assert (f'href="/staff/journals/{number}/"' in page) is reads
        assert (f"subject=hourly.workweek&amp;subject_id={one.pk}" in page) is (role == "admin")


def test_a_plan_shows_its_months_and_the_notice(client, support) -> None:
    contract = monthly.funded()
    plan = monthly.plan_of(contract)
    at = start_of_day(plan.starts_on) + timedelta(days=1)
    months_actions.give_notice(contract=contract, reason="店を閉めることになりました。", by=by(contract.client), at=at)
    row = client.get(MONTHLY).context["rows"][0]
    assert row.held_yen == monthly.month(contract).hold.balance_yen > 0
    page = text(client.get(reverse("staff:monthly:detail", args=[contract.pk])))
    assert "店を閉めることになりました。" in page
    assert "記事5本" in page
    assert monthly.month(contract).title in page


def test_the_page_of_a_member_leads_to_the_work(client, support) -> None:
    hourly_id, monthly_id = hours.agreed().contract_id, monthly.agreed().pk
    page = text(client.get(reverse("staff:members:detail", args=[cast.hanako().pk])))
    assert f'href="/staff/hourly/{hourly_id}/"' in page
    assert f'href="/staff/monthly/{monthly_id}/"' in page


def test_what_is_of_another_kind_does_not_exist_here(client, support) -> None:
    engagement, contract, fixed = hours.funded().engagement, monthly.agreed(), walk.agreed()
    week = hours.week(engagement)
    for name, arguments in (
        ("hourly:detail", [contract.pk]),
        ("hourly:detail", [fixed.pk]),
        ("hourly:week", [contract.pk, week.pk]),
        ("hourly:week", [engagement.contract_id, 0]),
        ("monthly:detail", [engagement.contract_id]),
        ("monthly:detail", [fixed.pk]),
    ):
        assert client.get(reverse(f"staff:{name}", args=arguments)).status_code == 404


def test_long_lists_are_read_page_by_page_in_a_fixed_number_of_queries(client, support) -> None:
    counts = []
    made = []
    for number in range(21):
        side = {"client": earners.member(f"依頼者{number}"), "worker": earners.member(f"担当者{number}")}
        made.append(hours.agreed(**side).contract_id)
        if number in {0, 20}:
            client.get(HOURLY)
            with CaptureQueriesContext(connection) as asked:
                client.get(HOURLY)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= QUERIES_MAX
    first = client.get(HOURLY).context
    second = client.get(HOURLY, {"after": first["page"].next}).context
    shown = [row.engagement.contract_id for page in (first, second) for row in page["rows"]]
    assert shown == made[::-1]
    assert not second["page"].next
