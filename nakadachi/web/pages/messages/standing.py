"""What a thread is about and where that stands: a chip, and the page it leads to."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import queries as hours
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.trust.messaging.models import Thread
from nakadachi.trust.messaging.queries import Talk
from nakadachi.trust.messaging.situation import Situation

TONES = {"question": "plain", "proposal": "accent", "contract": "good", "over": "plain"}


@dataclass(frozen=True)
class Standing:
    """`label` and `tone` make the chip; `href` is the page of the work. `is_unheld`: no money is held under it."""

    label: str
    tone: str
    href: str
    is_unheld: bool = False


def standing_of(talk: Talk, now: Situation) -> Standing:
    """Of one thread."""
    label, tone = stage_label(now.stage), TONES[now.stage]
    contract = _contract(talk.thread) if now.has_met else None
    if contract is None:
        return Standing(label, tone, _address(talk.thread, has_met=now.has_met))
    is_unheld = contract.format == Job.Format.HOURLY and bool(hours.unheld([contract.pk]))
    return Standing(label, tone, reverse("contracts:detail", args=[contract.pk]), is_unheld)


def stage_label(stage: str) -> str:
    """In a word."""
    return {
        "question": pgettext("thread", "Question"),
        "proposal": pgettext("thread", "Proposal"),
        "contract": pgettext("thread", "Contract"),
        "over": pgettext("thread", "Ended"),
    }[stage]


def _contract(thread: Thread) -> Contract | None:
    return Contract.objects.filter(job=thread.job_id, worker=thread.worker_id).order_by("-pk").first()


def _address(thread: Thread, *, has_met: bool) -> str:
    pair = {"job": thread.job_id, "worker": thread.worker_id}
    proposals = Proposal.objects.filter(**pair).order_by("-pk").values_list("pk", flat=True)
    proposal_id = proposals.first() if has_met else None
    if proposal_id:
        return reverse("proposals:detail", args=[proposal_id])
    return reverse("jobs:detail", args=[thread.job_id])
