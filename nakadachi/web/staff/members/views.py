"""Finding a member, and everything the market knows about them on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people import directory
from nakadachi.people.models import Member
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.people.standing import disclosure
from nakadachi.people.standing.notes import add_note
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members import rows, sheet
from nakadachi.web.staff.members.forms import DisclosureForm, NoteForm, SearchForm
from nakadachi.web.ui.answers import keep_form, sentence, staff_of

PAGE = "staff_members/detail.html"
DISCLOSE = {"contact": disclosure.disclose_contact, "bank_account": disclosure.disclose_bank_account}


@works_in(areas.MEMBERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Search, the newest members first."""
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "suspended": False, "certified": False}
    page = directory.find(
        staff_of(request),
        wanted["q"],
        suspended=wanted["suspended"],
        certified=wanted["certified"],
        after=request.GET.get("after", ""),
    )
    context = {"form": form, "page": page, "rows": rows.rows_of(page.rows), "is_search": any(wanted.values())}
    return render(request, "staff_members/list.html", context)


@works_in(areas.MEMBERS)
@require_safe
def detail(request: HttpRequest, member_id: int) -> HttpResponse:
    """One member: standing, work, money, trail. Contact details and bank number are shown only on request."""
    member = member_for(staff_of(request), member_id)
    return render(request, PAGE, _context(request, member, form=NoteForm()))


@works_in(areas.MEMBERS)
@require_POST
def disclosed(request: HttpRequest, member_id: int) -> HttpResponse:
    """The same page with what was asked for, this once."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    form = DisclosureForm(request.POST)
    what = request.POST.get("what", "")
    if what not in DISCLOSE:
        raise NotVisible
    context = _context(request, member, form=NoteForm(), asked=what, disclosure=form)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        DISCLOSE[what](member=member, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        if refused.refusal.status == 404:
            raise NotVisible from refused
        form.add_error(refused.refusal.field, sentence(refused.refusal))
        return render(request, PAGE, context, status=refused.refusal.status)
    return render(request, PAGE, {**context, "shown": what, "disclosure": None})


@works_in(areas.MEMBERS)
@require_POST
def note(request: HttpRequest, member_id: int) -> HttpResponse:
    """Write a note for colleagues."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, _context(request, member))
    try:
        add_note(member=member, text=form.cleaned_data["text"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, _context(request, member), refused.refusal)
    messages.success(request, pgettext("console", "The note is kept."))
    return redirect("staff:members:detail", member.pk)


def _context(request: HttpRequest, member: Member, **more: Any) -> dict[str, Any]:
    blank = {"contact": DisclosureForm(auto_id="contact_%s"), "bank": DisclosureForm(auto_id="bank_%s")}
    return {**sheet.facts_of(member, staff_of(request), request.now), **blank, **more}
