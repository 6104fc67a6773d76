"""Locking by hand-written statements gives the same objects as the ORM, in one order."""

import threading

import pytest
from django.db import connections, transaction

from nakadachi.infra.locks import locked
from nakadachi.people.models import Member
from tests.infra.people import someone


@pytest.mark.django_db
def test_locked_rows_are_the_rows_of_the_orm_in_the_order_of_their_ids():
    first, second = someone("a"), someone("b")
    with transaction.atomic():
        found = locked(Member, id=[second.pk, first.pk, 10**9])
        assert found == [first, second]
        assert [vars(row) | {"_state": None} for row in found] == [
            vars(row) | {"_state": None} for row in Member.objects.order_by("pk").filter(pk__in=[first.pk, second.pk])
        ]
        assert locked(Member, email="b@example.com", is_active=True) == [second]
        assert locked(Member, id=10**9) == []
        assert not found[0]._state.adding


def test_a_lock_holds_others_back_until_the_end(committed_db):
    member = someone("a")
    order = []

    def second() -> None:
        with transaction.atomic():
            locked(Member, id=member.pk)
            order.append("second")
        connections.close_all()

    with transaction.atomic():
        locked(Member, id=member.pk)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.3)
        order.append("first")
    thread.join(timeout=10)
    assert order == ["first", "second"]


def test_no_lock_without_a_transaction(committed_db):
    with pytest.raises(AssertionError, match="without a transaction"):
        locked(Member, id=1)
