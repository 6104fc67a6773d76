"""What follows from what allauth does. Its signals are the only word it gives; they are listened to here, nowhere else.

A changed password or second factor ends every other session: whoever had got in is out.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from nakadachi.kernel.actor import Actor
from nakadachi.people.access import actions, codes
from nakadachi.people.models import Member


def connect() -> None:
    """Called once at start."""
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="access.added")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="access.removed")
    mfa.authenticator_reset.connect(_codes_renewed, dispatch_uid="access.reset")
    account.password_changed.connect(_password_changed, dispatch_uid="access.password")
    account.password_reset.connect(_password_reset, dispatch_uid="access.password_reset")
    account.email_changed.connect(_email_changed, dispatch_uid="access.email")
    account.authentication_step_completed.connect(_rotate, dispatch_uid="access.step")


def _factor_added(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _burn_first_code(request, authenticator)
    _tell("added", request, user, authenticator)


def _factor_removed(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _tell("removed", request, user, authenticator)


def _codes_renewed(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _tell("reset", request, user, authenticator)


def _tell(what: str, request: HttpRequest, user: Member, authenticator: Authenticator) -> None:
    by = Actor.member(user.pk)
    actions.note_factor(member=user, what=what, kind=authenticator.type, by=by, at=request.now)
    actions.end_sessions(member=user, but_key=request.session.session_key, by=by, at=request.now)


def _password_changed(request: HttpRequest, user: Member, **_: Any) -> None:
    actions.note_password(member=user, by=Actor.member(user.pk), at=request.now)
    _end_others(request, user)


def _password_reset(request: HttpRequest, user: Member, **_: Any) -> None:
    actions.note_reset(member=user, by=Actor.member(user.pk), at=request.now)
    _end_others(request, user)


def _end_others(request: HttpRequest, user: Member) -> None:
    own = request.session.session_key if request.user.is_authenticated and request.user.pk == user.pk else None
    actions.end_sessions(member=user, but_key=own, by=Actor.member(user.pk), at=request.now)


def _email_changed(
    request: HttpRequest,
    user: Member,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **_: Any,
) -> None:
    if from_email_address is None:
        return
    actions.note_email(
        member=user,
        before=from_email_address.email,
        after=to_email_address.email,
        by=Actor.member(user.pk),
        at=request.now,
    )


def _rotate(request: HttpRequest, reauthenticated: bool = False, **_: Any) -> None:
    """A session whose owner has just proved themselves again gets a new key, as at login."""
    if reauthenticated:
        request.session.cycle_key()


def _burn_first_code(request: HttpRequest, authenticator: Authenticator) -> None:
    """The code that proved the app is used: it does not log in as well."""
    codes.use(authenticator, request.POST.get("code", ""), request.now)
