"""The ledger account of one member, entry by entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.money.payouts import queries as payouts
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.web.pages.earnings.board import entries_page, own_account
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import staff_of


@works_in(areas.LEDGER)
@require_safe
def entries(request: HttpRequest, member_id: int) -> HttpResponse:
    """Balance and entries, each with its journal."""
    member = member_for(staff_of(request), member_id)
    page = entries_page(own_account(member.pk), after=request.GET.get("after", ""), journals="staff:journal")
    context = {"member": member, "balance_yen": payouts.balance_yen(member.pk), "page": page, "entries": page.rows}
    return render(request, "staff_members/statement.html", context)
