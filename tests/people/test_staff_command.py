"""`staff add EMAIL --role ROLE`, `staff list`, `staff remove EMAIL`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.money.payouts import policy
from nakadachi.people.models import Member
from nakadachi.people.roles import queries as roles
from tests.earners import member

pytestmark = pytest.mark.django_db


def staff(*words: str) -> str:
    out = StringIO()
    call_command("staff", *words, stdout=out)
    return out.getvalue()


def add(email: str) -> str:
    return staff("add", email)


def test_a_new_operator_logs_in_with_the_printed_password(client):
    password = add("boss@example.jp").split()[-1]
    person = Member.objects.get(email="boss@example.jp")
    assert person.is_operator
    assert client.post("/accounts/login/", {"login": person.email, "password": password}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_member_is_promoted_once_and_keeps_the_password():
    person = member()
    assert "Password" not in add(person.email.upper())
    add(person.email)
    person.refresh_from_db()
    assert person.is_operator
    assert person.check_password("correct horse battery")
    assert Event.objects.filter(kind="member.made_operator").count() == 1


def test_something_that_is_no_address_is_refused():
    with pytest.raises(CommandError, match="not a mail address"):
        add("boss")
    assert not Member.objects.exists()


def test_a_role_is_given_changed_and_listed():
    staff("add", "books@example.jp", "--role", "finance")
    person = Member.objects.get(email="books@example.jp")
    assert roles.role_of(person.pk) == "finance"
    staff("add", "books@example.jp", "--role", "support")
    assert "support  books@example.jp" in staff("list")
    changes = Event.objects.filter(kind="member.made_operator").order_by("id").values_list("data__changes", flat=True)
    assert list(changes) == [{"role": [None, "finance"]}, {"role": ["finance", "support"]}]


def test_who_is_removed_is_a_member_like_any_other(client):
    add("boss@example.jp")
    assert "no longer" in staff("remove", "BOSS@example.jp")
    person = Member.objects.get(email="boss@example.jp")
    assert not person.is_operator
    client.force_login(person)
    assert client.get("/staff/").status_code == 404
    with pytest.raises(CommandError, match="not an operator"):
        staff("remove", "boss@example.jp")


def test_actions_ask_for_the_role_too():
    person = Member.objects.get(email=add("desk@example.jp").split()[0])
    staff("add", person.email, "--role", "support")
    actor = Actor.staff(person.pk)
    assert policy.can_run(actor) == policy.STAFF_ONLY
    assert policy.can_sweep(actor) == policy.STAFF_ONLY
    staff("add", person.email, "--role", "finance")
    assert policy.can_run(actor) is None
    assert policy.can_sweep(actor) is None
