"""Logging in by allauth; the member of a request comes with their standing, in the same query."""

from allauth.account.auth_backends import AuthenticationBackend

from nakadachi.people.at_hand import taken
from nakadachi.people.models import Member


class MemberBackend(AuthenticationBackend):
    """`request.user.standing` costs nothing, so that every page can say what a member has to know of it."""

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session, unless the account is closed."""
        member = taken(user_id) or Member.objects.select_related("standing").filter(pk=user_id).first()
        return member if member is not None and self.user_can_authenticate(member) else None
