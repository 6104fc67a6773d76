"""Before a date: once each, to the one who has to act, and only while there is something to do."""

from datetime import timedelta

import pytest
from django.core import mail

from nakadachi.market.contracts import actions as contracts
from nakadachi.notifications.models import Notice
from nakadachi.notifications.reminding import remind
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


def test_three_days_after_an_agreement_without_money() -> None:
    contract = walk.agreed()
    assert reminded(START + timedelta(days=2)) == []
    assert reminded(START + timedelta(days=3)) == [("reminder.funding", contract.client_id)]
    walk.pay(walk.milestone(contract))
    assert reminded(START + timedelta(days=4)) == []
