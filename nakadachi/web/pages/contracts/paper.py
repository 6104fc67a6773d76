"""The written terms as a page shows them: the stored document, its days as days. Nothing is computed anew."""

from datetime import date, datetime
from typing import Any

from nakadachi.market.contracts.models import Terms
from nakadachi.money.documents.written_terms import terms_pdf


def paper_of(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its ISO days read; texts and figures as they were written down.

    `figures` are those of the whole; where there are no milestones, of one unit.
    """
    milestones = [
        {
            **row,
            "due_on": date.fromisoformat(row["due_on"]),
            "inspected_on": date.fromisoformat(row["inspected_on"]),
            "paid_on": date.fromisoformat(row["paid_on"]),
        }
        for row in document["milestones"]
    ]
    return {
        **document,
        "milestones": milestones,
        "figures": document["totals"] or document["way"]["unit_price"],
        "commissioned_on": date.fromisoformat(document["commissioned_on"]),
        "agreed_at": datetime.fromisoformat(document["agreed_at"]),
    }


def pdf_of(terms: Terms) -> bytes:
    """The PDF of a stored version."""
    return terms_pdf(terms.document, version=terms.version, sha256=terms.sha256)
