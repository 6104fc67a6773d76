"""The receipt of somebody who left (退会証明書), as PDF."""

from datetime import datetime
from typing import Any

from nakadachi.money.documents.typesetting import pdf


def receipt_pdf(data: dict[str, Any], *, at: datetime) -> bytes:
    """Typeset from facts in words; the same data give the same bytes."""
    return pdf("receipt.typ", data, at=at)
