"""index.html: what is in the archive, in the member's language, for a person who opens it years later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from nakadachi.closing.export.areas import AREAS
from nakadachi.closing.export.shapes import Me
from nakadachi.kernel.calendar import jst
from nakadachi.kernel.money import format_yen


@dataclass(frozen=True)
class Line:
    """One area as the page names it."""

    title: str
    path: str
    sheet_path: str
    count: int


def page(me: Me, rows: Mapping[str, int], documents: int, files: int, *, at: datetime) -> str:
    """The page, whole. It needs nothing but itself."""
    balance_yen = sum(account["balance_yen"] for account in me.accounts.values())
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "name": me.member.display_name,
        "made_at": f"{jst(at):%Y-%m-%d %H:%M}",
        "lines": [
            Line(gettext(area.title), area.path, area.sheet_path if area.sheet else "", rows[area.name])
            for area in AREAS
        ],
        "balance": format_yen(balance_yen),
        "documents": documents,
        "files": files,
        "language": me.member.language,
    }
    return render_to_string("export/index.html", context)
