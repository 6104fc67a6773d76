"""Suspending a member, and lifting it: what it means stands beside the form."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal
from nakadachi.people.models import Member
from nakadachi.people.roles import areas
from nakadachi.people.standing import policy
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.sanctions import lift, suspend
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members.deciding import Deed, decide
from nakadachi.web.staff.members.forms import LiftingForm, SuspensionForm


@works_in(areas.SANCTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, member_id: int) -> HttpResponse:
    """Suspend with a reason."""
    said = pgettext("console", "The member is suspended and has been told why.")
    return decide(request, member_id, Deed("suspension", SuspensionForm, suspend, _can_suspend, said))


@works_in(areas.SANCTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def lifting(request: HttpRequest, member_id: int) -> HttpResponse:
    """Lift the suspension."""
    said = pgettext("console", "The suspension is lifted.")
    return decide(request, member_id, Deed("lifting", LiftingForm, lift, _can_lift, said))


def _can_suspend(staff: Actor, member: Member, standing: Standing) -> Refusal | None:
    return policy.can_sanction(staff, member) or (policy.ALREADY_SUSPENDED if standing.suspended_at else None)


def _can_lift(staff: Actor, member: Member, standing: Standing) -> Refusal | None:
    return policy.can_sanction(staff, member) or (None if standing.suspended_at else policy.NOT_SUSPENDED)
