"""What people write to each other, as safe HTML: `{% load talk %}`."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
"""Printable ASCII without quotes, angle brackets, backslash, caret, backtick and braces; Japanese text ends it."""
_TRAILING = ".,;:!?)]'"


@register.filter
def linked(text: str) -> SafeString:
    """`{{ message.text|linked }}`: escaped, with addresses as links that tell the other end nothing of us."""
    parts = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        parts.append(format_html("{}", text[end : found.start()]))
        parts.append(_link(address))
        end = found.start() + len(address)
    parts.append(format_html("{}", text[end:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(address: str) -> SafeString:
    return format_html('<a href="{}" rel="nofollow ugc noopener noreferrer" target="_blank">{}</a>', address, address)
