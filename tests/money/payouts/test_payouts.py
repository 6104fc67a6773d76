"""The life of a payout: asked for, closed, filed, sent, returned; every refusal changes nothing."""

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions, checks, queries, zengin
from nakadachi.money.payouts.due import close_due
from nakadachi.money.payouts.models import ClosingRun, Payout, Skip
from tests import cast
from tests.earners import STAFF, earn, hanako, jst, member, with_account
from tests.jobs import TELLING, run_jobs

pytestmark = pytest.mark.django_db

CLOSES_ON = date(2026, 11, 15)
PAYS_ON = date(2026, 11, 30)
AFTER = jst(2026, 11, 16, 0, 5)


def by(person) -> Actor:
    return Actor.member(person.pk)


def request(person, at=None, key=None):
    return actions.request(member=person, request_key=key or uuid4(), by=by(person), at=at or jst(2026, 11, 12))


def close(at=AFTER):
    return actions.close(closes_on=CLOSES_ON, by=SYSTEM, at=at)


def balances() -> dict[str, int]:
    return {row.account: row.balance_yen for row in ledger.trial_balance() if row.balance_yen}


def lines(journal_id: int) -> dict[str, int]:
    return {line.account: line.amount_yen for line in ledger.journal(journal_id).lines}


def everything() -> tuple:
    """What must not change when something is refused."""
    return (
        balances(),
        list(Payout.objects.order_by("id").values_list("id", "status", "run", "amount_yen")),
        list(ClosingRun.objects.order_by("id").values_list("id", "status", "file_sha256")),
        Event.objects.count(),
    )


def refused(code: str, call) -> None:
    before = everything()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.refusal.code == code
    assert everything() == before


def sound() -> None:
    assert list(checks.in_transit()) == []
    assert list(checks.run_totals()) == []
    assert sum(balances().values()) == 0


def test_the_worked_journal_of_8350_yen_to_the_yen():
    person = hanako(payout_mode="on_request")
    mine = f"member:{person.pk}"
    payout = request(person)
    assert lines(payout.journal_id) == {mine: -8_350, "payouts_in_transit": 8_350}
    assert balances() == {"psp_clearing": -8_350, "payouts_in_transit": 8_350}
    sound()
    run = actions.make_file(run=close(), by=STAFF, at=AFTER)
    file = zengin.decode(actions.file_bytes(run=run, by=STAFF), year=2026)
    assert (file.total_yen, file.pays_on, len(file.transfers)) == (8_350, PAYS_ON, 1)
    assert file.transfers[0].holder_kana == "ﾔﾏﾀﾞ ﾊﾅｺ"
    actions.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=jst(2026, 11, 30, 15))
    assert balances() == {
        "psp_clearing": -8_350,
        "bank_client_money": 8_350,
        "bank_operating": 145,
        "bank_fee_expense": -145,
    }
    settle, charge = (
        ledger.journals_about("payout", payout.pk)[1],
        ledger.journals_about("closing_run", run.pk)[0],
    )
    assert lines(settle) == {"payouts_in_transit": -8_350, "bank_client_money": 8_350}
    assert lines(charge) == {"bank_operating": 145, "bank_fee_expense": -145}
    assert ledger.journal(settle).effective_at == PAYS_ON
    sound()
    actions.mark_returned(payout=payout, reason="口座名義相違", by=STAFF, at=jst(2026, 12, 2))
    returned = ledger.journals_about("payout", payout.pk)[2]
    assert lines(returned) == {"bank_client_money": -8_350, mine: 8_350}
    assert queries.balance_yen(person.pk) == 8_350
    sound()


def test_when_the_worker_bears_the_fee_it_is_ours_with_its_tax_and_comes_back_once():
    """Before 2026 the preset charged ¥500; the second return on the same account keeps it."""
    person = member("はなこ", payout_mode="on_request")
    with_account(person, bank_code="0001", branch_code="001")
    mine = f"member:{person.pk}"
    for given_back in (8_350, 7_850):
        if not queries.balance_yen(person.pk):
            earn(person, 8_350, date(2025, 6, 1))
        payout = actions.request(member=person, request_key=uuid4(), by=by(person), at=jst(2025, 6, 10))
        assert (payout.amount_yen, payout.bank_fee_yen, payout.pays_yen) == (8_350, 500, 7_850)
        assert lines(payout.journal_id) == {
            mine: -8_350,
            "payouts_in_transit": 7_850,
            "payout_fee_income": 455,
            "consumption_tax_payable": 45,
        }
        run = actions.close_extra(request_key=uuid4(), by=STAFF, at=jst(2025, 6, 11))
        run = actions.make_file(run=run, by=STAFF, at=jst(2025, 6, 11))
        actions.mark_sent(run=run, bank_charge_yen=0, by=STAFF, at=jst(2025, 6, 12))
        actions.mark_returned(payout=payout, reason="該当口座なし", by=STAFF, at=jst(2025, 6, 20))
        back = lines(ledger.journals_about("payout", payout.pk)[-1])
        fee_lines = {"payout_fee_income": -455, "consumption_tax_payable": -45} if given_back == 8_350 else {}
        assert back == {"bank_client_money": -7_850, mine: given_back, **fee_lines}
        with_account(person, bank_code="0001", branch_code="001", at=jst(2025, 6, 21))
        sound()


