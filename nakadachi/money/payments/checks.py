"""What the audit asks of money that comes in; `config/wiring.py` registers it with the ledger's own checks."""

from collections.abc import Iterator
from datetime import UTC, datetime

from nakadachi.kernel.money import Yen
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.ledger.book import SYSTEM
from nakadachi.money.payments import gateways, queries
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import MISMATCH, Dispute, Payment, Refund, Settlement
from nakadachi.money.payments.port import Gateway

EVER = datetime(2000, 1, 1, tzinfo=UTC)


def clearing() -> Iterator[tuple[str, str]]:
    """`psp_clearing`, `refunds_in_transit`, `chargeback_receivable` stand at what payments, refunds, disputes say."""
    stands_yen, expected_yen = -ledger.balance_yen(SYSTEM["psp_clearing"]), queries.expected_clearing_yen()
    if stands_yen != expected_yen:
        yield "psp_clearing", f"stands at {stands_yen:+d} yen, payments say {expected_yen:+d}"
    transit_yen, on_its_way_yen = ledger.balance_yen(SYSTEM["refunds_in_transit"]), queries.expected_transit_yen()
    if transit_yen != on_its_way_yen:
        yield "refunds_in_transit", f"stands at {transit_yen:+d} yen, refunds say {on_its_way_yen:+d}"

    receivable_yen, disputed_yen = (
        -ledger.balance_yen(SYSTEM["chargeback_receivable"]),
        queries.expected_receivable_yen(),
    )
    if receivable_yen != disputed_yen:
        yield "chargeback_receivable", f"stands at {receivable_yen:+d} yen, open disputes say {disputed_yen:+d}"


def provider() -> Iterator[tuple[str, str]]:
    """What the provider says it holds for us is what we say, counting what is under way at this moment."""
    gateway = gateways.default()
    last = Settlement.objects.filter(gateway=gateway.name).order_by("-pk").first()
    reported_yen = sum(report.gross_yen for report in gateway.settlements(after_ref=last.ref if last else ""))
    provider_yen = gateway.unsettled_yen() + reported_yen
    ours_yen = queries.expected_clearing_yen() + _under_way_yen(gateway)
    if provider_yen != ours_yen:
        yield gateway.name, f"the provider holds {provider_yen:+d} yen, our records say {ours_yen:+d}"


def _under_way_yen(gateway: Gateway) -> Yen:
    """Done at the provider, not yet recorded here: `reconcile` will."""
    total_yen = 0
    unfinished = Payment.objects.filter(status__in=[*PENDING, "failed"]).exclude(decline_code=MISMATCH)
    for key in unfinished.values_list("key", flat=True):
        charge = gateway.find_charge(key)
        total_yen += charge.amount_yen if charge and charge.outcome == "captured" else 0
    for key in Refund.objects.filter(status__in=["requested", "pending"]).values_list("sent_key", flat=True):
        back = gateway.find_refund(key)
        total_yen -= back.amount_yen if back and back.outcome == "settled" else 0
    return total_yen + _disputes_under_way_yen(gateway)


def _disputes_under_way_yen(gateway: Gateway) -> Yen:
    known = dict(Dispute.objects.filter(payment__gateway=gateway.name).values_list("gateway_ref", "status"))
    total_yen = 0
    for answer in gateway.disputes(EVER):
        ours = known.get(answer.ref)
        if ours is None:
            total_yen -= answer.amount_yen + answer.fee_yen
        if answer.outcome == "won" and ours != "won":
            total_yen += answer.amount_yen
    return total_yen
