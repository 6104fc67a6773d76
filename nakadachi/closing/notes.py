"""What is worth knowing before leaving, and stands in nobody's way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from nakadachi.closing import words
from nakadachi.closing.obstacle import Text
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.money.payments.models import Payment
from nakadachi.money.payouts.models import Payout
from nakadachi.people.models import Member
from nakadachi.trust.inquiries.models import Inquiry

OBJECTION_DAYS = 120
"""So long after a payment its card's owner can go to the card company, by the usual rules of the card brands."""


@dataclass(frozen=True)
class Note:
    """`count` things or `amount_yen`, with the page that shows them."""

    code: str
    sentence: Text
    page: str
    count: int = 1
    amount_yen: Yen | None = None


def notes_of(member: Member, at: datetime) -> list[Note]:
    """Inquiries without an answer, the year's documents of money, payments that could still be objected to."""
    notes = []
    if inquiries := unanswered_inquiries(member):
        notes.append(Note("inquiry.open", words.INQUIRIES, "inquiries:mine", inquiries))
    year = jst_date(at).year
    paid = Payout.objects.filter(member=member, status=Payout.Status.SENT, run__pays_on__year=year)
    spent = Payment.objects.filter(payer=member, status="captured")
    if paid.exists() or spent.filter(captured_at__year=year).exists():
        notes.append(Note("docs.ready", words.DOCUMENTS, "earnings:board"))
    recent = spent.filter(captured_at__gt=at - timedelta(days=OBJECTION_DAYS)).aggregate(yen=Sum("amount_yen"))
    if recent["yen"]:
        notes.append(Note("chargeback.window", words.OBJECTION, "earnings:board", amount_yen=recent["yen"]))
    return notes


def unanswered_inquiries(member: Member) -> int:
    """How many of the member's inquiries wait for the operator."""
    return Inquiry.objects.filter(member=member, status=Inquiry.Status.OPEN).count()
