"""The keys that sign receipts: Ed25519 (RFC 8032), made from the market's secret key.

Every public key that ever signed is kept in a table. So a receipt stays good when the secret key is changed, and after
a restore; whoever does not trust this market's page can verify with the key alone, by any other program.
"""

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from nakadachi.closing.models import ReceiptKey

_INFO = b"nakadachi receipt of leaving 1"
ID_DIGITS = 16


def remember(*, at: datetime) -> None:
    """Keep the public key of today's secret key; `at` is since when, if it is a new one. The worker does so all the
    time, so that no page has to write."""
    key_id, public = _public(_private())
    ReceiptKey.objects.get_or_create(key_id=key_id, defaults={"public_key": public.hex(), "since": at})


def sign(content: bytes) -> tuple[str, str]:
    """The key's id and the signature, both in hexadecimal."""
    private = _private()
    return _public(private)[0], private.sign(content).hex()


def is_signed(content: bytes, key_id: str, signature: str) -> bool:
    """True when a key of this market signed exactly these bytes."""
    known = ReceiptKey.objects.filter(key_id=key_id).values_list("public_key", flat=True).first()
    if known is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(known)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_INFO).derive(settings.SECRET_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(private: Ed25519PrivateKey) -> tuple[str, bytes]:
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(public).hexdigest()[:ID_DIGITS], public
