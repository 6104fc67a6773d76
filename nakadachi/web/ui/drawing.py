"""Small parts of pages that look the same until one of their values changes: drawn once, and kept by their values."""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 4_000
"""Drawn parts that a process remembers: about a kilobyte each."""


def drawn(template: str, **values: Hashable) -> SafeString:
    """The template with these values and nothing else: no request, no member, no clock. Values are plain, such as the
    words and figures of one row."""
    return _drawn(template, get_language() or "", tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _drawn(template: str, language: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(values))
