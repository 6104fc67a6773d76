"""How webhooks are signed: HMAC-SHA256 over `<unix time>.<raw body>`, in `Sandbox-Signature: t=…,v1=…`."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.utils.crypto import salted_hmac

from nakadachi.money.payments.port import BadSignature

HEADER = "Sandbox-Signature"
TOLERANCE_SECONDS = 300


def _secret() -> bytes:
    return salted_hmac("nakadachi.sandbox.webhook", "v1", algorithm="sha256").digest()


def _mac(body: bytes, unix_time: int) -> str:
    return hmac.new(_secret(), f"{unix_time}.".encode() + body, sha256).hexdigest()


def sign(body: bytes, at: datetime) -> str:
    """The value of the header."""
    unix_time = int(at.timestamp())
    return f"t={unix_time},v1={_mac(body, unix_time)}"


def forge(body: bytes, at: datetime) -> str:
    """What somebody without our secret would send."""
    unix_time = int(at.timestamp())
    return f"t={unix_time},v1={hmac.new(b'guessed', body, sha256).hexdigest()}"


def check(headers: Mapping[str, str], body: bytes, at: datetime) -> None:
    """Raise `BadSignature` unless the body was signed with our secret within the last five minutes."""
    pairs = [part.strip().partition("=") for part in headers.get(HEADER, "").split(",")]
    times = [value for name, _, value in pairs if name == "t"]
    macs = [value for name, _, value in pairs if name == "v1"]
    if len(times) != 1 or not macs or not (times[0].isascii() and times[0].isdigit() and len(times[0]) <= 12):
        raise BadSignature("header missing or malformed")
    unix_time = int(times[0])
    if abs(at.timestamp() - unix_time) > TOLERANCE_SECONDS:
        raise BadSignature("too old or from the future")
    expected = _mac(body, unix_time)
    if not any(hmac.compare_digest(expected.encode(), mac.encode()) for mac in macs):
        raise BadSignature("signature does not fit")
