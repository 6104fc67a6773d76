"""Figures for monitoring: only with the token, true, and with nobody's name in them."""

import pytest
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db
TOKEN = {"authorization": "Bearer right-token"}


@pytest.fixture
def _token(settings) -> None:
    settings.METRICS_TOKEN = "right-token"


def test_without_a_token_there_are_none(settings) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", "right-toke", "Bearer ü"])
def test_a_wrong_token_is_answered_as_if_there_were_none(_token: None, given: str) -> None:
    assert Client().get("/metrics", headers={"authorization": given}).status_code == 404


def test_it_counts_requests_by_route_and_the_market(_token: None) -> None:
    cast.hanako()
    Client().get("/jobs/")
    Client().get("/no-such-page/xyz@example.jp/")
    said = Client().get("/metrics", headers=TOKEN).content.decode()
    assert 'route="jobs:list"' in said
    assert 'nakadachi_request_seconds_count{answer="4xx",method="GET",route="(none)"}' in said
    assert "nakadachi_members 1.0" in said
    assert "example.jp" not in said


def test_a_request_has_a_number(_token: None) -> None:
    own = Client().get("/healthz", headers={"x-request-id": "abc-12345678"})
    assert own["X-Request-ID"] == "abc-12345678"
    bad = Client().get("/healthz", headers={"x-request-id": "x\ty"})
    assert bad["X-Request-ID"] != "x\ty"
    assert len(bad["X-Request-ID"]) == 16


def test_ready_says_when_the_database_is_gone(monkeypatch) -> None:
    assert Client().get("/readyz").status_code == 200
    from django.db import OperationalError, connection

    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")
    assert Client().get("/healthz").status_code == 200
