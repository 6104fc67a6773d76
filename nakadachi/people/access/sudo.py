"""Whether a person has proved only just now that it is them."""

from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

FRESH = timedelta(minutes=10)


def is_fresh(request: HttpRequest) -> bool:
    """A password, passkey or code was given in this session within ten minutes, at login or since."""
    if not request.user.is_authenticated:
        return False
    given = (record["at"] for record in get_authentication_records(request, request.user))
    age = request.now.timestamp() - max(given, default=0)
    return age < FRESH.total_seconds()
