"""An inquiry as it is now, held until the end of the transaction."""

from nakadachi.trust.inquiries.models import Inquiry


def locked(inquiry_id: int) -> Inquiry:
    """Lock one inquiry."""
    return Inquiry.objects.select_for_update().get(pk=inquiry_id)
