"""`staff add EMAIL`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nakadachi.infra.events.models import Event
from nakadachi.people.models import Member
from tests.earners import member

pytestmark = pytest.mark.django_db


def add(email: str) -> str:
    out = StringIO()
    call_command("staff", "add", email, stdout=out)
    return out.getvalue()


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
