"""Logs for machines: one JSON object a line, without personal data.

A request is told by its route, never by its address (which may hold a token), and by nobody's name or address. What a
database error quotes of the row is left out.
"""

import json
import logging
import re
from datetime import UTC, datetime

FIELDS = ("request_id", "method", "route", "status", "milliseconds", "job")
_QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS):.*$", re.MULTILINE)
_SECRET_PATH = re.compile(r": /\S*")
_ARGUMENTS = re.compile(r"\(.*\)", re.DOTALL)


def without_details(text: str) -> str:
    """The text of an error without the values that the database quotes."""
    return _QUOTED_ROW.sub(r"\1: …", text)


class WithoutContents(logging.Filter):
    """Django says the path of a failed request, the queue the arguments of a job: route and name are enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let it through, shortened."""
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.route = match.view_name if match else ""
            record.request_id = getattr(request, "id", "")
            record.msg, record.args = _SECRET_PATH.sub("", record.getMessage()), ()
        job = getattr(record, "job", None)
        if isinstance(job, dict):
            record.msg, record.args = _ARGUMENTS.sub("", record.getMessage()), ()
            record.job = {"id": job.get("id"), "task": job.get("task_name"), "attempts": job.get("attempts")}
        return True


class JsonLines(logging.Formatter):
    """Time, level, logger, message, the fields above, and the trace of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_details(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = without_details(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the trace under it."""
        return without_details(super().format(record))
