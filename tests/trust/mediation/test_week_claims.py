"""Mediation about a week of hourly work: only that week stands still, and it is divided to the yen or goes on."""

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse

from nakadachi.infra import timers
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.models import Case
from tests import cast, hours
from tests.cast import by
from tests.hours import moment
from tests.journeys.test_posting_to_bank_file import balances
from tests.market.state import assert_clean, fingerprint
from tests.trust.mediation import stages
from tests.trust.mediation.test_evidence import archive, opened
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db
NOW = moment(16, 10)


def claim(one: WorkWeek, *, at=NOW) -> Case:
    who = one.engagement.contract.client
    case = actions.open_case(hold=one.hold, reason="作業の内容が違います。", request_key=uuid4(), by=by(who), at=at)
    return stages.fresh(case)


def refused(act) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as found:
        act()
    assert fingerprint() == before
    return found.value.refusal.code


def reported_and_following() -> tuple[WorkWeek, WorkWeek]:
    """The first week is reported, the second paid in and running."""
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), at=moment(10, 8))
    one = hours.five_hours(one)
    hourly.report(week=one, by=hours.worker_of(one), at=moment(15, 20))
    hours.let_pass(moment(16, 1))
    return hours.week(one.engagement), hours.week(one.engagement, 2)


def test_only_the_week_concerned_stands_still() -> None:
    one, following = reported_and_following()
    claim(one)
    one = hours.week(one.engagement)
    assert (one.is_frozen, hours.week(one.engagement, 2).is_frozen) == (True, False)
    assert refused(lambda: hourly.review(week=one, by=hours.client_of(one), at=NOW)) == "hold_frozen"
    returned = {hours.lines(one)[0].pk: "長すぎます。"}
    assert refused(lambda: hourly.review(week=one, returned=returned, by=hours.client_of(one), at=NOW)) == (
        "hold_frozen"
    )
    hours.worked(following, moment(16, 11), moment(16, 12))
    timers.play(until=moment(23, 6))
    assert hours.week(one.engagement).status == "reported", "silence does not approve what is mediated about"
    assert hours.week(one.engagement, 2).status == "reported"
    assert_clean()


def test_the_page_to_ask_is_there_while_the_timer_runs_and_says_why_not(page_clock: PageClock) -> None:
    one = hours.five_hours(hours.funded())
    hours.started(one.engagement, moment(11, 9))
    page_clock.now = moment(11, 10)
    browser = at_browser(cast.minato())
    address = reverse("mediation:new", args=[one.hold_id])
    assert "¥7,500" in text_of(browser.get(address)), "what runs is not recorded yet"
    before = fingerprint()
    answer = browser.post(address, {"reason": "作業の内容が違います。", "request_key": str(uuid4())})
    assert (answer.status_code, "報告されていない" in text_of(answer)) == (409, True)
    assert fingerprint() == before


@pytest.mark.parametrize("status", ["open", "approved"])
def test_a_week_that_was_not_reported_or_is_decided_is_not_mediated_about(status: str) -> None:
    one = hours.five_hours(hours.funded()) if status == "open" else hours.approved()
    assert refused(lambda: claim(one)) == "week_not_reported"


def test_the_operator_is_silent_and_recorded_time_is_paid_as_far_as_it_was_not_yet() -> None:
    """Two hours were approved and paid with the return of the third line: the rest of the hold is what is divided."""
    one = hours.returned()
    case = claim(one, at=moment(16, 11))
    assert case.rest_yen == one.hold.amount_yen - 3_000
    case = stages.over(stages.deciding(case))
    one = hours.week(one.engagement)
    assert (case.outcome, case.result_yen, one.status) == ("default", 4_500, "settled")
    assert (one.hold.status, one.hold.released_yen) == ("split", 7_500)
    assert_clean()


def test_the_pages_say_what_silence_would_pay_before_and_after_it_is_asked_for(page_clock: PageClock) -> None:
    """To the yen, by the recorded time: the week's money is set aside for all of its hours."""
    one = hours.reported()
    page_clock.now = NOW
    words = "記録された作業時間に応じた¥7,500をワーカーの報酬とし、残りをクライアントへ返金します。"
    for side in (cast.minato(), cast.hanako()):
        assert words in text_of(at_browser(side).get(reverse("mediation:new", args=[one.hold_id])))
    case = stages.deciding(claim(one))
    page_clock.now = case.due_at - stages.SECOND
    for side in (cast.minato(), cast.hanako()):
        page = text_of(at_browser(side).get(reverse("mediation:detail", args=[case.pk])))
        assert words in page
    case = stages.over(case)
    assert (case.outcome, case.result_yen) == ("default", 7_500)


