"""Finding a member, and everything the market knows about them on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.people import directory
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members import rows, sheet
from nakadachi.web.staff.members.forms import SearchForm
from nakadachi.web.ui.answers import staff_of


@works_in(areas.MEMBERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Search, the newest members first."""
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "suspended": False}
    page = directory.find(
        staff_of(request), wanted["q"], suspended=wanted["suspended"], after=request.GET.get("after", "")
    )
    context = {"form": form, "page": page, "rows": rows.rows_of(page.rows), "is_search": any(wanted.values())}
    return render(request, "staff_members/list.html", context)


@works_in(areas.MEMBERS)
@require_safe
def detail(request: HttpRequest, member_id: int) -> HttpResponse:
    """One member: standing, work, money, trail. Contact details and bank number are shown only on request."""
    member = member_for(staff_of(request), member_id)
    return render(request, "staff_members/detail.html", sheet.facts_of(member, request))
