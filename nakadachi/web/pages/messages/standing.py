"""What a thread is about and where that stands: a chip, and the page it leads to."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from nakadachi.market.contracts.models import Contract
from nakadachi.market.sourcing.models import Proposal
from nakadachi.trust.messaging.queries import Talk
from nakadachi.trust.messaging.situation import Situation

TONES = {"question": "plain", "proposal": "accent", "contract": "good", "over": "plain"}


@dataclass(frozen=True)
class Standing:
    """`label` and `tone` make the chip; `href` is the page of the work."""

    label: str
    tone: str
    href: str


def standing_of(talk: Talk, now: Situation) -> Standing:
    """Of one thread."""
    return Standing(stage_label(now.stage), TONES[now.stage], _address(talk, now))


def stage_label(stage: str) -> str:
    """In a word."""
    return {
        "question": pgettext("thread", "Question"),
        "proposal": pgettext("thread", "Proposal"),
        "contract": pgettext("thread", "Contract"),
        "over": pgettext("thread", "Ended"),
    }[stage]


def _address(talk: Talk, now: Situation) -> str:
    thread = talk.thread
    pair = {"job": thread.job_id, "worker": thread.worker_id}
    if now.has_met:
        contract_id = Contract.objects.filter(**pair).order_by("-pk").values_list("pk", flat=True).first()
        if contract_id:
            return reverse("contracts:detail", args=[contract_id])
        proposal_id = Proposal.objects.filter(**pair).order_by("-pk").values_list("pk", flat=True).first()
        if proposal_id:
            return reverse("proposals:detail", args=[proposal_id])
    return reverse("jobs:detail", args=[thread.job_id])
