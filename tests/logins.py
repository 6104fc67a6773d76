"""Logging in without the pages: as if the password had been given a moment ago."""

import time

from allauth.account.internal.flows import login
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from nakadachi.people.models import Member

SECRET = "TESTTESTTESTTEST2345TESTTESTTEST"


def protect(member: Member) -> None:
    """An authenticator app, as every operator has one."""
    TOTP.activate(member, SECRET)


def log_in(client: Client, member: Member) -> None:
    """`force_login`, and the session knows of a password that was given just now."""
    client.force_login(member)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.pk)
    session.save()


def come_back(client: Client, member: Member) -> None:
    """`force_login`, and a first page: the session was seen just now, as it was for nearly every request."""
    client.force_login(member)
    client.get("/mypage/")