def test_cancelling_mirrors_the_request_and_cannot_be_done_twice_or_by_another():
    person, other = hanako(payout_mode="on_request"), member("たろう")
    payout = request(person)
    refused("not_yours", lambda: actions.cancel(payout=payout, by=by(other), at=jst(2026, 11, 13)))
    actions.cancel(payout=payout, by=by(person), at=jst(2026, 11, 13))
    assert queries.balance_yen(person.pk) == 8_350
    cancel = ledger.journal(ledger.journals_about("payout", payout.pk)[-1])
    assert (cancel.kind, cancel.reverses) == ("payout.cancel", payout.journal_id)
    refused("too_late_to_cancel", lambda: actions.cancel(payout=payout, by=by(person), at=jst(2026, 11, 13)))
    sound()


def test_of_the_operators_people_only_finance_cancels():
    person, offices = hanako(payout_mode="on_request"), cast.offices()
    payout = request(person)
    at = jst(2026, 11, 13)
    refused("not_yours", lambda: actions.cancel(payout=payout, by=Actor.staff(offices["support"].pk), at=at))
    actions.cancel(payout=payout, by=Actor.staff(offices["finance"].pk), at=at)
    assert queries.balance_yen(person.pk) == 8_350
    sound()


def test_support_does_not_see_payouts_and_runs():
    payout, support = request(hanako(payout_mode="on_request")), Actor.staff(cast.offices()["support"].pk)
    run = close()
    for look in (
        lambda: queries.payout_for(support, payout.pk),
        lambda: queries.run_for(support, run.pk),
        lambda: queries.runs(support),
    ):
        with pytest.raises(NotVisible):
            look()


@pytest.mark.parametrize("amount_yen", [0, 1, 999])
def test_below_the_minimum_nothing_is_requested_and_nothing_taken(amount_yen):
    person = hanako(amount_yen)
    refused("below_minimum", lambda: request(person))
    assert close().transfers == 0
    assert queries.balance_yen(person.pk) == amount_yen
    assert Skip.objects.count() == 0


def test_the_minimum_itself_is_enough():
    assert request(hanako(1_000)).pays_yen == 1_000


def test_a_request_needs_an_account_and_the_member_themselves():
    person = member("はなこ")
    earn(person, 8_350, date(2026, 11, 10))
    refused("no_bank_account", lambda: request(person))
    refused("not_yours", lambda: actions.request(member=person, request_key=uuid4(), by=STAFF, at=AFTER))
    other = by(member("たろう"))
    refused("not_yours", lambda: actions.request(member=person, request_key=uuid4(), by=other, at=AFTER))


def test_the_key_of_somebody_else_is_refused():
    key = uuid4()
    request(hanako(), key=key)
    other = member("たろう")
    earn(other, 8_350, date(2026, 11, 10))
    with_account(other)
    refused("key_reused", lambda: request(other, key=key))


def test_the_same_key_is_the_same_request_and_a_second_one_is_refused():
    person, key = hanako(), uuid4()
    assert request(person, key=key).pk == request(person, key=key).pk
    earn(person, 5_000, date(2026, 11, 12))
    refused("already_requested", lambda: request(person))


def test_the_destination_is_frozen_when_it_is_asked_for():
    person = hanako(payout_mode="on_request")
    payout = request(person)
    with_account(person, bank_code="0001", branch_code="001", number="7654321", at=jst(2026, 11, 12, 13))
    payout.refresh_from_db()
    assert payout.destination["bank_name"] == "楽天銀行"
    run = actions.make_file(run=close(), by=STAFF, at=AFTER)
    file = zengin.decode(actions.file_bytes(run=run, by=STAFF), year=2026)
    assert file.transfers[0].account.bank_code == "0036"


