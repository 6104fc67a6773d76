"""What the audit asks of holds; `config/wiring.py` registers it with the ledger's own checks."""

from collections.abc import Iterator

from django.db.models import F, Sum

from nakadachi.money.escrow.models import CLOSED, Hold
from nakadachi.money.ledger import queries as ledger

_STEP = 5_000


def holds() -> Iterator[tuple[str, str]]:
    """The account of every hold stands at funded − settled − refunded − charged back − rolled on; closed, at 0."""
    last = 0
    while rows := list(Hold.objects.filter(pk__gt=last).order_by("pk")[:_STEP]):
        last = rows[-1].pk
        balances = ledger.balances_yen(hold.account_id for hold in rows if hold.account_id is not None)
        for hold in rows:
            balance_yen = balances.get(hold.account_id or 0, 0)
            expected_yen = 0 if hold.status in CLOSED else hold.balance_yen
            if balance_yen != expected_yen:
                yield (
                    f"hold:{hold.pk}",
                    f"{hold.status}, must stand at {expected_yen:+d} yen, stands at {balance_yen:+d}",
                )


def escrow_liability() -> Iterator[tuple[str, str]]:
    """What the ledger owes on hold accounts is what the open holds say, in all."""
    figure = F("funded_yen") - F("settled_yen") - F("refunded_yen") - F("charged_back_yen") - F("rolled_yen")
    expected_yen = Hold.objects.aggregate(sum=Sum(figure))["sum"] or 0
    owed_yen = ledger.total_yen("hold")
    if owed_yen != expected_yen:
        yield "hold", f"all hold accounts together stand at {owed_yen:+d} yen, the open holds at {expected_yen:+d}"
