"""Reading file rows. Who may read one is decided by its owner object's own query."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.prepared import Among, Param, Prepared
from nakadachi.kernel.refusal import NotVisible

_OF_OWNERS = Prepared(
    lambda: StoredFile.objects.filter(Among(F("owner_id"), Param("ids")), owner_type=Param("type")).order_by("id")
)


def by_token(token: str) -> StoredFile:
    """The file of that token, still without any permission; raises `NotVisible`."""
    try:
        return StoredFile.objects.get(token=token)
    except StoredFile.DoesNotExist:
        raise NotVisible from None


def of_owners(owner_type: str, owner_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """All files of several owners in one query, by owner id."""
    found: dict[int, list[StoredFile]] = defaultdict(list)
    wanted = list(owner_ids)
    for row in _OF_OWNERS(type=owner_type, ids=wanted) if wanted else ():
        found[row.owner_id].append(row)
    return found
