"""What the audit asks of payouts; registered with the ledger's checks in `config/wiring.py`."""

from collections.abc import Iterator

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.money.payouts.queries import IN_FLIGHT


def in_transit() -> Iterator[tuple[str, str]]:
    """`payouts_in_transit` holds exactly what requested and batched payouts will pay."""
    flying = Payout.objects.filter(status__in=IN_FLIGHT).aggregate(total=Sum("pays_yen"))["total"] or 0
    posted = ledger.balance_yen(book.SYSTEM["payouts_in_transit"])
    if flying != posted:
        yield "payouts_in_transit", f"payouts in flight are {flying}, the ledger says {posted}"


def run_totals() -> Iterator[tuple[str, str]]:
    """A run still says what its payouts add up to."""
    summed = ClosingRun.objects.defer("file").annotate(
        count=Count("payouts"), summed_yen=Coalesce(Sum("payouts__pays_yen"), 0)
    )
    for run in summed.exclude(count=F("transfers"), summed_yen=F("total_yen")):
        yield f"closing_run:{run.pk}", f"says {run.transfers}/{run.total_yen}, holds {run.count}/{run.summed_yen}"
