"""A receipt as two files, each signed over its own bytes; and the check of either, byte by byte."""

import json
import re
from dataclasses import dataclass
from typing import Any

from nakadachi.closing.models import Closing
from nakadachi.closing.receipt import keys
from nakadachi.closing.receipt.facts import facts_of
from nakadachi.closing.receipt.words import printed
from nakadachi.money.documents.canonical import canonical
from nakadachi.money.documents.receipt import receipt_pdf

ALGORITHM = "Ed25519"
FILE_BYTES_MAX = 2 * 1024**2
_MARK = re.compile(rb"\n% nakadachi receipt, Ed25519 key ([0-9a-f]{16}) signature ([0-9a-f]{128})\n\Z")


@dataclass(frozen=True)
class Verdict:
    """Whether a file is a receipt of this market with every byte in its place. `facts` of a JSON that is."""

    is_good: bool
    key_id: str = ""
    facts: dict[str, Any] | None = None


def json_of(closing: Closing) -> bytes:
    """The receipt for programs. The same bytes whenever it is asked for, as long as nothing was purged."""
    facts = facts_of(closing)
    return _wrapped(facts, *keys.sign(canonical(facts)))


def pdf_of(closing: Closing) -> bytes:
    """The receipt for people. The signature is a comment after the end of the document: readers pass over it."""
    assert closing.erased_at is not None
    document = receipt_pdf(printed(facts_of(closing)), at=closing.erased_at)
    key_id, signature = keys.sign(document)
    return document + f"\n% nakadachi receipt, Ed25519 key {key_id} signature {signature}\n".encode()


def verdict_on(content: bytes) -> Verdict:
    """Read a JSON or PDF receipt of any origin; anything else, or a changed byte, is not good."""
    return _of_pdf(content) if content.startswith(b"%PDF-") else _of_json(content)


def _of_pdf(content: bytes) -> Verdict:
    mark = _MARK.search(content)
    if mark is None:
        return Verdict(is_good=False)
    key_id, signature = mark[1].decode(), mark[2].decode()
    return Verdict(keys.is_signed(content[: mark.start()], key_id, signature), key_id)


def _of_json(content: bytes) -> Verdict:
    """Signed are the canonical bytes; that the file has no others around them is compared."""
    try:
        document = json.loads(content)
        facts, signature = document["receipt"], document["signature"]
        key_id, value = str(signature["key"]), str(signature["value"])
        is_whole = content == _wrapped(facts, key_id, value)
        is_good = is_whole and keys.is_signed(canonical(facts), key_id, value)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError):
        return Verdict(is_good=False)
    return Verdict(is_good, key_id, facts if is_good else None)


def _wrapped(facts: dict[str, Any], key_id: str, signature: str) -> bytes:
    sealed = {"receipt": facts, "signature": {"algorithm": ALGORITHM, "key": key_id, "value": signature}}
    return canonical(sealed) + b"\n"
