"""The buttons beside money that is the member's own, mediations, and a role in the console."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remedies import Done, apply
from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks
from nakadachi.money.payouts.models import Payout
from nakadachi.people import actions as people
from nakadachi.people.models import Member
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.standing import leaving
from nakadachi.trust.mediation.models import Case
from tests import cast, earners, walk
from tests.cast import by
from tests.market.state import fingerprint
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db
AT = walk.START
LATER = AT + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def press(member: Member, name: str, thing_id: int, at=LATER) -> Done:
    return apply(name, [thing_id], member=member, by=by(member), at=at)


def only(member: Member, code: str, at=LATER) -> Obstacle:
    (found,) = [one for one in obstacles_of(member, at) if one.code == code]
    return found


def names(obstacle: Obstacle) -> list[str]:
    return [remedy.name for remedy in obstacle.remedies]


def codes(member: Member, at=LATER) -> list[str]:
    return [one.code for one in obstacles_of(member, at)]


def nobody_else(name: str, thing_id: int, *others: Member, at=LATER) -> None:
    strangers = [cast.sakura(), *others]
    before = fingerprint()
    for stranger in strangers:
        with pytest.raises(NotVisible):
            press(stranger, name, thing_id, at)
    assert fingerprint() == before


def changes_nothing(act: Callable[[], Done]) -> Done:
    before = fingerprint()
    done = act()
    assert fingerprint() == before
    return done


# The balance


def earner(amount_yen: int, *, has_account: bool = True) -> Member:
    """With a balance that is paid out only when asked for."""
    worker = walk.accepted((amount_yen,)).contract.worker
    if has_account:
        earners.with_account(worker, at=AT - timedelta(days=60), bank_code="0001", branch_code="240")
    people.set_payout_mode(member=worker, mode="on_request", by=by(worker), at=AT)
    worker.refresh_from_db()
    return worker


@pytest.mark.parametrize(("amount_yen", "code"), [(10_000, "balance.ge_min"), (1_000, "balance.lt_min")])
def test_who_has_reserved_is_paid_the_last_balance_whole_and_once(amount_yen: int, code: str):
    worker = earner(amount_yen)
    leaving.reserve(member=worker, by=by(worker), at=AT)
    balance = only(worker, code)
    assert names(balance) == ["payout"]
    nobody_else("payout", worker.pk)
    done = press(worker, "payout", worker.pk)
    assert (done.count, done.refusals) == (1, {})
    payout = Payout.objects.get()
    assert (payout.amount_yen, payout.bank_fee_yen, payout.pays_yen) == (balance.amount_yen, 0, balance.amount_yen)
    assert codes(worker) == ["payout.transit"]
    changes_nothing(lambda: press(worker, "payout", worker.pk))
    assert Payout.objects.count() == 1
    assert checks.run() == []


def test_without_a_reservation_a_balance_is_paid_out_like_any_other():
    worker = earner(10_000)
    assert press(worker, "payout", worker.pk).refusals == {}
    payout = Payout.objects.get()
    assert (payout.amount_yen, payout.status) == (8_350, Payout.Status.REQUESTED)
    changes_nothing(lambda: press(worker, "payout", worker.pk))


def test_without_a_reservation_too_little_has_no_button_and_the_press_of_an_old_list_is_refused():
    worker = earner(1_000)
    balance = only(worker, "balance.lt_min")
    assert (balance.who, names(balance), balance.page) == ("time", [], "earnings:board")
    done = changes_nothing(lambda: press(worker, "payout", worker.pk))
    assert (done.count, set(done.refusals)) == (0, {worker.pk})


@pytest.mark.parametrize("has_reserved", [False, True])
def test_without_a_bank_account_a_link_leads_to_the_form_for_one(has_reserved: bool):
    worker = earner(10_000, has_account=False)
    if has_reserved:
        leaving.reserve(member=worker, by=by(worker), at=AT)
    (link,) = only(worker, "balance.ge_min").remedies
    assert (link.name, link.page, link.is_deed) == ("register_account", "settings:bank_new", False)
    done = changes_nothing(lambda: press(worker, "payout", worker.pk))
    assert set(done.refusals) == {worker.pk}


# Mediations


def test_whoever_opened_a_mediation_takes_it_back_and_nobody_else():
    case = stages.claim()
    client, worker = case.contract.client, case.contract.worker
    assert names(only(client, "dispute.open")) == ["withdraw_case", "see_case"]
    assert names(only(worker, "dispute.open")) == ["see_case"]
    nobody_else("withdraw_case", case.pk, worker)
    done = press(client, "withdraw_case", case.pk)
    assert (done.count, done.refusals) == (1, {})
    assert (stages.fresh(case).status, stages.fresh(case).outcome) == ("closed", "withdrawn")
    assert "dispute.open" not in codes(client) + codes(worker)
    assert changes_nothing(lambda: press(client, "withdraw_case", case.pk)).count == 0
    assert checks.run() == []


def test_a_case_the_operator_decides_on_can_still_be_taken_back():
    case = stages.deciding()
    client = case.contract.client
    assert names(only(client, "dispute.open")) == ["withdraw_case", "see_case"]
    press(client, "withdraw_case", case.pk, case.due_at - SECOND)
    assert (stages.fresh(case).status, stages.fresh(case).outcome) == ("closed", "withdrawn")


def test_a_ruling_both_accept_divides_the_money():
    case = stages.decided(worker_amount_yen=6_000)
    client, worker = case.contract.client, case.contract.worker
    at = case.due_at - SECOND
    for side in (client, worker):
        assert names(only(side, "dispute.open", at)) == ["accept_ruling", "see_case"]
    nobody_else("accept_ruling", case.pk, at=at)
    assert press(worker, "accept_ruling", case.pk, at).refusals == {}
    waits = only(worker, "dispute.open", at)
    assert (waits.who, names(waits)) == ("other", ["see_case"])
    changes_nothing(lambda: press(worker, "accept_ruling", case.pk, at))
    assert stages.fresh(case).status == Case.Status.DECIDED
    assert press(client, "accept_ruling", case.pk, at).refusals == {}
    assert "dispute.open" not in codes(client, at) + codes(worker, at)
    assert Hold.objects.get().status not in {"funded", "frozen"}
    assert changes_nothing(lambda: press(client, "accept_ruling", case.pk, at)).count == 0
    assert checks.run() == []


def test_a_ruling_that_took_effect_meanwhile_is_left_as_it_is():
    case = stages.closed()
    done = changes_nothing(lambda: press(case.contract.worker, "accept_ruling", case.pk, case.closed_at))
    assert (done.count, done.refusals) == (0, {})


# A role in the console


def test_a_role_is_laid_down_once_and_by_oneself():
    tanaka, support = cast.tanaka(), cast.offices()[StaffRole.Role.SUPPORT]
    assert names(only(support, "role.held")) == ["resign_role"]
    nobody_else("resign_role", support.pk, tanaka)
    assert press(support, "resign_role", support.pk).count == 1
    support.refresh_from_db()
    assert (support.is_operator, codes(support)) == (False, [])
    told = Event.objects.get(kind="member.operator_ended")
    assert (told.actor_id, told.subject_id) == (support.pk, support.pk)
    assert changes_nothing(lambda: press(support, "resign_role", support.pk)).count == 0


def test_the_last_administrator_is_led_to_where_another_is_named_and_keeps_the_role():
    tanaka = cast.tanaka()
    (link,) = only(tanaka, "owner.last").remedies
    assert (link.name, link.page, link.is_deed) == ("name_admin", "staff:crew:list", False)
    done = changes_nothing(lambda: press(tanaka, "resign_role", tanaka.pk))
    assert done.refusals[tanaka.pk].code == "last_admin"
    cast.person("abe@example.jp", "安部(事務局)", is_operator=True)
    assert names(only(tanaka, "role.held")) == ["resign_role"]
    assert press(tanaka, "resign_role", tanaka.pk).refusals == {}
    tanaka.refresh_from_db()
    assert (tanaka.is_operator, codes(tanaka)) == (False, [])