def test_a_run_takes_whole_balances_of_automatic_members_and_only_requests_of_the_others():
    auto, quiet, asked = hanako(12_000), hanako(9_000, payout_mode="on_request"), hanako(payout_mode="on_request")
    request(asked)
    run = close()
    assert (run.pays_on, run.transfers, run.total_yen) == (PAYS_ON, 2, 20_350)
    assert sorted(run.payouts.values_list("member", "pays_yen", "status", "by_run")) == sorted(
        [(auto.pk, 12_000, "batched", True), (asked.pk, 8_350, "batched", False)]
    )
    assert queries.balance_yen(quiet.pk) == 9_000
    assert ledger.journal(run.payouts.get(member=auto).journal_id).effective_at == CLOSES_ON
    sound()


def test_what_was_confirmed_or_asked_for_after_the_closing_day_waits_for_the_next_run():
    auto, asked = hanako(12_000), hanako(payout_mode="on_request")
    earn(auto, 3_000, date(2026, 11, 16))
    late = request(asked, at=jst(2026, 11, 16, 0, 1))
    run = close(at=jst(2026, 11, 17))
    assert list(run.payouts.values_list("member", "pays_yen")) == [(auto.pk, 12_000)]
    following = actions.close(closes_on=date(2026, 11, 30), by=SYSTEM, at=jst(2026, 12, 1))
    assert following.pays_on == date(2026, 12, 15)
    assert sorted(following.payouts.values_list("pays_yen", flat=True)) == [3_000, 8_350]
    late.refresh_from_db()
    assert late.run_id == following.pk


def test_members_without_a_usable_account_are_passed_over_and_can_read_why():
    without, refused_account = member("くちなし"), hanako(5_000)
    earn(without, 8_350, date(2026, 11, 10))
    refused_account.bank_accounts.update(refused_at=jst(2026, 11, 1))
    run = close()
    assert run.transfers == 0
    assert sorted(run.skips.values_list("member", "amount_yen", "reason")) == [
        (without.pk, 8_350, "no_account"),
        (refused_account.pk, 5_000, "account_refused"),
    ]
    assert queries.last_skip(without.pk).run.closes_on == CLOSES_ON
    run_jobs(*TELLING)
    told = {message.to[0]: message.body for message in mail.outbox}
    assert "2026年11月15日(日)の締めで¥8,350を振り込めず" in told[without.email]
    assert "前回の振込が組戻しになったため" in told[refused_account.email]
    with_account(without)
    assert queries.last_skip(without.pk) is None
    refused("nothing_to_send", lambda: actions.make_file(run=run, by=STAFF, at=AFTER))


def test_the_same_closing_day_again_adds_nothing():
    person = hanako()
    first = close()
    earn(person, 9_999, date(2026, 11, 14))
    before = everything()
    assert close(at=jst(2026, 11, 20)).pk == first.pk
    assert everything() == before


def test_only_closing_days_that_are_over_and_only_by_the_operator_or_the_timer():
    person = hanako()
    refused("no_closing_day", lambda: actions.close(closes_on=date(2026, 11, 14), by=STAFF, at=AFTER))
    refused("closes_too_early", lambda: close(at=jst(2026, 11, 15, 23, 59)))
    refused("closes_too_early", lambda: actions.close(closes_on=date.max, by=STAFF, at=AFTER))
    refused("staff_only", lambda: actions.close(closes_on=CLOSES_ON, by=by(person), at=AFTER))
    refused("staff_only", lambda: actions.close_extra(request_key=uuid4(), by=by(person), at=AFTER))


def test_the_timer_closes_the_newest_day_that_is_over_and_no_day_before_the_market():
    hanako(8_350)
    assert close_due(at=jst(2026, 11, 15, 23, 59)).closes_on == date(2026, 10, 31)
    run = close_due(at=AFTER)
    assert (run.closes_on, run.transfers) == (CLOSES_ON, 1)
    assert close_due(at=jst(2026, 11, 16, 0, 15)) is None
    assert close_due(at=jst(2025, 12, 31)) is None


def test_a_run_closed_late_is_paid_on_a_bank_day_that_has_not_passed():
    hanako()
    assert close(at=jst(2026, 12, 5)).pays_on == date(2026, 12, 7)


def test_the_file_is_made_once_and_every_download_is_the_same():
    hanako()
    run = actions.make_file(run=close(), by=STAFF, at=AFTER)
    again = actions.make_file(run=run, by=STAFF, at=jst(2026, 11, 20))
    first, second = actions.file_bytes(run=run, by=STAFF), actions.file_bytes(run=again, by=STAFF)
    assert first == second
    assert hashlib.sha256(first).hexdigest() == run.file_sha256 == again.file_sha256
    with pytest.raises(Refused):
        actions.file_bytes(run=run, by=by(hanako(0)))
    ClosingRun.objects.filter(pk=run.pk).update(file=first.replace(b"8350", b"9350"))
    refused("totals_differ", lambda: actions.file_bytes(run=run, by=STAFF))


