"""The database's own law of a claim: what it has in each status, whoever writes it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nakadachi.market.tasks.models import Claim
from tests import taskwork
from tests.taskwork import LATER

pytestmark = pytest.mark.django_db
SINCE = {"submitted_at": LATER}
BY = LATER + timedelta(days=14)
WHOLE = {
    "reserved": {},
    "lapsed": {},
    "submitted": {**SINCE, "auto_approve_at": BY},
    "approved": SINCE,
    "rejected": {**SINCE, "appeal_by": BY, "reason": "wrong"},
    "appealed": {**SINCE, "decide_by": BY, "appeal_text": "指示のとおりに書きました"},
    "refused": SINCE,
}
NOTHING = {"submitted_at": None, "auto_approve_at": None, "appeal_by": None, "reason": "", "decide_by": None,
           "appeal_text": ""}  # fmt: skip


def written(status: str, has: dict[str, object]) -> int:
    """One claim made to stand as asked, by the plainest statement there is."""
    with transaction.atomic():
        return Claim.objects.update(**{**NOTHING, "status": status, **has})


@pytest.fixture
def claim() -> Claim:
    return taskwork.claim()


def test_every_status_has_its_law() -> None:
    assert set(WHOLE) == set(Claim.Status.values)


@pytest.mark.parametrize("status", WHOLE)
def test_what_is_whole_is_kept(claim, status) -> None:
    assert written(status, WHOLE[status]) == 1


@pytest.mark.parametrize(("status", "missing"), [(status, name) for status, has in WHOLE.items() for name in has])
def test_what_lacks_something_is_not(claim, status, missing) -> None:
    with pytest.raises(IntegrityError, match="claim_whole"):
        written(status, {**WHOLE[status], missing: NOTHING[missing]})


@pytest.mark.parametrize("status", ["reserved", "lapsed"])
def test_what_is_not_answered_has_no_moment_of_it(claim, status) -> None:
    with pytest.raises(IntegrityError, match="claim_whole"):
        written(status, SINCE)


def test_no_other_status_is_known(claim) -> None:
    with pytest.raises(IntegrityError, match="claim_whole"):
        written("gone", SINCE)
