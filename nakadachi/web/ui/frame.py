"""Header, footer and the bar of a phone: drawn once for everybody to whom they look the same, and kept.

What belongs to one request alone, its token and its address, is put in afterwards.
"""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from nakadachi.notifications.queries import COUNTED_MAX, unread
from nakadachi.web.ui import assets, navigation

KEPT = 1_000
"""Drawn parts that a process remembers: three kilobytes each."""
_TOKEN, _ADDRESS = secrets.token_hex(16), secrets.token_hex(16)
"""Where they are put in. Nobody outside knows these words, so nobody can write them into a name or an address."""


@dataclass(frozen=True)
class Look:
    """All that the frame depends on."""

    site_name: str = settings.SITE_NAME
    mark: str = ""
    nav_here: str = ""
    bar_here: str = ""
    signed_in: bool = False
    is_operator: bool = False
    display_name: str = ""
    avatar: str = ""
    unread: str = ""
    unread_messages: str = ""


def look_of(request: HttpRequest) -> Look:
    """How the frame looks to whoever asks."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    mark = assets.picture("mark.svg")
    look = {
        "site_name": settings.SITE_NAME,
        "mark": mark.digest if mark else "",
        "nav_here": navigation.here(request.path, navigation.header_links()),
        "bar_here": navigation.here(request.path, navigation.bar_links(signed_in=signed_in)),
    }
    if user is None or not signed_in:
        return Look(**look)
    waiting = unread(user.pk)
    return Look(
        **look,
        signed_in=True,
        is_operator=user.is_operator,
        display_name=user.display_name,
        avatar=user.avatar,
        unread=_short(waiting.notices),
        unread_messages=_short(waiting.messages),
    )


def _short(count: int) -> str:
    """In few signs, and in none when there is nothing."""
    return f"{COUNTED_MAX - 1}+" if count >= COUNTED_MAX else str(count or "")


def draw(part: str, look: Look, *, token: Any, address: str) -> SafeString:
    """One part (header, footer, bar) for one request."""
    text = _drawn(part, look, get_language() or "")
    text = text.replace(_ADDRESS, escape(address))
    return mark_safe(text.replace(_TOKEN, str(token)) if _TOKEN in text else text)  # noqa: S308  drawn by a template


@lru_cache(maxsize=KEPT)
def _drawn(part: str, look: Look, language: str) -> str:
    context = {
        "look": look,
        "site_name": look.site_name,
        "signed_in": look.signed_in,
        "nav": navigation.header_links(),
        "nav_here": look.nav_here,
        "legal_links": navigation.text_links(),
        "bar": navigation.bar_links(signed_in=look.signed_in),
        "bar_here": look.bar_here,
        "menu": navigation.member_links(),
        "unread": look.unread,
        "unread_messages": look.unread_messages,
        "csrf_token": _TOKEN,
        "address": _ADDRESS,
    }
    return render_to_string(f"ui/{part}.html", context)
