"""What somebody who left once posted is gone for strangers; whoever had to do with it keeps it."""

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Gone
from nakadachi.market.contracts.models import Contract
from nakadachi.market.sourcing.models import Proposal
from nakadachi.market.tasks.models import Claim
from nakadachi.people.models import Member
from nakadachi.trust.messaging.models import Thread


def refuse_strangers(actor: Actor | None, client: Member, job_id: int) -> None:
    """Raises `Gone` when the client's account is closed, and the viewer neither worked on it nor asked about it."""
    if not client.is_active and not (actor is not None and _had_to_do_with(actor, job_id)):
        raise Gone


def _had_to_do_with(actor: Actor, job_id: int) -> bool:
    if actor.is_staff:
        return True
    return (
        Proposal.objects.filter(job=job_id, worker=actor.id).exists()
        or Contract.objects.filter(job=job_id, worker=actor.id).exists()
        or Claim.objects.filter(task=job_id, worker=actor.id).exists()
        or Thread.objects.filter(job=job_id, worker=actor.id).exists()
    )
