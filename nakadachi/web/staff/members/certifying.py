"""Certifying a member, and withdrawing it: what each means stands beside the form."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nakadachi.people.roles import areas
from nakadachi.people.standing import policy
from nakadachi.people.standing.certifying import certify, withdraw_certification
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.members.deciding import Deed, decide
from nakadachi.web.staff.members.forms import CertificationForm, WithdrawalForm


@works_in(areas.CHECKS)
@require_http_methods(["GET", "HEAD", "POST"])
def certification(request: HttpRequest, member_id: int) -> HttpResponse:
    """Certify with a reason."""
    said = pgettext("console", "The member is certified and has been told.")
    deed = Deed("certification", CertificationForm, certify, policy.can_certify, said)
    return decide(request, member_id, deed)


@works_in(areas.CHECKS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, member_id: int) -> HttpResponse:
    """Withdraw the certification with a reason."""
    said = pgettext("console", "The certification is withdrawn, and the member has been told why.")
    withdraw, may = withdraw_certification, policy.can_withdraw_certification
    return decide(request, member_id, Deed("withdrawal", WithdrawalForm, withdraw, may, said))
