"""Payments, refunds and disputes: what the payer, the operator's people and the provider's news bring about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.payments import actions
from nakadachi.money.payments.actions.leaving import LEFT_AFTER
from nakadachi.money.payments.actions.refunding import record_refund
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.lifecycle import DISPUTE, PAYMENT, REFUND
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payments.port import Charge, ChargeBack
from tests import cast, walk
from tests.cast import by
from tests.matrices.table import NOW, THE_CLOCK, WITH_OFFICES, Act, Table, who

SOON = NOW + timedelta(minutes=5)
"""By then owners have complained, and challenges still wait."""
LATE = NOW + timedelta(days=4)
PAYER = who("client", "system")
REFUNDS = who("staff", "finance")


def card(name: str) -> str:
    return cards.BY_NAME[name].number


def started() -> Payment:
    milestone = walk.milestone(walk.agreed())
    return contracts.start_funding(milestone=milestone, request_key=uuid4(), by=by(cast.minato()), at=NOW)


def paid(name: str) -> Payment:
    """With the card of that name; the first answer only."""
    return actions.charge(payment_id=started().pk, card_token=card(name), by=by(cast.minato()), at=NOW)


def expired() -> Payment:
    payment = paid("challenge")
    clockwork.run(at=LATE)
    return actions.ask(payment_id=payment.pk, at=LATE)


def failed() -> Payment:
    return actions.ask(payment_id=paid("down").pk, at=SOON)


def process(payment: Payment, actor: Actor, at: datetime) -> object:
    """The provider does not answer: nothing follows at once."""
    return actions.charge(payment_id=payment.pk, card_token=card("down"), by=actor, at=at)


def give_up(payment: Payment, actor: Actor, at: datetime) -> object:
    return actions.give_up(payment_id=payment.pk, by=actor, at=at)


def news(outcome: str) -> Act:
    """The provider says so, by answer, webhook or on our asking: all come here."""

    def call(payment: Payment, actor: Actor, at: datetime) -> object:
        if outcome == "captured" and PAYMENT.allows(payment.status, "capture"):
            _takes(payment, at)
        answer = Charge("ch_1", payment.key, payment.amount_yen, outcome)
        return actions.record_charge(payment_id=payment.pk, answer=answer, by=actor, at=at)

    return Act(call, THE_CLOCK, at=SOON, tried_by=THE_CLOCK, is_quiet=True)


def _takes(payment: Payment, at: datetime) -> None:
    """The money is at the provider."""
    taken = {"outcome": "captured", "captured_at": at, "changes_at": None}
    made = {"amount_yen": payment.amount_yen, "made_at": at, **taken}
    sandbox.Charge.objects.update_or_create(key=payment.key, defaults=taken, create_defaults=made)


def another_amount(payment: Payment, actor: Actor, at: datetime) -> object:
    """Nothing is booked of what nobody asked for."""
    answer = Charge("ch_1", payment.key, payment.amount_yen + 1, "captured")
    return actions.record_charge(payment_id=payment.pk, answer=answer, by=actor, at=at)


PAYMENTS = Table(
    PAYMENT,
    Payment,
    states={
        "created": started,
        "processing": lambda: paid("down"),
        "requires_action": lambda: paid("challenge"),
        "awaiting": lambda: paid("delayed_days"),
        "captured": lambda: paid("success"),
        "declined": lambda: paid("declined"),
        "expired": expired,
        "failed": failed,
    },
    acts={
        "lapse": Act(
            lambda payment, actor, at: actions.lapse(payment_id=payment.pk, at=payment.created_at + LEFT_AFTER),
            THE_CLOCK,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "lapse:early": Act(
            lambda payment, actor, at: actions.lapse(payment_id=payment.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "process": Act(process, PAYER, at=SOON, is_quiet=True),
        "challenge": news("requires_action"),
        "promise": news("awaiting"),
        "capture": news("captured"),
        "decline": news("declined"),
        "expire": news("expired"),
        "expire:given_up": Act(give_up, PAYER, at=SOON, only_in=who("requires_action"), is_quiet=True),
        "fail": news("voided"),
        "fail:another_amount": Act(another_amount, THE_CLOCK, at=SOON, tried_by=THE_CLOCK, is_quiet=True),
    },
)


def given_back(name: str) -> Refund:
    """Paid with the card of that name, handed back by the worker, and sent to the provider."""
    return actions.send_refund(refund_id=handed_back(name).pk, at=NOW)


def handed_back(name: str) -> Refund:
    milestone = walk.milestone(walk.agreed())
    walk.pay(milestone, card=card(name))
    contracts.hand_back(milestone=milestone, by=by(cast.hanako()), at=NOW)
    return Refund.objects.latest("pk")


def transferred() -> Refund:
    refund = given_back("refund_refused")
    return actions.transfer_refund(refund=refund, note="口座へ振込", by=by(cast.tanaka()), at=SOON)


def claimed_before() -> Refund:
    """The card's owner complains before the refund is asked for; then it waits for the decision."""
    milestone = walk.milestone(walk.agreed())
    walk.pay(milestone, card=card("dispute"))
    contracts.hand_back(milestone=milestone, by=by(cast.hanako()), at=NOW)
    clockwork.run(at=SOON)
    actions.reconcile(at=SOON)
    return Refund.objects.latest("pk")


