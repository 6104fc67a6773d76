"""Reading file rows. Who may read one is decided by its owner object's own query."""

from collections import defaultdict
from collections.abc import Iterable

from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.refusal import NotVisible


def by_token(token: str) -> StoredFile:
    """The file of that token, still without any permission; raises `NotVisible`."""
    try:
        return StoredFile.objects.get(token=token)
    except StoredFile.DoesNotExist:
        raise NotVisible from None


def of_owners(owner_type: str, owner_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """All files of several owners in one query, by owner id."""
    found: dict[int, list[StoredFile]] = defaultdict(list)
    for row in StoredFile.objects.filter(owner_type=owner_type, owner_id__in=list(owner_ids)).order_by("id"):
        found[row.owner_id].append(row)
    return found
