"""The operator's people with role, second factor and last login; another role by an administrator, with a reason."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused, require
from nakadachi.people.access.queries import with_factors
from nakadachi.people.directory import member_of_address
from nakadachi.people.models import Member
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas, policy, queries
from nakadachi.people.roles.actions import give_role
from nakadachi.people.roles.models import StaffRole
from nakadachi.web.staff.crew.forms import NONE, NewForm, RoleForm
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import keep_form, staff_of


@works_in(areas.STAFF)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    people = queries.staff()
    protected = with_factors([member.pk for member, _role in people])
    rows = [(member, role, member.pk in protected) for member, role in people]
    return render(request, "staff_crew/list.html", {"rows": rows})


@works_in(areas.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A member becomes one of the operator's people."""
    form = NewForm(request.POST or None, initial={"role": StaffRole.Role.SUPPORT})
    if request.method != "POST":
        return render(request, "staff_crew/new.html", {"form": form})
    if not form.is_valid():
        return keep_form(request, "staff_crew/new.html", form, {})
    try:
        member = member_of_address(staff_of(request), form.cleaned_data["email"])
        require(policy.NO_MEMBER if member is None else None)
        assert member is not None
        _give(request, member, form)
    except Refused as refused:
        return keep_form(request, "staff_crew/new.html", form, {}, refused.refusal)
    return redirect("staff:crew:list")


@works_in(areas.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, member_id: int) -> HttpResponse:
    """Another role, or none."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    if not member.is_operator:
        raise NotVisible
    context = {"member": member, "refusal": policy.can_give(staff, member)}
    form = RoleForm(request.POST or None, initial={"role": queries.role_of(member.pk)})
    if request.method != "POST":
        return render(request, "staff_crew/role.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "staff_crew/role.html", form, context)
    try:
        _give(request, member, form)
    except Refused as refused:
        return keep_form(request, "staff_crew/role.html", form, {**context, "refusal": None}, refused.refusal)
    return redirect("staff:crew:list")


def _give(request: HttpRequest, member: Member, form: forms.Form) -> None:
    chosen = form.cleaned_data["role"]
    given = None if chosen == NONE else StaffRole.Role(chosen)
    give_role(member=member, role=given, reason=form.cleaned_data["reason"], by=staff_of(request), at=request.now)
    messages.success(request, pgettext("console", "The role of %(name)s is changed.") % {"name": member.display_name})