def lose(refund: Refund, actor: Actor, at: datetime) -> object:
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=False, at=LATE)
    return actions.reconcile(at=LATE)


def charged_back() -> Refund:
    refund = claimed_before()
    lose(refund, SYSTEM, LATE)
    return refund


def refund_news(outcome: str) -> Act:
    """The provider says so of a refund."""

    def call(refund: Refund, actor: Actor, at: datetime) -> object:
        if outcome == "settled" and REFUND.allows(refund.status, "settle"):
            _gives_back(refund, at)
        answer = ChargeBack("re_1", refund.sent_key, refund.amount_yen, outcome, refuse_code="card_closed")
        return record_refund(refund_id=refund.pk, answer=answer, at=at)

    not_in = who("requested:disputed")  # the provider gives nothing back that its card's owner complains about
    return Act(call, THE_CLOCK, at=SOON, tried_by=THE_CLOCK, is_quiet=True, not_in=not_in)


def _gives_back(refund: Refund, at: datetime) -> None:
    charge = sandbox.Charge.objects.get(key=refund.payment.key)
    settled = {"outcome": "settled", "settled_at": at, "changes_at": None}
    made = {"charge": charge, "amount_yen": refund.amount_yen, "made_at": at, **settled}
    known = sandbox.Refund.objects.filter(key=refund.sent_key).exists()
    sandbox.Refund.objects.update_or_create(key=refund.sent_key, defaults=settled, create_defaults=made)
    if not known:
        sandbox.Charge.objects.filter(pk=charge.pk).update(refunded_yen=refund.amount_yen)


REFUNDS_TABLE = Table(
    REFUND,
    Refund,
    roles=WITH_OFFICES,
    states={
        "requested": lambda: handed_back("success"),
        "requested:disputed": claimed_before,
        "pending": lambda: given_back("refund_late"),
        "settled": lambda: given_back("success"),
        "refused": lambda: given_back("refund_refused"),
        "transferred": transferred,
        "charged_back": charged_back,
    },
    acts={
        "take_on": refund_news("pending"),
        "settle": refund_news("settled"),
        "refuse": refund_news("refused"),
        "retry": Act(lambda refund, actor, at: actions.retry_refund(refund=refund, by=actor, at=at), REFUNDS, at=SOON),
        "transfer": Act(
            lambda refund, actor, at: actions.transfer_refund(refund=refund, note="口座へ振込", by=actor, at=at),
            REFUNDS,
            at=SOON,
        ),
        "charge_back": Act(
            lose,
            THE_CLOCK,
            only_in=who("requested:disputed"),
            not_in=who("requested", "pending", "settled", "refused", "transferred"),  # nobody complains there
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
)


def disputed(*, is_delivered: bool = False) -> Dispute:
    milestone: Milestone = walk.milestone(walk.agreed())
    walk.pay(milestone, card=card("dispute"))
    if is_delivered:
        walk.deliver(milestone)
    clockwork.run(at=SOON)
    actions.reconcile(at=SOON)
    return Dispute.objects.latest("pk")


def decided(*, won: bool) -> Callable[[], Dispute]:
    def reach() -> Dispute:
        dispute = disputed()
        decide(won=won)(dispute, SYSTEM, LATE)
        return dispute

    return reach


def decide(*, won: bool) -> Callable[[Dispute, Actor, datetime], object]:
    """The card company's word; once it has decided it says nothing else."""

    def call(dispute: Dispute, actor: Actor, at: datetime) -> object:
        clockwork.decide(ref=dispute.gateway_ref, won=won, at=at)
        return actions.look_at_dispute(dispute_id=dispute.pk, at=at)

    return call


DISPUTES = Table(
    DISPUTE,
    Dispute,
    states={
        "open": disputed,
        "open:delivered": lambda: disputed(is_delivered=True),
        "won": decided(won=True),
        "lost": decided(won=False),
    },
    acts={
        "win": Act(decide(won=True), THE_CLOCK, at=LATE, tried_by=THE_CLOCK, is_quiet=True),
        "lose": Act(decide(won=False), THE_CLOCK, at=LATE, tried_by=THE_CLOCK, is_quiet=True),
    },
)
TABLES = (PAYMENTS, REFUNDS_TABLE, DISPUTES)
