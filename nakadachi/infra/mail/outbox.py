"""Writing letters: in the caller's transaction, each key once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from nakadachi.infra.mail.models import SUBJECT_LENGTH_MAX, Mail
from nakadachi.infra.queue import defer
from nakadachi.infra.text import tidy_line

SEND = "mail.send"
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """What to send. `kind` says for staff what it was about."""

    key: UUID
    kind: str
    to: str
    subject: str
    text: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)


def write(letters: Sequence[Letter], *, at: datetime) -> list[int]:
    """Keep the letters that are new and ask for their sending; returns the ids of all of them."""
    keys = [letter.key for letter in letters]
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    Mail.objects.bulk_create([_row(letter, at) for letter in letters if letter.key not in known], ignore_conflicts=True)
    found = dict(Mail.objects.filter(key__in=keys).values_list("key", "pk"))
    fresh = [found[key] for key in keys if key not in known]
    for start in range(0, len(fresh), AT_ONCE):
        defer(SEND, mail_ids=fresh[start : start + AT_ONCE])
    return [found[key] for key in keys]


def _row(letter: Letter, at: datetime) -> Mail:
    """One line is one line: nothing a member typed can begin a header of its own."""
    return Mail(
        key=letter.key,
        kind=letter.kind,
        to=tidy_line(letter.to),
        subject=tidy_line(letter.subject)[:SUBJECT_LENGTH_MAX],
        text=letter.text,
        language=letter.language,
        headers=letter.headers,
        written_at=at,
        next_at=at,
    )
