"""Before a date: once each, to the one who has to act, and only while there is something to do."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from nakadachi.kernel.calendar import JST
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.notifications.models import Notice
from nakadachi.notifications.reminding import remind
from nakadachi.notifications.wording import text_of
from tests import cast, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.walk import START

pytestmark = pytest.mark.django_db


def reminded(at) -> list[tuple[str, int]]:
    Notice.objects.all().delete()
    for _again in range(3):
        remind(at=at)
    run_jobs("notifications.write_mails", "mail.send")
    return list(Notice.objects.values_list("kind", "member"))


def test_three_days_before_silence_accepts() -> None:
    one = walk.delivered()
    client = one.contract.client
    assert reminded(one.auto_accept_at - timedelta(days=3, minutes=1)) == []
    assert reminded(one.auto_accept_at - timedelta(days=3)) == [("reminder.inspection", client.pk)]
    assert [message.to for message in mail.outbox] == [[client.email]]
    walk.accept(one)
    assert reminded(one.auto_accept_at - timedelta(days=1)) == []


def test_a_new_delivery_has_a_date_of_its_own() -> None:
    one = walk.delivered()
    assert remind(at=one.auto_accept_at - timedelta(days=2)) == 1
    contracts.request_revision(
        milestone=one, reason="図", by=by(one.contract.client), at=one.auto_accept_at - timedelta(days=1)
    )
    again = walk.deliver(one, at=one.auto_accept_at)
    assert remind(at=again.auto_accept_at - timedelta(days=2)) == 1


def test_a_day_before_an_offer_lapses() -> None:
    contract = walk.offered()
    assert reminded(contract.answer_by - timedelta(days=1)) == [("reminder.offer", cast.hanako().pk)]
    contracts.decline(contract=contract, by=by(contract.worker), at=START)
    assert reminded(contract.answer_by - timedelta(hours=1)) == []


def test_a_month_before_a_deal_ends_both_are_told_and_again_when_it_was_put_off() -> None:
    one = walk.funded()
    both = [("reminder.deal", one.contract.client_id), ("reminder.deal", one.contract.worker_id)]
    ends_at = Contract.objects.get().deal_ends_at
    assert ends_at == datetime(2027, 11, 2, 23, 59, tzinfo=JST)
    assert reminded(datetime(2027, 10, 1, 23, 59, tzinfo=JST)) == []
    assert reminded(datetime(2027, 10, 2, 0, 0, tzinfo=JST)) == both
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [one.contract.client.email, one.contract.worker.email]
    )
    delivered = walk.deliver(one, at=datetime(2027, 10, 20, 9, 0, tzinfo=JST))
    assert reminded(datetime(2027, 10, 20, 10, 0, tzinfo=JST)) == []
    walk.accept(delivered, at=datetime(2027, 10, 21, 9, 0, tzinfo=JST))
    assert reminded(datetime(2027, 12, 31, 0, 0, tzinfo=JST)) == []


def test_both_are_told_that_it_ended() -> None:
    contract = walk.funded().contract
    contracts.expire(contract_id=contract.pk, at=Contract.objects.get().deal_ends_at)
    run_jobs("notifications.spread")
    told = Notice.objects.filter(kind="contract.end.expired")
    assert set(told.values_list("member", flat=True)) == {contract.client_id, contract.worker_id}
    assert "2027年11月2日(火) 23:59" in text_of(told[0])


def test_three_days_after_an_agreement_without_money() -> None:
    contract = walk.agreed()
    assert reminded(START + timedelta(days=2)) == []
    assert reminded(START + timedelta(days=3)) == [("reminder.funding", contract.client_id)]
    walk.pay(walk.milestone(contract))
    assert reminded(START + timedelta(days=4)) == []
