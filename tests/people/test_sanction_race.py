"""Two of the staff suspend the same member at the same moment."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.people.standing.sanctions import suspend
from tests import cast, earners
from tests.together import at_once


@pytest.mark.races
def test_one_suspends_and_the_other_is_told(committed_db):
    member, by, at = cast.hanako(), Actor.staff(cast.offices()["support"].pk), earners.jst(2026, 11, 20)
    answers = at_once(*[lambda: suspend(member=member, reason="理由", by=by, at=at)] * 2)
    assert sorted(str(answer) for answer in answers) == ["already_suspended", f"standing of {member.pk}"]
    assert Event.objects.filter(kind="member.suspended").count() == 1
