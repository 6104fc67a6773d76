"""Logs carry no address, no token, no mail, and no row of the database."""

import json
import logging
import sys
from types import SimpleNamespace

from nakadachi.infra.logs import JsonLines, PlainLines, WithoutContents


def lines(record: logging.LogRecord) -> tuple[dict[str, object], str]:
    assert WithoutContents().filter(record)
    return json.loads(JsonLines().format(record)), PlainLines("%(message)s").format(record)


def record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("some.logger", logging.ERROR, "file.py", 1, message, arguments, None)
    vars(made).update(more)
    return made


def test_a_failed_request_is_told_by_its_route() -> None:
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name="account_confirm_email"), id="r1")
    found, plain = lines(
        record("%s: %s", "Internal Server Error", "/accounts/confirm-email/Secret-Key/", request=request)
    )
    assert found["route"] == "account_confirm_email"
    assert found["request_id"] == "r1"
    assert "Secret" not in json.dumps(found) + plain
    assert plain == "Internal Server Error"


def test_a_job_is_told_by_its_name() -> None:
    job = {"id": 7, "task_name": "people.send_mail", "attempts": 1, "task_kwargs": {"to": "hanako@example.jp"}}
    message = "Starting job people.send_mail[7](to='hanako@example.jp', body='line\nsecret (a) link')"
    found, plain = lines(record(message, job=job))
    assert found["job"] == {"id": 7, "task": "people.send_mail", "attempts": 1}
    assert plain == "Starting job people.send_mail[7]"
    assert "hanako" not in json.dumps(found)


def test_a_database_error_keeps_its_row_to_itself() -> None:
    said = "duplicate key\nDETAIL:  Key (email)=(hanako@example.jp) already exists."
    try:
        raise ValueError(said)
    except ValueError:
        made = record("broke")
        made.exc_info = sys.exc_info()
    found, plain = lines(made)
    assert "hanako" not in json.dumps(found) + plain
    assert "duplicate key" in str(found["trace"])
