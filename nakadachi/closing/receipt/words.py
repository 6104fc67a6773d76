"""A receipt in Japanese words, for its PDF and for the page that shows it."""

from datetime import datetime
from typing import Any

from django.utils.translation import override

from nakadachi.closing.register_words import GROUPS
from nakadachi.infra.days import day_and_time

LANGUAGE = "ja"
"""The language of the papers: they are for a Japanese tax office as well."""


def printed(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts, moments and names of groups written out."""
    with override(LANGUAGE):
        moments = {name: day_and_time(datetime.fromisoformat(facts[name])) for name in MOMENTS}
        erased = [{**row, "what": str(GROUPS[row["what"]])} for row in facts["erased"]]
        kept = [{**row, "what": str(GROUPS[row["what"]]), "why": row["law"]} for row in facts["kept"]]
    return {**facts, **moments, "erased": erased, "kept": kept}


MOMENTS = ("asked_at", "closed_at", "erased_at")
