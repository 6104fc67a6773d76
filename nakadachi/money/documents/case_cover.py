"""The cover of the evidence of a mediation, made anew whenever it is asked for."""

from datetime import datetime
from typing import Any

from nakadachi.money.documents.typesetting import pdf


def cover_pdf(data: dict[str, Any], *, at: datetime) -> bytes:
    """The PDF; `at` is the newest moment in it, so that the same state gives the same bytes."""
    return pdf("case.typ", data, at=at)
