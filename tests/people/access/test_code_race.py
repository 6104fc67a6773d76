"""One code, two logins at the same moment."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from nakadachi.infra.clock import now
from nakadachi.people.access import codes
from tests import cast, logins
from tests.together import at_once


def test_one_code_lets_one_in(committed_db):
    person, at = cast.hanako(), now()
    logins.protect(person)
    RecoveryCodes.activate(person)
    typed = codes.code_of(logins.SECRET, codes.counts_around(at)[1])
    spare = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]

    def by_app() -> bool:
        return codes.use(Authenticator.objects.get(user=person, type="totp"), typed, at)

    def by_spare() -> bool:
        return Authenticator.objects.get(user=person, type="recovery_codes").wrap().validate_code(spare)

    assert sorted(at_once(by_app, by_app, by_app)) == [False, False, True]
    assert sorted(at_once(by_spare, by_spare, by_spare)) == [False, False, True]
