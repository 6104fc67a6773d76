"""Why members leave: reasons, tenure, earnings in bands, ways of working, what held them up; as a page and as CSV."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nakadachi.closing.figures import Bar, Figures, figures
from nakadachi.closing.models import Closing
from nakadachi.closing.words import STEPS
from nakadachi.market.jobs.models import Job
from nakadachi.people.roles import areas
from nakadachi.web.pages.earnings.statement import BOM
from nakadachi.web.staff.guard import works_in

TENURES = {
    "month": _("Less than a month"),
    "half_year": _("Less than half a year"),
    "year": _("Less than a year"),
    "three_years": _("Less than three years"),
    "longer": _("Three years and longer"),
}
Line = tuple[str, Bar]


@works_in(areas.MEMBERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All of it on one page; a table beside every picture."""
    found = figures(request.now)
    context = {
        "figures": found,
        "groups": [(title, lines) for title, _name, lines in _groups(found) if lines],
        "held": [(code_words(row.code), row) for row in found.held],
    }
    return render(request, "staff_leaving/figures.html", context)


@works_in(areas.MEMBERS)
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same as rows of group, code and figures."""
    answer = HttpResponse(_csv(figures(request.now)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="leaving-{request.now:%Y%m%d}.csv"'
    return answer


def code_words(code: str) -> str:
    """What obstacles of a code are, as in the picture of the way out."""
    return str(STEPS.get(code, code))


def _groups(found: Figures) -> list[tuple[str, str, list[Line]]]:
    reasons, bands, formats = (
        dict(choices) for choices in (Closing.Reason.choices, Closing.Band.choices, Job.Format.choices)
    )
    return [
        (_("Reasons"), "reason", [(reasons.get(bar.code, bar.code), bar) for bar in found.reasons]),
        (_("Time since joining"), "tenure", [(TENURES[bar.code], bar) for bar in found.tenures]),
        (_("Earned in all"), "earned", [(bands[bar.code], bar) for bar in found.bands]),
        (_("Ways of working used"), "format", [(formats.get(bar.code, bar.code), bar) for bar in found.formats]),
    ]


def _csv(found: Figures) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["group", "code", "count", "average_days", "longest_days", "closed", "undone"])
    writer.writerows(_rows(found))
    return BOM + out.getvalue()


def _rows(found: Figures) -> Iterator[list[object]]:
    yield ["all", "reserved", found.reserved, "", "", found.closed, found.undone]
    for _title, name, lines in _groups(found):
        yield from ([name, bar.code or "none", bar.count, "", "", "", ""] for _words, bar in lines)
    for held in found.held:
        yield ["obstacle", held.code, held.count, f"{held.average_days:.2f}", f"{held.longest_days:.2f}", "", ""]
    for month in found.months:
        yield ["month", f"{month.first_on:%Y-%m}", month.reserved, "", "", month.closed, month.undone]
