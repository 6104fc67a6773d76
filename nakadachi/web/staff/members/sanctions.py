"""Suspending a member, and lifting it: what it means stands beside the form."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.people.standing import policy
from nakadachi.people.standing.queries import standing_of
from nakadachi.people.standing.sanctions import lift, suspend
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members.forms import LiftingForm, SuspensionForm
from nakadachi.web.ui.answers import keep_form, posted, staff_of


@dataclass(frozen=True)
class Deed:
    """What is done, by which action, and what is said afterwards."""

    name: str
    act: Callable[..., object]
    said: str


@works_in(areas.SANCTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, member_id: int) -> HttpResponse:
    """Suspend with a reason."""
    said = pgettext("console", "The member is suspended and has been told why.")
    return _step(request, member_id, SuspensionForm(posted(request)), Deed("suspension", suspend, said))


@works_in(areas.SANCTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def lifting(request: HttpRequest, member_id: int) -> HttpResponse:
    """Lift the suspension."""
    said = pgettext("console", "The suspension is lifted.")
    return _step(request, member_id, LiftingForm(posted(request)), Deed("lifting", lift, said))


def _step(request: HttpRequest, member_id: int, form: forms.Form, deed: Deed) -> HttpResponse:
    staff = staff_of(request)
    member = member_for(staff, member_id)
    standing = standing_of(member.pk)
    context = {
        "member": member,
        "standing": standing,
        "refusal": policy.can_sanction(staff, member) or _pointless(deed.name, bool(standing.suspended_at)),
    }
    template = f"staff_members/{deed.name}.html"
    if request.method != "POST":
        return render(request, template, {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        deed.act(member=member, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, template, form, {**context, "refusal": None}, refused.refusal)
    messages.success(request, deed.said)
    return redirect("staff:members:detail", member.pk)


def _pointless(name: str, is_suspended: bool) -> Refusal | None:
    if name == "suspension":
        return policy.ALREADY_SUSPENDED if is_suspended else None
    return None if is_suspended else policy.NOT_SUSPENDED
