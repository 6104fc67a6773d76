"""Reading what was shown: the member's own, or any for staff who check."""

from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.queries import of_owners
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.roles.areas import CHECKS
from nakadachi.people.roles.queries import may
from nakadachi.people.verification.models import Evidence


def evidence_for(actor: Actor, evidence_id: int) -> Evidence:
    """One of them; raises `NotVisible`."""
    found = Evidence.objects.filter(pk=evidence_id).first()
    if found is None or not (actor.is_member(found.member_id) or may(actor, CHECKS)):
        raise NotVisible
    return found


def latest(member_id: int, what: str) -> tuple[Evidence, list[StoredFile]] | None:
    """What was shown last, with its pictures. Who may see it is decided by the page."""
    found = Evidence.objects.filter(member=member_id, what=what).order_by("-pk").first()
    return (found, of_owners("verification.evidence", [found.pk]).get(found.pk, [])) if found else None


def refusal_reason(member_id: int, what: str) -> str:
    """Why it could not be confirmed, as the member was told the last time."""
    told = Event.objects.filter(
        kind="member.check_refused", subject_type="people.member", subject_id=member_id, data__what=what
    )
    found = told.order_by("-id").first()
    return str(found.data["reason"]) if found else ""
