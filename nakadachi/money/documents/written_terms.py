"""The written terms (取引条件) of a contract as PDF, made anew from the stored document whenever it is asked for."""

from datetime import datetime
from typing import Any

from nakadachi.money.documents.canonical import sha256_of
from nakadachi.money.documents.typesetting import pdf


class DocumentChangedError(ValueError):
    """A stored document does not have the hash that was kept beside it."""


def terms_pdf(document: dict[str, Any], *, version: int, sha256: str) -> bytes:
    """The PDF, with version and hash on every page. Refuses a document that is not the one that was agreed."""
    if sha256_of(document) != sha256:
        raise DocumentChangedError(sha256)
    data = {"document": document, "version": version, "sha256": sha256}
    return pdf("terms.typ", data, at=datetime.fromisoformat(document["agreed_at"]))
