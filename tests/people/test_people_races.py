"""Two tabs, one member: one current bank account."""

import pytest

from nakadachi.kernel.actor import Actor
from nakadachi.people.models import BankAccount
from nakadachi.people.standing import blocking
from nakadachi.people.standing.models import Block
from tests.earners import member, with_account
from tests.together import at_once

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("committed_db")]


def test_eight_register_at_once():
    person = member()
    answers = at_once(*[lambda n=n: with_account(person, number=str(n + 1)) for n in range(8)])
    assert all(isinstance(answer, BankAccount) for answer in answers)
    assert BankAccount.objects.filter(member=person).count() == 8
    assert BankAccount.objects.filter(member=person, replaced_at=None).count() == 1


def test_eight_register_the_same_account():
    person = member()
    answers = at_once(*[lambda: with_account(person)] * 8)
    assert len({answer.pk for answer in answers}) == 1
    assert Actor.member(person.pk).is_member(answers[0].member_id)


def test_four_blocks_at_once_are_one():
    person, other = member(), member("れん")
    by = Actor.member(person.pk)
    at_once(*[lambda: blocking.block(member=person, other=other, by=by, at=person.joined_at)] * 4)
    assert Block.objects.filter(member=person, blocked=other).count() == 1
