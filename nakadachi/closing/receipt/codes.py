"""The code on a receipt with which a remainder is claimed. It is derived, so that it is stored nowhere."""

import base64
import hmac
from collections.abc import Iterator

from django.conf import settings

from nakadachi.closing.models import Closing
from nakadachi.infra.text import tidy_line

_GROUP = 4
_BYTES = 10


def code_of(closing: Closing) -> str:
    """`12-ABCD-EFGH-IJKL-MNOP`: the number of the closing and 80 bits that only this market can make."""
    return _code(closing.pk, settings.SECRET_KEY)


def closing_of_code(typed: str) -> Closing | None:
    """The closing whose code this is, in any letter case and with or without the lines; None if there is none."""
    number, _, _rest = tidy_line(typed).partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    right = any(hmac.compare_digest(_plain(code), _plain(typed)) for code in _codes(int(number)))
    return Closing.objects.filter(pk=int(number)).first() if right else None


def _codes(closing_id: int) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _code(closing_id, key)


def _code(closing_id: int, key: str) -> str:
    digest = hmac.digest(key.encode(), f"receipt code {closing_id}".encode(), "sha256")
    letters = base64.b32encode(digest[:_BYTES]).decode()
    return "-".join([str(closing_id), *(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))])


def _plain(code: str) -> bytes:
    return "".join(letter for letter in tidy_line(code).upper() if letter.isalnum()).encode()
