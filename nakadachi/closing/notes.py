"""What is worth knowing before leaving, and stands in nobody's way."""

from nakadachi.people.models import Member
from nakadachi.trust.inquiries.models import Inquiry


def unanswered_inquiries(member: Member) -> int:
    """How many of the member's inquiries wait for the operator."""
    return Inquiry.objects.filter(member=member, status=Inquiry.Status.OPEN).count()
