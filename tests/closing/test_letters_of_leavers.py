"""An inquiry that waits when its member is erased keeps the address to answer to, until it is settled or 90 days."""

from datetime import timedelta

import pytest

from nakadachi.closing.actions import erasing
from nakadachi.closing.models import Kept
from nakadachi.infra.clock import now
from nakadachi.trust.inquiries.models import Inquiry, Message
from tests import ask, cast
from tests.closing import leaver

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Inquiry:
    member, present = cast.sakura(), now()
    asked = ask.by_member(member, at=present)
    erasing.erase(closing=leaver.closed(member, at=present), at=present)
    asked.refresh_from_db()
    return asked


def forget(at) -> int:
    timer = erasing.TIMERS[2]
    return sum(timer.act(pk, at) for _due_at, pk in timer.due(at, 10))


def test_it_becomes_a_letter_that_can_be_answered(letter):
    assert (letter.member_id, letter.email, letter.asker) == (None, "sakura@example.jp", "退会したメンバー")
    assert Message.objects.get(inquiry=letter).text == ask.QUESTION
    assert forget(now()) == 0


def test_what_is_settled_is_forgotten_once(letter):
    Inquiry.objects.filter(pk=letter.pk).update(status="closed", closed_at=now())
    assert (forget(now()), forget(now())) == (1, 0)
    assert leaver.found("sakura@example.jp") == {}
    assert Message.objects.get(inquiry=letter).text == "–"


def test_after_90_days_it_is_forgotten_unanswered(letter):
    later = now() + timedelta(days=92)
    for kept in Kept.objects.filter(ground="inquiry"):
        assert not erasing.purge(kept=kept, at=now() + timedelta(days=89))
        assert erasing.purge(kept=kept, at=later)
    assert leaver.found("sakura@example.jp") == {}


def test_letters_of_others_stay():
    other = ask.by_letter(at=now())
    Inquiry.objects.filter(pk=other.pk).update(status="closed", closed_at=now())
    assert forget(now()) == 0
    other.refresh_from_db()
    assert other.email == "visitor@example.jp"
