"""allauth's forms with our words."""

from typing import Any

from allauth.account.forms import AddEmailForm, ChangePasswordForm, ResetPasswordKeyForm, SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from nakadachi.people.models import Member

PASSWORD_HELP = _("At least 10 characters. Not a common password, and not your address or name.")


class _PlainHelp:
    """One sentence about passwords instead of a list per rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP  # type: ignore[attr-defined]


class RegisterForm(_PlainHelp, SignupForm):
    """「会員登録(無料)」."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["email", "display_name", "password1", "agreed"])

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        """An address that is known costs as much time as a new one: the password is hashed all the same."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        member, answer = super().try_save(request)
        return member, answer


class NewPasswordForm(_PlainHelp, ChangePasswordForm):
    """The password of the settings."""


class ForgottenPasswordForm(_PlainHelp, ResetPasswordKeyForm):
    """The password behind the link of a mail."""


class NewAddressForm(AddEmailForm):
    """The address that will take the place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New mail address")
