"""確認のお願い: what can be asked about, from when, how often, by whom, and what is told."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions
from nakadachi.market.contracts.models import Contract, Prompt
from nakadachi.notifications.models import Notice
from nakadachi.notifications.wording import text_of
from tests import cast, hours, monthly, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db
START = walk.START
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
FREE = START + 3 * DAY


def prompt(contract: Contract, member=None, at: datetime = FREE, key=None) -> Prompt:
    return actions.prompt(contract=contract, request_key=key or uuid4(), by=by(member or cast.hanako()), at=at)


def refused(*arguments, **words) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        prompt(*arguments, **words)
    assert fingerprint() == before
    return caught.value.refusal.code


def unseen(*arguments, **words) -> None:
    before = fingerprint()
    with pytest.raises(NotVisible):
        prompt(*arguments, **words)
    assert fingerprint() == before


@pytest.mark.parametrize(("away", "is_free"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_from_three_days_of_waiting_on(away, is_free):
    contract = walk.delivered().contract
    if is_free:
        assert prompt(contract, at=FREE + away).what == "inspection"
    else:
        assert refused(contract, at=FREE + away) == "prompt_too_early"


@pytest.mark.parametrize(("away", "is_free"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_again_after_three_days(away, is_free):
    contract = walk.delivered().contract
    prompt(contract)
    if is_free:
        prompt(contract, at=FREE + 3 * DAY + away)
    else:
        assert refused(contract, at=FREE + 3 * DAY + away) == "prompted_lately"
    assert Prompt.objects.count() == 1 + is_free


def test_the_same_form_twice_is_once():
    contract, key = walk.delivered().contract, uuid4()
    assert prompt(contract, key=key) == prompt(contract, key=key, at=FREE + 9 * DAY)
    assert Event.objects.filter(kind="prompt.ask").count() == 1
    assert refused(walk.delivered().contract, key=key, at=FREE) == "key_reused"


@pytest.mark.parametrize(
    ("reach", "what", "asker"),
    [
        (walk.offered, "offer", cast.minato),
        (hours.offered, "offer", cast.minato),
        (monthly.offered, "offer", cast.minato),
        (walk.agreed, "funding", cast.hanako),
        (lambda: walk.delivered().contract, "inspection", cast.hanako),
    ],
)
def test_what_waits_for_whom(reach, what, asker):
    found = reach()
    contract = found if isinstance(found, Contract) else found.contract
    other = cast.minato() if asker() == cast.hanako() else cast.hanako()
    unseen(contract, other)
    unseen(contract, cast.sakura())
    unseen(contract, cast.tanaka())
    assert prompt(contract, asker()).what == what


def test_nothing_waits_for_the_other_side():
    assert refused(walk.funded().contract) == "nothing_waits"
    assert refused(walk.accepted().contract) == "nothing_waits"


def test_the_next_piece_waits_since_the_last_was_accepted():
    one = walk.delivered((10_000, 5_000))
    walk.accept(one, at=START + 2 * DAY)
    assert refused(one.contract, at=START + 5 * DAY - SECOND) == "prompt_too_early"
    assert prompt(one.contract, at=START + 5 * DAY).milestone.position == 2


def test_a_month_can_be_asked_for_shortly_before_it_begins():
    contract = monthly.agreed()
    begins = monthly.month(contract).period_from
    assert refused(contract, at=START + 10 * DAY) == "prompt_not_due", "it does not wait yet"
    free_at = datetime.combine(begins, datetime.min.time(), tzinfo=START.tzinfo) - 7 * DAY
    assert refused(contract, at=free_at - SECOND) == "prompt_too_early"
    assert prompt(contract, at=free_at).what == "funding"


def test_it_moves_no_date_and_is_a_sign_of_life_of_the_asker_alone():
    one = walk.delivered()
    before = Contract.objects.get().deal_ends_at
    prompt(one.contract)
    assert Contract.objects.get().deal_ends_at == before
    assert walk.milestone(one.contract).auto_accept_at == one.auto_accept_at
    assert actions.nudge(contract=one.contract, request_key=uuid4(), by=by(cast.hanako()), at=START + 7 * DAY)


def test_the_other_side_is_told_in_a_fixed_sentence():
    contract = walk.delivered().contract
    prompt(contract)
    run_jobs("notifications.spread", "notifications.write_mails", "mail.send")
    notice = Notice.objects.get(kind="prompt.ask.inspection")
    assert notice.member_id == contract.client_id
    assert "早めにご確認いただけますと幸いです" in text_of(notice)
    assert "2026年11月16日(月) 23:59に自動的に検収されます" in text_of(notice)
    assert contract.client.email in [address for message in mail.outbox for address in message.to]


def test_the_button_stands_where_it_can_be_pressed(client):
    contract = walk.delivered(at=now() - 4 * DAY).contract
    page, address = (reverse(f"contracts:{name}", args=[contract.pk]) for name in ("detail", "prompt"))
    client.force_login(cast.minato())
    assert address not in client.get(page).content.decode()
    assert client.post(address).status_code == 404
    client.force_login(cast.sakura())
    assert client.post(address).status_code == 404
    client.force_login(cast.hanako())
    shown = client.get(page).content.decode()
    assert f'action="{address}"' in shown
    assert ">検収をお願いする</button>" in shown
    assert client.post(address, {"request_key": str(uuid4())}).status_code == 302
    shown = client.get(page).content.decode()
    assert address not in shown
    assert "に確認をお願いしました。次は" in shown
    again = client.post(address, {"request_key": str(uuid4())}, follow=True)
    assert "次は" in again.content.decode()
    assert Prompt.objects.count() == 1
