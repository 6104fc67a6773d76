"""One way to write a document as bytes, so that its hash is the same everywhere: sorted keys, no spaces, UTF-8.

As RFC 8785 for what documents hold: objects, arrays, texts, whole numbers, true, false and null. Fractions are refused.
"""

import hashlib
import json
from typing import Any


def canonical(document: Any) -> bytes:
    """The canonical bytes of a document."""
    _check(document)
    text = json.dumps(_ordered(document), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def sha256_of(document: Any) -> str:
    """The hash that is written beside the document."""
    return hashlib.sha256(canonical(document)).hexdigest()


def _ordered(value: Any) -> Any:
    """Keys in the order of their UTF-16 code units, as the RFC has it."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value


def _check(value: Any) -> None:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value), "keys are texts"
        for item in value.values():
            _check(item)
    elif isinstance(value, list):
        for item in value:
            _check(item)
    else:
        assert value is None or isinstance(value, (str, bool, int)), f"a document holds no {type(value).__name__}"
