"""An inquiry is settled."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.trust.inquiries import policy
from nakadachi.trust.inquiries.lifecycle import INQUIRY
from nakadachi.trust.inquiries.locking import locked
from nakadachi.trust.inquiries.models import Inquiry


@transaction.atomic
def close(*, inquiry: Inquiry, by: Actor, at: datetime) -> Inquiry:
    """Either side says that it is settled."""
    inquiry = locked(inquiry.pk)
    require(policy.can_close(by, inquiry))
    return move(inquiry, INQUIRY, "close", by=by, at=at, closed_at=at)
