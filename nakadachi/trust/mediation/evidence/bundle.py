"""What an archive of evidence consists of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Terms
from nakadachi.trust.mediation.models import Case

FILES_MAX = 300
BYTES_MAX = 500_000_000
MESSAGES_MAX = 5_000
EXCERPT_MAX = 1_500
"""So much of a text stands on the cover; the whole of it stands in the texts beside it."""


@dataclass(frozen=True)
class Enclosure:
    """A stored file under its path in the archive."""

    path: str
    stored: StoredFile


@dataclass(frozen=True)
class Bundle:
    """Everything, read; only the bytes of stored files are still to be fetched. `as_of` is its newest moment."""

    case: Case
    as_of: datetime
    cover: dict[str, Any]
    texts: dict[str, str]
    terms: list[Terms]
    enclosures: list[Enclosure] = field(default_factory=list)
