"""Operators without a second factor are led to one; every address of the console is in `every_page/`."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import cast, logins

pytestmark = pytest.mark.django_db
STEP = reverse("staff:second_step")


def test_right_after_login_the_way_is_shown():
    cache.clear()
    operator, client = cast.tanaka(), Client()
    Authenticator.objects.all().delete()
    answer = client.post(reverse("account_login"), {"login": operator.email, "password": cast.PASSWORD})
    assert answer.url == STEP
    page = client.get(STEP)
    assert page.status_code == 200
    assert reverse("mfa_activate_totp") in page.content.decode()
    assert client.get("/staff/").url == STEP
    logins.protect(operator)
    assert client.get("/staff/").status_code == 200
    assert client.get(STEP).url == "/staff/"


@pytest.mark.parametrize("who", ["member", "nobody"])
def test_for_others_the_page_does_not_exist(client, who):
    if who == "member":
        client.force_login(cast.hanako())
    assert client.get(STEP).status_code == 404
