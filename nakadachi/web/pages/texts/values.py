"""What the places of a text are filled with: the operator of the settings, the figures of the rulebook in force."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.money import rulebook
from nakadachi.people.agreements.filling import Values
from nakadachi.people.agreements.kinds import LANGUAGES
from nakadachi.web.pages.help.figures import payout_runs, rates
from nakadachi.web.ui.figures import yen


def values_on(on: date) -> dict[str, Values]:
    """All places, in each language."""
    return {language: _values(language, on) for language in LANGUAGES}


def _values(language: str, on: date) -> Values:
    book = rulebook.current()
    with translation.override(language):
        return {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            **{f"operator_{name}": value or _("Told on request without delay") for name, value in _operator().items()},
            "fees": "\n".join(_fee(row.label, row.worker, row.client) for row in rates(book, on)),
            "fees_page": f"[{pgettext('nav', 'Fees')}](/fees/)",
            "payout_days": "\n".join(f"- {run}" for run in payout_runs(book)),
            "payout_minimum": yen(book.payout.minimum_yen),
            "auto_accept_days": str(book.timers.auto_accept_days),
            "offer_answer_days": str(book.timers.offer_answer_days),
        }


def _operator() -> dict[str, str]:
    return settings.OPERATOR


def _fee(label: str, worker: list[str], client: list[str]) -> str:
    return _("- %(format)s: worker %(worker)s, client %(client)s") % {
        "format": label,
        "worker": _(", ").join(worker),
        "client": _(", ").join(client),
    }
