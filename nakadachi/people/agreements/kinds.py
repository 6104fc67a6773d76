"""Which texts there are, and which of them members agree to."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("ja", "en")

KINDS = {
    "terms": _("Terms of use"),
    "privacy": _("Privacy policy"),
    "commerce": _("Specified Commercial Transactions Act"),
    "funds": _("How money is kept"),
    "guidelines": _("Guidelines for posting work"),
    "prohibited": _("What is not allowed"),
    "company": pgettext_lazy("texts", "About the operator"),
    "accessibility": _("Accessibility policy"),
    "external": _("Transmission to third parties"),
}
AGREED = ("terms", "privacy")
"""Asked for at registration, and again when a new version takes effect."""


def default(kind: str, language: str) -> str:
    """The text that comes with the program, not filled yet."""
    return (TEXTS / f"{kind}.{language}.txt").read_text(encoding="utf-8")
