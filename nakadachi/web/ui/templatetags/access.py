"""For pages of one's own security: `{% load access %}`."""

from urllib.parse import quote

from django import template

register = template.Library()


@register.filter
def as_text_file(lines: list[str]) -> str:
    """The lines as a link that the browser keeps as a file: what is shown once is not asked for again."""
    return "data:text/plain;charset=utf-8," + quote("\n".join(lines) + "\n")