def test_no_file_when_the_run_and_the_ledger_disagree():
    hanako()
    run = close()
    run.payouts.update(pays_yen=8_000, amount_yen=8_000)
    refused("totals_differ", lambda: actions.make_file(run=run, by=STAFF, at=AFTER))
    assert [what for what, _ in checks.in_transit()] == ["payouts_in_transit"]
    assert [what for what, _ in checks.run_totals()] == [f"closing_run:{run.pk}"]


def test_a_sender_that_the_bank_would_refuse_is_named(settings):
    hanako()
    run = close()
    settings.PAYOUT_SENDER = {**settings.PAYOUT_SENDER, "code": "12"}
    refused("file_refused", lambda: actions.make_file(run=run, by=STAFF, at=AFTER))


def test_sent_needs_a_file_and_a_second_time_changes_nothing():
    hanako()
    run = close()
    refused("not_filed", lambda: actions.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=AFTER))
    run = actions.make_file(run=run, by=STAFF, at=AFTER)
    refused("bad_charge", lambda: actions.mark_sent(run=run, bank_charge_yen=-1, by=STAFF, at=AFTER))
    payout = run.payouts.get()
    refused("not_sent", lambda: actions.mark_returned(payout=payout, reason="x", by=STAFF, at=AFTER))
    actions.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=AFTER)
    before = everything()
    actions.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=jst(2026, 12, 1))
    assert everything() == before
    refused("already_sent", lambda: actions.mark_sent(run=run, bank_charge_yen=99, by=STAFF, at=AFTER))


def test_a_returned_transfer_stops_further_ones_to_that_account():
    person = hanako()
    run = actions.make_file(run=close(), by=STAFF, at=AFTER)
    actions.mark_sent(run=run, bank_charge_yen=0, by=STAFF, at=AFTER)
    payout = run.payouts.get()
    refused("no_reason", lambda: actions.mark_returned(payout=payout, reason=" ", by=STAFF, at=AFTER))
    refused("staff_only", lambda: actions.mark_returned(payout=payout, reason="x", by=by(person), at=AFTER))
    actions.mark_returned(payout=payout, reason="口座名義相違", by=STAFF, at=jst(2026, 12, 2))
    refused("not_sent", lambda: actions.mark_returned(payout=payout, reason="x", by=STAFF, at=AFTER))
    mail.outbox.clear()
    run_jobs(*TELLING)
    assert [message.to for message in mail.outbox if "口座名義相違" in message.body] == [[person.email]]
    refused("bank_account_refused", lambda: request(person, at=jst(2026, 12, 3)))
    with_account(person, at=jst(2026, 12, 3))
    assert request(person, at=jst(2026, 12, 3)).pays_yen == 8_350


def test_an_extra_run_takes_only_what_was_asked_for():
    auto, asked = hanako(12_000), hanako()
    key = uuid4()
    request(asked)
    run = actions.close_extra(request_key=key, by=STAFF, at=jst(2026, 11, 13))
    assert (run.pays_on, run.transfers, run.total_yen) == (date(2026, 11, 16), 1, 8_350)
    assert actions.close_extra(request_key=key, by=STAFF, at=jst(2026, 11, 13)).pk == run.pk
    assert queries.balance_yen(auto.pk) == 12_000
    assert close().transfers == 1


def test_payouts_and_runs_of_others_do_not_exist():
    payout, other = request(hanako()), member("たろう")
    with pytest.raises(NotVisible):
        queries.payout_for(by(other), payout.pk)
    with pytest.raises(NotVisible):
        queries.run_for(by(other), close().pk)
    with pytest.raises(NotVisible):
        queries.runs(by(other))
    assert queries.payout_for(STAFF, payout.pk).pk == payout.pk


def test_the_offer_says_amount_account_and_day():
    person = hanako()
    offer = queries.offer_for(person.pk, jst(2026, 11, 12, 9))
    assert (offer.pays_yen, offer.closes_on, offer.pays_on, offer.refusal) == (8_350, CLOSES_ON, PAYS_ON, None)
    request(person)
    assert queries.offer_for(person.pk, jst(2026, 11, 12, 9)).refusal.code == "already_requested"
    assert queries.paid_and_in_transit_yen(person.pk) == (0, 8_350)
