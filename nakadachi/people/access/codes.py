"""The codes of authenticator apps: each is good once, however it is typed.

A code belongs to a count of half minutes. The newest count that was used is kept with the secret, and only a later one
is taken: a code overheard, or used a moment ago, opens nothing.
"""

import secrets
from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from nakadachi.infra.text import digits
from nakadachi.people.access.seal import unseal

DRIFT_STEPS = 1
"""A clock may be half a minute off, and typing takes time."""


def count_of(secret: str, typed: str, at: datetime) -> int | None:
    """The half minute around `at` to which this code belongs, if any."""
    code = digits(typed)
    if not code.isascii():
        return None
    for count in counts_around(at):
        if secrets.compare_digest(code, code_of(secret, count)):
            return count
    return None


def counts_around(at: datetime) -> list[int]:
    """The half minutes whose codes are taken at a moment."""
    middle = int(at.timestamp()) // app_settings.TOTP_PERIOD
    return list(range(middle - DRIFT_STEPS, middle + DRIFT_STEPS + 1))


def code_of(secret: str, count: int) -> str:
    """What the app shows in that half minute."""
    return format_hotp_value(hotp_value(secret, count))


@transaction.atomic
def use(authenticator: Authenticator, typed: str, at: datetime) -> bool:
    """Take a code of an app, once. Two requests with the same code: the second finds it used."""
    row = Authenticator.objects.select_for_update().filter(pk=authenticator.pk).first()
    if row is None:
        return False
    count = count_of(unseal(row.data["secret"]), typed, at)
    if count is None or count <= row.data.get("used_count", 0):
        return False
    row.data["used_count"] = count
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True
