"""「パスワードと二段階認証」: everything that opens the account, and where it is open now."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakadachi.people.access import actions, queries
from nakadachi.people.queries import member_for
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Password, authenticator app, passkeys, recovery codes, sessions."""
    sessions = queries.sessions_of(actor_of(request), request.user.pk, request.now)
    here = request.session.session_key
    context = {
        **_factors(request.user.pk),
        "sessions": [(session, session.session_key == here) for session in sessions],
        "elsewhere": sum(session.session_key != here for session in sessions),
    }
    return render(request, "settings/security.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, token: UUID) -> HttpResponse:
    """Log one device out; this one goes to the front page."""
    actor = actor_of(request)
    session = queries.session_for(actor, token)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    actions.end_session(session=session, by=actor, at=request.now)
    messages.success(request, _("The device is logged out."))
    return redirect("settings:security")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Log out every device but this one."""
    actor = actor_of(request)
    member = member_for(actor, request.user.pk)
    actions.end_sessions(member=member, but_key=request.session.session_key, by=actor, at=request.now)
    messages.success(request, _("All other devices are logged out."))
    return redirect("settings:security")


def _factors(member_id: int) -> dict[str, Any]:
    """The second factors by kind, and how many recovery codes are left."""
    found = list(Authenticator.objects.filter(user=member_id).order_by("created_at"))
    of = {kind: [each for each in found if each.type == kind] for kind in Authenticator.Type.values}
    codes = next(iter(of["recovery_codes"]), None)
    return {
        "app": next(iter(of["totp"]), None),
        "passkeys": [(each, each.wrap().name) for each in of["webauthn"]],
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "protected": bool(of["totp"] or of["webauthn"]),
    }
