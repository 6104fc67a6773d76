"""The written terms: every version as a page and as PDF, each with its hash."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakadachi.market.contracts import queries
from nakadachi.web.pages.contracts.differences import differences
from nakadachi.web.pages.contracts.paper import paper_of, pdf_of
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def document(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The newest version, or `?version=`; the others stand beside it."""
    found = queries.view_for(actor_of(request), contract_id)
    versions = found.terms
    asked = request.GET.get("version", "")
    shown = next((row for row in versions if str(row.version) == asked), versions[-1] if versions else None)
    context = {
        "contract": found.contract,
        "versions": versions,
        "shown": shown,
        "paper": paper_of(shown.document) if shown else None,
    }
    return render(request, "contracts/terms.html", context)


@login_required
@require_safe
def difference(request: HttpRequest, contract_id: int, older: int, newer: int) -> HttpResponse:
    """What changed from one version to another."""
    actor = actor_of(request)
    old, new = queries.terms_for(actor, contract_id, older), queries.terms_for(actor, contract_id, newer)
    context = {"contract": new.contract, "old": old, "new": new, "rows": differences(old.document, new.document)}
    return render(request, "contracts/terms_difference.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, contract_id: int, version: int) -> HttpResponse:
    """One version as PDF, typeset from the stored document alone."""
    terms = queries.terms_for(actor_of(request), contract_id, version)
    answer = HttpResponse(pdf_of(terms), content_type="application/pdf")
    name = _("Contract terms %(number)s version %(version)s.pdf") % {"number": contract_id, "version": version}
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
