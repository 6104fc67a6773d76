"""How allauth treats our members."""

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.queue import defer
from nakadachi.kernel.actor import Actor
from nakadachi.people.access.actions import note_login
from nakadachi.people.access.devices import is_known, remember
from nakadachi.people.access.presence import device_of, shortened
from nakadachi.people.access.queries import has_logged_in, is_trusted_operator
from nakadachi.people.access.sudo import is_fresh
from nakadachi.people.access.waiting import clock_after
from nakadachi.people.agreements.queries import pending_for
from nakadachi.people.models import Member

EMAIL_LENGTH_MAX = 254
TOO_MANY = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):
    """New members get their joining time; inactive ones cannot log in; mails go through the queue."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(TOO_MANY, _("There were too many wrong tries. Please try again after %(clock)s (Japan time).")),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The sentence beside the field; after too many tries the answer says so in its status too."""
        if code in TOO_MANY:
            self.request.too_many_tries = True
            sentence = str(self.error_messages[code]) % {"clock": clock_after(self.request.now)}
            return ValidationError(sentence, code=code)
        return super().validation_error(code, *args)

    def clean_email(self, email: str) -> str:
        """An address as long as a mail server takes it: what does not fit into a mailbox is no address."""
        if len(email) > EMAIL_LENGTH_MAX:
            raise ValidationError(EmailValidator.message, code="invalid")
        return email

    def is_safe_url(self, url: str) -> bool:
        """Ours, and an address at all."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of logging in or of the last proof."""
        return super().is_reauthentication_required(app=app, **kwargs) and not is_fresh(self.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now, in the language of the one who reads it; send later, so that no request waits for it."""
        from allauth.core.context import request

        site = {"request": request, "email": email, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        reader = context.get("user")
        language = getattr(reader, "language", "") or get_language() or settings.LANGUAGE_CODE
        with override(language):
            mail = self.render_mail(template_prefix, email, {**site, **context})
        key = str(uuid4())
        defer("people.send_mail", to=email, subject=mail.subject, body=mail.body, language=language, key=key)

    def send_notification_mail(self, prefix: str, user: Member, context: Any = None, email: str | None = None) -> None:
        """The package forgets to say who reads it."""
        super().send_notification_mail(prefix, user, {"user": user, **(context or {})}, email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An operator without a second factor goes there first."""
        if request.user.is_operator and not is_trusted_operator(request.user):
            return reverse("staff:second_step")
        return super().get_login_redirect_url(request)

    def new_user(self, request: HttpRequest) -> Member:
        """An unsaved member who joins now."""
        from nakadachi.infra.clock import now

        return Member(joined_at=getattr(request, "now", None) or now())

    def save_user(self, request: HttpRequest, user: Member, form: Any, commit: bool = True) -> Member:
        """Put the display name and language on the row before it is written the first time."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = getattr(request, "LANGUAGE_CODE", "ja")
        return super().save_user(request, user, form, commit=commit)

    def post_login(self, request: HttpRequest, user: Member, *, signup: bool, **how: Any) -> HttpResponse:
        """On to where the member wanted, by way of new terms if there are some. The device is remembered."""
        if signup:
            record_authentication(request, user, method="password")
        response = super().post_login(request, user, signup=signup, **how)
        if isinstance(response, HttpResponseRedirect) and pending_for(user, request.now):
            response = redirect(f"/legal/agree/?{urlencode({'next': response.url})}")
        return self._greet(request, user, response)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: people log in by e-mail and are shown by display name."""

    def _greet(self, request: HttpRequest, user: Member, response: HttpResponse) -> HttpResponse:
        """Write the login down; one from an unknown device is mailed, unless it is the first of all."""
        device, address = device_of(self.get_http_user_agent(request)), shortened(self.get_client_ip(request))
        if not is_known(request, user.pk) and has_logged_in(user.pk):
            self.send_notification_mail("account/email/new_device", user, {"device": device})
        note_login(member=user, device=device, address=address, by=Actor.member(user.pk), at=request.now)
        remember(request, response, user.pk)
        return response
