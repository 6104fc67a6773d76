"""Links in the text of a mail: only those that lead to this market. What members typed never becomes one."""

import re

from django.conf import settings


def parts_of(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is an address of ours."""
    own = re.compile(rf"({re.escape(settings.SITE_URL)}(?:/[^\s<>\"'「」()]*)?)(?![\w.:@-])")
    return [(part, bool(own.fullmatch(part))) for part in own.split(text) if part]
