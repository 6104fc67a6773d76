"""Is the machine, and what is set, fit for strangers?"""

import os
import shutil
import socket
import ssl
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from nakadachi.config.doctor.finding import Finding, fault, judged, ok, warning

DISK_BYTES_MIN = 1024**3
DISK_SHARE_MIN = 0.05
KEY_LENGTH_MIN = 32
CERTIFICATE_DAYS_MIN = 14
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def choices(at: datetime) -> Iterator[Finding]:
    """DEBUG, demo, address, key."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    is_public = host not in _LOCAL
    yield judged(not settings.DEBUG, "DEBUG", "off", "DEBUG is on: strangers would see the inside. Switch it off.")
    yield judged(
        not (is_public and settings.DEMO),
        "demo",
        "on" if settings.DEMO else "off",
        "the demo runs at a public address, with known passwords and everybody's mail readable. Set NAKADACHI_DEMO=0.",
    )
    yield judged(
        not is_public or settings.SECURE,
        "address",
        settings.SITE_URL,
        f"{settings.SITE_URL} is not encrypted. Put a proxy with a certificate in front and set SITE_URL=https://…",
    )
    yield judged(
        not is_public or host in settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS,
        "host names",
        ", ".join(settings.ALLOWED_HOSTS),
        f"ALLOWED_HOSTS does not hold {host}: every page would be refused.",
    )
    if "*" in settings.ALLOWED_HOSTS:
        yield warning("host names", "ALLOWED_HOSTS=* answers to any name. List the names of this market.")
    yield from _key()
    if is_public and settings.PAYMENT_GATEWAY == "sandbox":
        yield fault("payments", "test cards would pay for real work. Choose another PAYMENT_GATEWAY than the sandbox.")


def _key() -> Iterator[Finding]:
    yield judged(
        len(settings.SECRET_KEY) >= KEY_LENGTH_MIN,
        "SECRET_KEY",
        f"{len(settings.SECRET_KEY)} characters",
        f"SECRET_KEY is shorter than {KEY_LENGTH_MIN} characters. Make a new one; everybody then logs in again.",
    )
    kept = settings.DATA / "secret_key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield fault("SECRET_KEY", f"others can read {kept}: chmod 600 it.")


def disk(at: datetime) -> Iterator[Finding]:
    """Room, and whether what must be written can be."""
    usage = shutil.disk_usage(settings.DATA)
    free = f"{usage.free / 1024**3:.1f} GB free in {settings.DATA}"
    enough = usage.free >= DISK_BYTES_MIN and usage.free >= usage.total * DISK_SHARE_MIN
    yield judged(enough, "disk", free, f"only {free}. A full disk stops payments: make room or move the data folder.")
    for folder in (settings.DATA, *([] if settings.FILES_S3_BUCKET else [Path(settings.MEDIA_ROOT)])):
        if folder.exists():
            yield judged(
                os.access(folder, os.W_OK | os.X_OK),
                "folder",
                f"{folder} can be written",
                f"{folder} cannot be written by this user. Give it to the user that runs the market.",
            )


def certificate(at: datetime) -> Iterator[Finding]:
    """How long the certificate in front is still good."""
    if not settings.SECURE:
        return
    address = urlsplit(settings.SITE_URL)
    name, port = address.hostname or "", address.port or 443
    try:
        with (
            socket.create_connection((name, port), timeout=5) as line,
            ssl.create_default_context().wrap_socket(line, server_hostname=name) as shaken,
        ):
            until = ssl.cert_time_to_seconds(str((shaken.getpeercert() or {})["notAfter"]))
    except ssl.SSLCertVerificationError as problem:
        yield fault("certificate", f"browsers refuse the certificate of {name}: {problem.verify_message}.")
        return
    except OSError as problem:
        yield warning("certificate", f"{name}:{port} cannot be reached from here ({problem}); it was not looked at.")
        return
    days = (datetime.fromtimestamp(until, UTC) - at).days
    yield (
        ok("certificate", f"good for {days} days")
        if days >= CERTIFICATE_DAYS_MIN
        else fault("certificate", f"ends in {days} days. Renew it.")
    )
