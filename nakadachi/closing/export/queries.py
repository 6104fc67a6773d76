"""Reading exports: one's own, and only those; the operator's people have no way to the contents."""

from nakadachi.closing.export.models import Export
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible


def newest(actor: Actor) -> Export | None:
    """The one the page is about."""
    return Export.objects.filter(member_id=_own(actor)).select_related("file").order_by("-pk").first()


def export_for(actor: Actor, export_id: int) -> Export:
    """One of the member's own, with its file."""
    export = Export.objects.filter(pk=export_id, member_id=_own(actor)).select_related("file").first()
    if export is None:
        raise NotVisible
    return export


def archive_for(actor: Actor, export_id: int) -> Export:
    """One that can be fetched now; what is not ready, or is removed, is not there."""
    export = export_for(actor, export_id)
    if export.file is None:
        raise NotVisible
    return export


def _own(actor: Actor) -> int:
    """Staff have none, even when the same person has some as a member."""
    return actor.id or 0 if actor.kind == "member" else 0
