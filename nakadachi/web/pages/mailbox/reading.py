"""Reading the files that `infra.mail.mailbox.FileMailbox` writes."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import cast

from django.conf import settings

SHOWN_MAX = 200
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-[0-9a-f]{8}\.eml")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `body` is plain text, `html` the same as a page; `stop` is where its mails can be stopped."""

    name: str
    at: datetime
    to: str
    subject: str
    body: str
    html: str = ""
    stop: str = ""


def newest(to: str = "") -> list[Mail]:
    """The newest mails first; with `to` only those whose address contains it."""
    return [mail for mail in _latest() if to.lower() in mail.to.lower()]


def readers() -> list[tuple[str, int]]:
    """Who has mail among the newest, and how many; who has most comes first."""
    return Counter(mail.to for mail in _latest()).most_common()


def _latest() -> list[Mail]:
    folder = Path(settings.EMAIL_FILE_PATH)
    names = sorted((path.name for path in folder.glob("*.eml") if _NAME.fullmatch(path.name)), reverse=True)
    return [mail for name in names[:SHOWN_MAX] if (mail := read(name))]


def read(name: str) -> Mail | None:
    """The mail of that file name; None if there is none (a name that is not ours is never opened)."""
    match = _NAME.fullmatch(name)
    path = Path(settings.EMAIL_FILE_PATH) / name
    if match is None or not path.is_file():
        return None
    message = cast(EmailMessage, BytesParser(policy=policy.default).parsebytes(path.read_bytes()))
    body, html = message.get_body(("plain",)), message.get_body(("html",))
    return Mail(
        name=name,
        at=datetime.strptime(match[1], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=body.get_content() if body is not None else "",
        html=html.get_content() if html is not None else "",
        stop=str(message["List-Unsubscribe"] or "").strip("<>"),
    )
