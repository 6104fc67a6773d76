"""After a change of the bank account or mail address payouts rest, to the second; a first account is no change."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.payouts import actions, checks, queries
from nakadachi.money.payouts.models import Payout, Skip
from nakadachi.people.access import actions as access
from nakadachi.people.access.holding import rest_of
from nakadachi.people.actions import register_bank_account
from nakadachi.people.models import Member
from tests.earners import hanako, jst, member

pytestmark = pytest.mark.django_db

CLOSES = date(2026, 11, 15)
AFTER = jst(2026, 11, 16, 9)
HOLD = timedelta(hours=72)
SECOND = timedelta(seconds=1)
OTHER_ACCOUNT = {"bank_code": "0001", "branch_code": "001", "kind": "ordinary", "holder": "ヤマダ ハナコ"}


def change_bank(person: Member, at: datetime, number: str = "7654321") -> None:
    register_bank_account(member=person, **OTHER_ACCOUNT, number=number, by=Actor.member(person.pk), at=at)


def close(closes_on: date = CLOSES, at: datetime = AFTER):
    return actions.close(closes_on=closes_on, by=Actor.staff(1), at=at)


def request(person: Member, at: datetime) -> Payout:
    return actions.request(member=person, request_key=uuid4(), by=Actor.member(person.pk), at=at)


def test_a_first_account_is_no_change():
    person = member("はじめて")
    change_bank(person, AFTER)
    assert rest_of(person.pk, AFTER) is None


def test_the_same_account_again_is_no_change():
    person = hanako()
    account = person.bank_accounts.get(replaced_at=None)
    account.refused_at = AFTER
    account.save()
    same = {name: getattr(account, name) for name in ("bank_code", "branch_code", "kind", "number")}
    by = Actor.member(person.pk)
    register_bank_account(member=person, **same, holder=account.holder_kana, by=by, at=AFTER)
    assert person.bank_accounts.count() == 2
    assert rest_of(person.pk, AFTER) is None


@pytest.mark.parametrize("what", ["bank", "email"])
def test_a_change_lets_payouts_rest_to_the_second(what):
    person = hanako(payout_mode="on_request")
    if what == "bank":
        change_bank(person, AFTER)
    else:
        access.note_email(member=person, before="a@b.jp", after="c@d.jp", by=Actor.member(person.pk), at=AFTER)
    assert rest_of(person.pk, AFTER).why == what
    with pytest.raises(Refused) as refused:
        request(person, AFTER + HOLD - SECOND)
    assert refused.value.refusal.code == "payouts_held"
    assert "11月19日" in refused.value.refusal.sentence % refused.value.refusal.params or "19 Nov" in (
        refused.value.refusal.sentence % refused.value.refusal.params
    )
    assert not Payout.objects.exists()
    assert queries.balance_yen(person.pk) == 8_350
    assert request(person, AFTER + HOLD).amount_yen == 8_350


@pytest.mark.parametrize(("early", "taken"), [(SECOND, 0), (timedelta(0), 1)])
def test_a_closing_run_leaves_a_resting_balance_alone(early, taken):
    person = hanako()
    change_bank(person, AFTER)
    run = close(at=AFTER + HOLD - early)
    assert run.transfers == taken
    assert list(Skip.objects.values_list("reason", flat=True)) == ([] if taken else ["held"])
    assert queries.balance_yen(person.pk) == (0 if taken else 8_350)
    assert list(checks.in_transit()) == []
    assert list(checks.run_totals()) == []


def test_a_request_made_before_the_change_waits_for_the_next_run():
    person = hanako(payout_mode="on_request")
    before = jst(2026, 11, 14, 12)
    payout = request(person, before)
    change_bank(person, jst(2026, 11, 15, 12))
    assert close().transfers == 0
    extra = actions.close_extra(request_key=uuid4(), by=Actor.staff(1), at=AFTER)
    assert extra.transfers == 0
    payout.refresh_from_db()
    assert payout.status == "requested"
    assert queries.goes_with(payout)[0] == date(2026, 11, 30)
    late = close(closes_on=date(2026, 11, 30), at=jst(2026, 12, 1, 9))
    assert late.transfers == 1
    assert late.payouts.get().destination["number"] != "7654321", "it goes where it was asked to go"
    assert list(checks.in_transit()) == []


def test_a_second_change_makes_the_rest_longer_and_never_shorter():
    person = hanako()
    change_bank(person, AFTER)
    change_bank(person, AFTER + timedelta(hours=1), number="1111111")
    assert rest_of(person.pk, AFTER).until == AFTER + timedelta(hours=73)
    assert Event.objects.filter(kind="member.payouts_held").count() == 2


def test_the_run_of_others_is_not_disturbed():
    resting, other = hanako(), hanako()
    change_bank(resting, AFTER)
    run = close()
    assert [payout.member_id for payout in run.payouts.all()] == [other.pk]
