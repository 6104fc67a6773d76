"""Reading a text: the version that applies, or any other by its own address."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.people.agreements import queries
from nakadachi.people.agreements.kinds import KINDS
from nakadachi.people.agreements.models import LegalText
from nakadachi.web.ui.kept_pages import same_for_everybody
from nakadachi.web.ui.prose import to_html


@require_safe
@same_for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """All texts with the day each took effect."""
    found = queries.in_force(jst_date(request.now))
    return render(request, "texts/list.html", {"texts": [found[kind] for kind in KINDS if kind in found]})


@require_safe
@same_for_everybody
def current(request: HttpRequest, kind: str) -> HttpResponse:
    """What applies today."""
    on = jst_date(request.now)
    return render(request, "texts/text.html", context(queries.current(kind, on), on))


@require_safe
@same_for_everybody
def version(request: HttpRequest, kind: str, dated: str) -> HttpResponse:
    """One version, also an earlier one or one that is announced."""
    return render(request, "texts/text.html", context(queries.version_at(kind, dated), jst_date(request.now)))


def context(text: LegalText, on: date) -> dict[str, Any]:
    """What the page of a version needs."""
    versions = queries.versions(text.kind)
    applies = next((row for row in versions if row.is_in_force(on)), None)
    return {
        "text": text,
        "title": KINDS[text.kind],
        "body": to_html(text.body(get_language() or "ja")),
        "versions": versions,
        "is_current": applies is not None and applies.pk == text.pk,
        "is_announced": not text.is_in_force(on),
        "coming": next((row for row in reversed(versions) if not row.is_in_force(on)), None),
    }
