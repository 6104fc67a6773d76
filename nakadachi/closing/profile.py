"""What stays known of somebody who left, for the figures: how long, how much in bands, which ways of working.

Written down when the account closes, since it could not be read later. Nothing of it points to a person.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q

from nakadachi.closing.models import Closing
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.models import Contract
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payouts.queries import balance_yen, paid_and_in_transit_yen
from nakadachi.people.models import Member

BANDS: tuple[tuple[Yen, Closing.Band], ...] = (
    (1, Closing.Band.NOTHING),
    (10_000, Closing.Band.BELOW_10K),
    (100_000, Closing.Band.BELOW_100K),
    (1_000_000, Closing.Band.BELOW_1M),
)
_TASKED = (Task.Status.OPEN, Task.Status.CLOSED, Task.Status.DONE)


def columns_of(member: Member, at: datetime) -> dict[str, Any]:
    """The columns of a closing that describe its member."""
    paid, flying = paid_and_in_transit_yen(member.pk)
    return {
        "tenure_days": max((jst_date(at) - jst_date(member.joined_at)).days, 0),
        "earned_band": band_of(balance_yen(member.pk) + paid + flying),
        "formats": _formats(member),
    }


def band_of(earned_yen: Yen) -> Closing.Band:
    """The band of everything earned so far, net of fees."""
    return next((band for below_yen, band in BANDS if earned_yen < below_yen), Closing.Band.ABOVE)


def _formats(member: Member) -> list[str]:
    """Ways of working under which something was agreed, on either side."""
    either = Q(client=member) | Q(worker=member)
    found = set(Contract.objects.filter(either, agreed_at__isnull=False).values_list("format", flat=True))
    tasked = Claim.objects.filter(worker=member, status=Claim.Status.APPROVED).exists()
    if tasked or Task.objects.filter(client=member, status__in=_TASKED).exists():
        found.add("task")
    return sorted(found)
