"""連絡催促: when it may be asked, what ends it, what its time brings about, and what is refused."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions, silence
from nakadachi.market.contracts.models import Contract, Milestone, Nudge
from nakadachi.money.payments.gateways.sandbox import cards
from tests import cast, talk, walk
from tests.cast import by
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db
START = walk.START
WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


def nudge(contract: Contract, member=None, at: datetime = START + WEEK, key=None) -> Nudge:
    return actions.nudge(contract=contract, request_key=key or uuid4(), by=by(member or cast.minato()), at=at)


def rows() -> tuple:
    return tuple(list(model.objects.order_by("pk").values()) for model in (Contract, Milestone, Nudge, Event))


def refused(call, *arguments, **words) -> str:
    before = rows()
    with pytest.raises(Refused) as caught:
        call(*arguments, **words)
    assert rows() == before
    return caught.value.refusal.code


def test_exactly_168_hours():
    asked = nudge(walk.funded().contract, at=datetime(2026, 11, 20, 15, 4, 5, tzinfo=JST))
    assert asked.due_at == datetime(2026, 11, 27, 15, 4, 5, tzinfo=JST)


def test_not_before_seven_days_of_silence():
    contract = walk.funded().contract
    assert refused(nudge, contract, at=START + WEEK - SECOND) == "heard_lately"
    assert nudge(contract)
    assert refused(nudge, contract) == refused(nudge, contract, cast.hanako()) == "nudge_open"


def test_a_message_and_a_move_are_both_signs_of_life():
    one = walk.funded()
    contract = one.contract
    thread = talk.asked(contract.job, at=START + timedelta(days=3)).thread
    assert refused(nudge, contract) == "heard_lately"
    assert nudge(contract, at=START + timedelta(days=10))
    talk.said(thread, cast.hanako(), "遅くなりました。", at=START + timedelta(days=11))
    assert Nudge.objects.get().status == "answered"
    walk.deliver(one, at=START + timedelta(days=12))
    assert refused(nudge, contract, at=START + timedelta(days=18)) == "heard_lately"
    assert nudge(contract, at=START + timedelta(days=19))


def test_a_move_answers_and_the_contract_goes_on():
    one = walk.funded()
    asked = nudge(one.contract)
    walk.deliver(one, at=START + WEEK + timedelta(days=2))
    assert silence.is_answered(asked)
    assert actions.carry_out(nudge_id=asked.pk, at=asked.due_at)
    assert Nudge.objects.get().status == "answered"
    assert Contract.objects.get(pk=one.contract_id).status == "active"


def test_the_askers_own_words_end_nothing():
    contract = walk.funded().contract
    asked = nudge(contract)
    talk.asked(contract.job, by=cast.minato(), at=START + WEEK + timedelta(days=1))
    assert not silence.is_answered(asked)
    assert Nudge.objects.get().status == "open"


def test_ones_own_moves_are_no_sign_of_the_other_side():
    one = walk.funded()
    walk.deliver(one, at=START + timedelta(days=3))
    assert nudge(one.contract, cast.hanako(), at=START + WEEK), "the client was last heard at the agreement"


def test_money_that_stands_still_is_waited_for_and_the_nudge_is_over():
    """The side that asked for a sign of life asks the operator meanwhile: the mediation decides, not the silence."""
    one = walk.delivered()
    asked = nudge(one.contract, cast.hanako())
    stages.claim(walk.milestone(one.contract), who=cast.hanako(), at=START + WEEK + timedelta(days=1))
    assert actions.carry_out(nudge_id=asked.pk, at=asked.due_at)
    assert (Nudge.objects.get().status, Contract.objects.get().status) == ("overtaken", "active")
    assert walk.milestone(one.contract).hold.status == "frozen"


def test_a_card_that_is_being_charged_is_waited_for():
    contract = walk.funded((10_000, 5_000)).contract
    asked = nudge(contract)
    walk.pay(walk.milestone(contract, 2), card=cards.BY_NAME["challenge"].number, at=asked.due_at - SECOND)
    assert refused(actions.carry_out, nudge_id=asked.pk, at=asked.due_at) == "funding_in_process"


@pytest.mark.parametrize("silent", ["client", "worker"])
def test_silence_pays_what_is_delivered_and_returns_the_rest(silent):
    first = walk.funded((10_000, 20_000, 5_000))
    second = walk.milestone(first.contract, 2)
    walk.pay(second)
    walk.deliver(first)
    asker = cast.hanako() if silent == "client" else cast.minato()
    asked = nudge(first.contract, asker)
    assert timers.run(at=asked.due_at - SECOND)["contracts ended by silence"] == 0
    assert timers.run(at=asked.due_at)["contracts ended by silence"] == 1
    assert timers.run(at=asked.due_at)["contracts ended by silence"] == 0
    holds = [walk.milestone(first.contract, position).hold for position in (1, 2, 3)]
    assert [hold.status if hold else "" for hold in holds] == ["released", "refunded", ""]
    assert {one.status for one in Milestone.objects.filter(contract=first.contract)} == {"settled"}
    parts = list(Event.objects.filter(kind="milestone.settle").order_by("pk").values_list("data", flat=True))
    assert [part.get("worker_amount_yen") for part in parts] == [10_000, 0, None]
    ended = Event.objects.get(kind="contract.end")
    assert (ended.data["silent"], ended.actor_kind) == (silent, "system")
    assert Contract.objects.get(pk=first.contract_id).status == "ended"


def test_overtaken_by_another_end():
    one = walk.funded()
    asked = nudge(one.contract)
    actions.hand_back(milestone=one, by=by(cast.hanako()), at=START + WEEK + SECOND)
    assert actions.carry_out(nudge_id=asked.pk, at=asked.due_at)
    assert Nudge.objects.get().status == "overtaken"


def test_the_same_form_twice_is_once():
    contract, key = walk.funded().contract, uuid4()
    assert nudge(contract, key=key) == nudge(contract, key=key)
    other = walk.funded().contract
    assert refused(nudge, other, key=key) == "key_reused"


def test_who_and_when_not():
    one = walk.funded()
    with pytest.raises(NotVisible):
        nudge(one.contract, cast.sakura())
    assert refused(nudge, one.contract, cast.tanaka()) == "not_party"
    walk.propose_change(one, at=START)
    assert refused(nudge, one.contract, at=START + 2 * WEEK) == "change_waits"
    assert refused(nudge, walk.offered(), at=START + WEEK) == "contract_not_active"
    assert refused(nudge, walk.accepted().contract, at=START + WEEK) == "contract_not_active"


def test_the_page_names_the_moment(client):
    from django.urls import reverse

    from nakadachi.infra.clock import now

    contract = walk.funded(at=now() - timedelta(days=9)).contract
    address = reverse("contracts:nudge", args=[contract.pk])
    client.force_login(cast.minato())
    assert "期限までに連絡がない場合" in client.get(address).content.decode()
    assert client.post(address, {"request_key": str(uuid4())}).status_code == 302
    detail = reverse("contracts:detail", args=[contract.pk])
    assert "自動的に、納品済みの分は報酬が確定し" in client.get(detail).content.decode()
    client.force_login(cast.hanako())
    assert "湊商店さんが連絡を待っています" in client.get(detail).content.decode()
    client.force_login(cast.sakura())
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Nudge.objects.count() == 1
