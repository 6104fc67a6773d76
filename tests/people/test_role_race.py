"""Two administrators take each other's role at the same moment: one is left."""

import pytest

from nakadachi.people.roles.actions import give_role
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.roles.queries import staff
from tests import cast, earners
from tests.cast import by
from tests.together import at_once


@pytest.mark.races
@pytest.mark.parametrize("taken", [None, StaffRole.Role.SUPPORT])
def test_two_administrators_against_each_other_leave_one(committed_db, taken) -> None:
    pair = [cast.person(f"admin{n}@example.jp", f"事務局{n}", is_operator=True) for n in (1, 2)]
    give = lambda one, other: give_role(  # noqa: E731
        member=one, role=taken, reason="交代", by=by(other), at=earners.jst(2026, 11, 20)
    )
    answers = at_once(lambda: give(*pair), lambda: give(*reversed(pair)))
    assert sorted(str(answer) == "staff_only" for answer in answers) == [False, True]
    assert [role for _member, role in staff()].count(StaffRole.Role.ADMIN) == 1
