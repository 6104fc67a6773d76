"""What is kept of somebody who left: grounds and days for finance to see, papers under lock one by one for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nakadachi.closing.erasing import telling, vault
from nakadachi.closing.models import Paper
from nakadachi.closing.register_words import GROUNDS, GROUPS
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.models import Member
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members.forms import PaperForm
from nakadachi.web.staff.members.paper import lines_of
from nakadachi.web.ui.answers import sentence, staff_of

PAGE = "staff_members/kept.html"


@works_in(areas.BANK)
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, member_id: int) -> HttpResponse:
    """The list; with a reason, one paper on it, this once."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    papers = vault.papers_of(staff, member.pk)
    context = _context(member, papers, staff)
    if request.method != "POST":
        return render(request, PAGE, context)
    form = PaperForm(request.POST)
    asked = next((paper for paper in papers if str(paper.pk) == request.POST.get("paper", "")), None)
    if asked is None:
        raise NotVisible
    context |= {"asked": asked, "form": form}
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        document = vault.read(paper=asked, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        form.add_error(refused.refusal.field, sentence(refused.refusal))
        return render(request, PAGE, context, status=refused.refusal.status)
    return render(request, PAGE, {**context, "shown": lines_of(document), "form": PaperForm()})


def _context(member: Member, papers: list[Paper], staff: Actor) -> dict[str, Any]:
    closing = member.closings.exclude(status="undone").first()
    told = telling.result(closing) if closing is not None else telling.Result((), ())
    stays = [(GROUPS[stay.group], GROUNDS[stay.ground], stay) for stay in told.kept]
    return {"member": member, "closing": closing, "papers": papers, "stays": stays, "form": PaperForm()}