def test_the_evidence_of_a_week_has_its_recorded_times_and_what_stood_there_before() -> None:
    """Times are what is handed in by the hour: lines, memos, changes, what was sent back and what was answered."""
    one = hours.five_hours(hours.funded())
    line = hours.lines(one)[0]
    times = {"started_at": moment(9, 9), "ended_at": moment(9, 10, 30), "memo": "商品登録20件"}
    hourly.edit(entry=line, by=hours.worker_of(one), at=moment(9, 20), **times)
    hourly.report(week=one, by=hours.worker_of(one), at=moment(15, 20))
    returned = {hours.lines(one)[1].pk: "3時間は長すぎます。"}
    hourly.review(week=hours.week(one.engagement), returned=returned, by=hours.client_of(one), at=moment(16, 9))
    case = claim(hours.week(one.engagement))
    data = archive(case)
    assert archive(case, cast.hanako()) == data
    words = opened(data).read("02_経過/作業時間の記録.txt").decode()
    for part in (
        "作業 11-09 09:00:00〜11-09 10:30:00 90分(手入力、変更あり) 承認\n商品登録20件",
        "記録の変更前 11-09 09:00:00〜11-09 11:00:00\n商品登録\n",
        "作業 11-10 13:00:00〜11-10 16:00:00 180分(タイマー) 差し戻し\nメルマガの下書き\n",
        "差し戻しの理由: 3時間は長すぎます。",
        "2026-11-15 20:00 ワーカー 週の報告(2026-11-09からの1週間)",
    ):
        assert part in words
    cover = io.BytesIO(opened(data).read("00_表紙.pdf"))
    assert "180分" in "".join(page.extract_text() for page in pypdf.PdfReader(cover).pages)


def test_offers_that_cross_settle_the_week_at_the_midpoint_and_keep_its_lines(
    page_clock: PageClock,
) -> None:
    one = hours.reported()
    case = claim(one)
    stages.offer(case, cast.minato(), 7_001, at=NOW)
    case = stages.offer(case, cast.hanako(), 6_000, at=NOW)
    one = hours.week(one.engagement)
    assert (case.outcome, case.result_yen, one.status) == ("agreed", 6_500, "settled")
    assert (one.hold.released_yen, one.hold.balance_yen) == (6_500, 0)
    assert {line.decision for line in hours.lines(one)} == {"approved"}
    assert (one.approved_minutes, one.approved_yen) == (300, 6_500)
    assert Contract.objects.get().status == "active", "the other weeks go on"
    page_clock.now = NOW + timedelta(hours=1)
    address = reverse("hourly:week", args=[one.engagement.contract_id, one.pk])
    for side, figure in ((cast.hanako(), "¥5,427"), (cast.minato(), "¥6,858")):
        page = text_of(at_browser(side).get(address))
        assert "この週の報酬額は、仲介の結果¥6,500となりました。" in page
        assert "契約とともに終了" not in page, "the contract goes on"
        assert figure in page, "what it was settled at, and not what the recorded time would have cost"
    assert_clean()


def test_nothing_for_the_worker_takes_the_lines_out() -> None:
    one = hours.reported()
    case = claim(one)
    stages.offer(case, cast.minato(), 0, at=NOW)
    stages.offer(case, cast.hanako(), 0, at=NOW)
    one = hours.week(one.engagement)
    assert ({line.decision for line in hours.lines(one)}, one.hold.status) == ({"dropped"}, "refunded")
    assert f"member:{cast.hanako().pk}" not in {name for name, yen in balances().items() if yen}
    assert_clean()


def test_taken_back_the_week_waits_as_many_days_longer() -> None:
    one = hours.reported()
    due_at = one.act_by
    case = claim(one)
    actions.withdraw(case=case, by=hours.client_of(one), at=NOW + timedelta(days=1, hours=1))
    one = hours.week(one.engagement)
    assert (one.status, one.is_frozen, one.act_by) == ("reported", False, due_at + timedelta(days=2))
    hours.let_pass(one.act_by)
    assert hours.week(one.engagement).approved_yen == 7_500
    assert_clean()
