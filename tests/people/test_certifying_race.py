"""Two of the staff certify the same member at the same moment, or withdraw it."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.people.standing.certifying import certify, withdraw_certification
from nakadachi.people.standing.queries import standing_of
from tests import cast, earners
from tests.together import at_once

AT = earners.jst(2026, 11, 20)


@pytest.mark.races
@pytest.mark.parametrize("call", [certify, withdraw_certification])
def test_one_decides_and_the_other_is_told(call, committed_db):
    member, offices = cast.hanako(), cast.offices()
    people = [Actor.staff(offices[role].pk) for role in ("support", "admin")]
    if call is withdraw_certification:
        certify(member=member, reason="理由", by=people[0], at=AT)
    answers = at_once(*[lambda by=by: call(member=member, reason="理由", by=by, at=AT) for by in people])
    code = "already_certified" if call is certify else "not_certified"
    assert sorted(str(answer) for answer in answers) == sorted([code, f"standing of {member.pk}"])
    kind = "member.certified" if call is certify else "member.certification_withdrawn"
    assert Event.objects.filter(kind=kind).count() == 1
    assert (standing_of(member.pk).certified_at is None) == (call is withdraw_certification)
