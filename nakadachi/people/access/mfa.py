"""How allauth treats second factors here."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakadachi.people.access.queries import factors_of
from nakadachi.people.access.seal import seal, unseal
from nakadachi.people.models import Member


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; an operator keeps at least one second factor."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already. Please enter the code shown now."),
        "cannot_delete_authenticator": _(
            "Operators need a second factor. Please add another one before removing this."
        ),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with an authenticator app or a passkey. Add one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Before it is stored."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """After it is read."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Everybody may, but the operator's staff not their last one."""
        member = authenticator.user
        return not member.is_operator or factors_of(member.pk) > 1

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:
        """Prefills the name of a new passkey."""
        return gettext("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME
