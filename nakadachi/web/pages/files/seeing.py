"""Who may see a stored file: whoever may see the object it belongs to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext

from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.queries import by_token
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.sourcing import queries as proposals
from nakadachi.market.tasks import queries as tasks
from nakadachi.people.access.queries import is_trusted_operator
from nakadachi.people.verification.queries import evidence_for
from nakadachi.trust.mediation import queries as mediation
from nakadachi.trust.messaging import queries as messaging
from nakadachi.web.ui.answers import actor_of, staff_of
from nakadachi.web.ui.parts import Link

VISIBLE: dict[str, Callable[[Actor, int], Any]] = {
    "contracts.delivery": contracts.delivery_for,
    "contracts.revision": contracts.revision_for,
    "jobs.job": jobs.job_for,
    "sourcing.proposal": proposals.proposal_for,
    "mediation.statement": mediation.statement_for,
    "messaging.message": messaging.message_for,
    "tasks.claim": tasks.answer_for,
    "verification.evidence": evidence_for,
}


def file_for(request: HttpRequest, token: str) -> tuple[StoredFile, Any]:
    """The file and its owner object, for this reader; raises `NotVisible`."""
    stored = by_token(token)
    visible = VISIBLE.get(stored.owner_type)
    if visible is None:
        raise NotVisible
    reader = staff_of(request) if is_trusted_operator(request.user) else actor_of(request)
    return stored, visible(reader, stored.owner_id)


def place_of(stored: StoredFile, owner: Any) -> Link:
    """The page the file belongs to."""
    if stored.owner_type == "jobs.job":
        return Link(owner.title, reverse("jobs:detail", args=[owner.pk]))
    if stored.owner_type == "sourcing.proposal":
        return Link(owner.job.title, reverse("proposals:detail", args=[owner.pk]))
    if stored.owner_type == "messaging.message":
        href = reverse("messages:thread", args=[owner.thread_id])
        return Link(owner.thread.job.title, f"{href}?from={owner.pk}#m{owner.pk}")
    if stored.owner_type == "verification.evidence":
        return Link(pgettext("verification", "Identity and phone"), reverse("settings:verification"))
    if stored.owner_type == "tasks.claim":
        return Link(owner.task.job.title, reverse("tasks:answer", args=[owner.task_id, owner.pk]))
    if stored.owner_type == "mediation.statement":
        return Link(owner.case.contract.title, reverse("mediation:detail", args=[owner.case_id]))
    contract = owner.milestone.contract
    return Link(contract.title, reverse("contracts:detail", args=[contract.pk]))
