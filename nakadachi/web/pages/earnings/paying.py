"""Payments, refunds and chargebacks in words: what the client and the operator read about their state."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from nakadachi.infra.sheets import BOM, safe_cell
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.payments import queries as payments
from nakadachi.money.payments.models import Dispute, Refund
from nakadachi.web.pages.earnings.board import work_words
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Status:
    """A chip and a sentence."""

    label: str
    tone: str
    text: str


def refund_status(refund: Refund) -> Status:
    """Where a refund is, and what happens next."""
    day = {"day": figures.short_day(refund.settled_at or refund.requested_at)}
    known = {
        "requested": (
            pgettext("refund", "Being arranged"),
            "accent",
            gettext("The card company is being asked since %(day)s."),
        ),
        "pending": (
            pgettext("refund", "On its way"),
            "accent",
            gettext("The card company has taken it on; it arrives in a few days."),
        ),
        "settled": (
            pgettext("refund", "Refunded"),
            "good",
            gettext("Given back to the card on %(day)s. It shows on the card's next or second next statement."),
        ),
        "refused": (
            pgettext("refund", "Stuck"),
            "bad",
            gettext("The card company does not take it back. The operator is looking after it; the money is safe."),
        ),
        "transferred": (pgettext("refund", "Transferred"), "good", gettext("Sent by bank transfer on %(day)s.")),
        "charged_back": (
            pgettext("refund", "By the card company"),
            "plain",
            gettext("The card company gave the money back itself, after an objection."),
        ),
    }
    label, tone, text = known[refund.status]
    return Status(label, tone, text % day)


def dispute_status(dispute: Dispute) -> Status:
    """How far a chargeback is."""
    known = {
        "open": (
            pgettext("dispute", "Undecided"),
            "warn",
            gettext("The card company has taken the money back until it decides. Undelivered money is on hold."),
        ),
        "won": (pgettext("dispute", "Decided for us"), "good", gettext("The money is back; the work went on.")),
        "lost": (pgettext("dispute", "Decided for the client"), "bad", gettext("The client keeps the money.")),
    }
    label, tone, text = known[dispute.status]
    return Status(label, tone, text)


def dispute_note(dispute: Dispute | None) -> Status | None:
    """What the client's own list says of an objection; nothing when there was none."""
    if dispute is None:
        return None
    day = {"day": figures.short_day(dispute.decided_at or dispute.opened_at)}
    known = {
        "open": (pgettext("objection", "Objection"), "warn", gettext("At the card company since %(day)s, undecided")),
        "won": (pgettext("objection", "Objection over"), "plain", gettext("Decided on %(day)s: the payment stands")),
        "lost": (
            pgettext("objection", "Given back"),
            "plain",
            gettext("Decided on %(day)s: the card company gave you the money back"),
        ),
    }
    label, tone, text = known[dispute.status]
    return Status(label, tone, text % day)


@dataclass(frozen=True)
class RefundLine:
    """One refund on the client's list."""

    refund: Refund
    title: str
    status: Status
    href: str


def refund_lines(refunds: Sequence[Refund]) -> list[RefundLine]:
    """Each with the work it was paid for, and the way to its entries."""
    milestones = contracts.milestones_of_holds([refund.payment.purpose_id for refund in refunds])
    return [_refund_line(refund, milestones.get(refund.payment.purpose_id)) for refund in refunds]


def _refund_line(refund: Refund, milestone: Milestone | None) -> RefundLine:
    if milestone is None:
        return RefundLine(refund, gettext("A payment"), refund_status(refund), "")
    href = reverse("earnings:contract", args=[milestone.contract_id]) + f"#milestone-{milestone.pk}"
    return RefundLine(refund, work_words(milestone), refund_status(refund), href)


def as_csv(payer_id: int) -> str:
    """One row a payment or refund in the order of time; what came in is +, what went back is −."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = [pgettext("csv", "Date"), pgettext("csv", "What it was"), pgettext("csv", "Work")]
    writer.writerow([*head, pgettext("csv", "Amount (yen)"), pgettext("csv", "State")])
    captured, refunds = payments.captured_by(payer_id), payments.refunds_of(payer_id)
    milestones = contracts.milestones_of_holds([payment.purpose_id for payment in captured])
    works = {hold_id: safe_cell(work_words(milestone)) for hold_id, milestone in milestones.items()}
    rows = [
        (payment.captured_at, pgettext("csv", "Payment"), works.get(payment.purpose_id, ""), payment.amount_yen, "")
        for payment in captured
    ]
    rows += [
        (
            refund.requested_at,
            pgettext("csv", "Refund"),
            works.get(refund.payment.purpose_id, ""),
            -refund.amount_yen,
            refund_status(refund).label,
        )
        for refund in refunds
    ]
    for at, *cells in sorted(rows, key=lambda row: row[0]):
        writer.writerow([jst_date(at).isoformat(), *cells])
    return BOM + out.getvalue()


def file_name() -> str:
    """What the download is called."""
    return gettext("payments") + ".csv"


def reason_words(reason: str) -> str:
    """Why a client objected, in words; the provider's own word when it is not known."""
    known = {
        "product_not_received": gettext("Did not receive what was paid for"),
        "fraudulent": gettext("Did not make this payment"),
        "duplicate": gettext("Was charged twice"),
    }
    return known.get(reason, reason)


def code_words(code: str) -> str:
    """Why a refund was refused, in words."""
    known = {
        "card_closed": gettext("The card cannot take money any more."),
        "charge_disputed": gettext("The client objected to the payment at the card company."),
        "charge_unknown": gettext("The provider does not know this payment."),
        "amount_too_large": gettext("More than what is left of the payment."),
    }
    return known.get(code, gettext("No reason was given."))
