"""Encryption of what must be read again, e.g. the secret of an authenticator app: useless in a stolen backup.

Signing would not do: a signed secret can still be read. The keys follow from `SECRET_KEY`; when it is renewed, the old
one goes into `SECRET_KEY_FALLBACKS` and what it sealed can still be opened.
"""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"nakadachi.people.access.seal"


def seal(text: str) -> str:
    """Encrypt and authenticate."""
    return _box().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again; raises `InvalidToken` when it was changed or sealed under another key."""
    return _box().decrypt(sealed.encode("ascii")).decode()


def _box() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
