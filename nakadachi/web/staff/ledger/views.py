"""One journal with every line, its inputs, and what reversed it."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.money.ledger import queries as ledger
from nakadachi.people.roles import areas
from nakadachi.web.pages.earnings import words
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.ledger import reading


@works_in(areas.LEDGER)
@require_safe
def journal(request: HttpRequest, journal_id: int) -> HttpResponse:
    """Everything the ledger keeps about one journal."""
    found = ledger.journal(journal_id)
    inputs = json.dumps(found.calc, ensure_ascii=False, indent=2, sort_keys=True) if found.calc else ""
    context = {
        "journal": found,
        "title": words.title_of(found.kind),
        "lines": reading.lines_of(found),
        "inputs": inputs,
    }
    return render(request, "staff_ledger/journal.html", context)
