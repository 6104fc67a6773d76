"""allauth's forms of second factors, with our words and our way of taking a code."""

import struct
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from nakadachi.infra.text import digits, tidy_line
from nakadachi.people.access import codes

CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}
PASSKEY_NAME_LENGTH_MAX = 40


def _now() -> datetime:
    return context.request.now


class _CodeEntry:
    """Takes the code of the app, once, or a recovery code, once. Wrong ones are counted against the member."""

    user: Any
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    authenticator: Authenticator
    _emit_authentication_failed: Callable[[Authenticator], None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _(
            "The 6 digits shown by your authenticator app, or one of your recovery codes."
        )
        self.fields["code"].widget = forms.TextInput(attrs=CODE_ATTRS)

    def clean_code(self) -> str:
        """The code as typed, if it opens."""
        forgive = check_rate_limit(self.user)
        typed = digits(self.cleaned_data["code"])
        tried = list(Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN))
        for authenticator in tried:
            if _opens(authenticator, typed):
                authenticator.user = self.user
                self.authenticator = authenticator
                forgive()
                return typed
        if tried:
            self._emit_authentication_failed(tried[0])
        raise get_adapter().validation_error("incorrect_code")


def _opens(authenticator: Authenticator, typed: str) -> bool:
    if authenticator.type == Authenticator.Type.TOTP:
        return codes.use(authenticator, typed, _now())
    return bool(authenticator.wrap().validate_code(typed))


class LoginCodeForm(_CodeEntry, AuthenticateForm):
    """The second step of logging in."""


class ConfirmCodeForm(_CodeEntry, ReauthenticateForm):
    """The same, to confirm that it is still you."""


class AddAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code shown by the app")
        self.fields["code"].help_text = _("6 digits. A new code appears every 30 seconds.")
        self.fields["code"].widget = forms.TextInput(attrs=CODE_ATTRS)

    def clean_code(self) -> str:
        """Right for the secret on the page."""
        forgive = check_rate_limit(self.user, error_key="rate_limited")
        typed = digits(self.cleaned_data["code"])
        if codes.count_of(self.secret, typed, _now()) is None:
            raise get_adapter().validation_error("incorrect_code")
        forgive()
        return typed


def _readable(kind: type[AuthenticationResponse | RegistrationResponse], answer: Any) -> Any:
    """What a device may have answered; anything else is refused like a wrong code, whatever shape it has."""
    try:
        kind.from_dict(answer)
    except (TypeError, ValueError, LookupError, AttributeError, struct.error):
        raise get_adapter().validation_error("incorrect_code") from None
    return answer


class AddPasskeyForm(AddWebAuthnForm):
    """Every passkey logs in on its own, so every one asks for the fingerprint, face or PIN of its device."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=PASSKEY_NAME_LENGTH_MAX,
        help_text=_("So that you can tell it from others, e.g. “iPhone” or “Office PC”."),
    )
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean_name(self) -> str:
        """Visible characters, or the name we suggested."""
        self.cleaned_data["name"] = tidy_line(self.cleaned_data["name"])
        return super().clean_name()

    def clean_credential(self) -> Any:
        """Of a shape that can be looked at."""
        return _readable(RegistrationResponse, self.cleaned_data["credential"])


class _PasskeyEntry:
    """Takes the answer of a device to the question of a page."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """The passkey that answered."""
        _readable(AuthenticationResponse, self.cleaned_data["credential"])
        return super().clean_credential()  # type: ignore[misc]


class LoginPasskeyForm(_PasskeyEntry, LoginWebAuthnForm):
    """Logging in with a passkey alone."""


class ConfirmPasskeyForm(_PasskeyEntry, ReauthenticateWebAuthnForm):
    """The same, to confirm that it is still you."""


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=PASSKEY_NAME_LENGTH_MAX)
