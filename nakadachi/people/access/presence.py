"""When and where a session was begun and last seen, and when it is over."""

import ipaddress
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.sessions.backends.base import SessionBase

from nakadachi.people.access.store import PRESENCE

IDLE_MAX = timedelta(days=14)
LIFETIME_MAX = timedelta(days=90)
SEEN_GRAIN = timedelta(minutes=10)
"""A session is written when it was last seen so long ago, not with every request."""

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Line/", "LINE"),
    ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
_MEDDLED = re.compile(r"HeadlessChrome/")


def device_of(agent: str) -> str:
    """The browser and system that a User-Agent names, e.g. "Chrome / Windows"; empty when it names neither."""
    plain = _MEDDLED.sub("Chrome/", agent)
    browser = next((name for mark, name in BROWSERS if mark in plain), "")
    system = next((name for mark, name in SYSTEMS if mark in plain), "")
    return " / ".join(filter(None, [browser, system]))


def shortened(address: str) -> str:
    """An address without the part that singles out one machine: enough to recognise one's provider."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if ip.version == 4:
        return ".".join([*str(ip).split(".")[:3], "*"])
    network = ipaddress.ip_network(f"{ip}/48", strict=False)
    return f"{network.network_address}/48"


def is_over(session: SessionBase, at: datetime) -> bool:
    """Not seen for too long, or begun too long ago."""
    presence = session.get(PRESENCE)
    if presence is None:
        return False
    started_at, seen_at = (datetime.fromisoformat(presence[name]) for name in ("started_at", "seen_at"))
    return at - seen_at >= IDLE_MAX or at - started_at >= LIFETIME_MAX


def note(session: SessionBase, *, agent: str, address: str, at: datetime) -> None:
    """Write down that the session was seen, at the grain of `SEEN_GRAIN`; the first time, that it began."""
    known: dict[str, Any] | None = session.get(PRESENCE)
    if known is not None and at - datetime.fromisoformat(known["seen_at"]) < SEEN_GRAIN:
        return
    session[PRESENCE] = {
        "token": known["token"] if known else str(uuid4()),
        "started_at": known["started_at"] if known else at.isoformat(),
        "seen_at": at.isoformat(),
        "device": device_of(agent),
        "address": shortened(address),
    }
