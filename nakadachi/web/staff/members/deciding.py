"""A decision about a member with its reason: the form, what speaks against it, and back to the member's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.people.models import Member
from nakadachi.people.queries import member_for
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.queries import standing_of
from nakadachi.web.ui.answers import keep_form, posted, staff_of


@dataclass(frozen=True)
class Deed:
    """What is done, by which action, what may speak against it before anything is typed, and what is said afterwards.

    `name` is the page's: `staff_members/<name>.html`.
    """

    name: str
    form: type[forms.Form]
    act: Callable[..., object]
    refusal: Callable[[Actor, Member, Standing], Refusal | None]
    said: str


def decide(request: HttpRequest, member_id: int, deed: Deed) -> HttpResponse:
    """GET shows what it means and the form; POST does it."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    standing = standing_of(member.pk)
    form = deed.form(posted(request))
    context = {"member": member, "standing": standing, "refusal": deed.refusal(staff, member, standing)}
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
