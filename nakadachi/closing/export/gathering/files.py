"""The files the member sent, and those that were handed to them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.db.models import Q, QuerySet

from nakadachi.closing.export.models import Export
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Delivery, Revision
from nakadachi.market.sourcing.models import Proposal
from nakadachi.market.tasks.models import Claim
from nakadachi.trust.messaging.models import Message


def files_of(member_id: int) -> QuerySet[StoredFile]:
    """Everything the member sent; what came with proposals, deliveries, revisions, answers and messages to them.

    As on the pages: not what was withdrawn, taken back, or not paid for. A file of the other side in a mediation stays
    with that side.
    """
    either = Q(client=member_id) | Q(worker=member_id)
    received = [
        (Delivery, Delivery.objects.filter(milestone__contract__client=member_id, withdrawn_at=None)),
        (Revision, Delivery.objects.filter(milestone__contract__worker=member_id, revision_requested_at__isnull=False)),
        (Proposal, Proposal.objects.filter(job__client=member_id).exclude(status=Proposal.Status.WITHDRAWN)),
        (Claim, Claim.objects.filter(task__client=member_id, status__in=["submitted", "approved"])),
        (Message, Message.objects.filter(taken_back_at=None, thread__in=_threads(either))),
    ]
    mine = Q(uploaded_by_id=member_id)
    for model, owners in received:
        mine |= Q(owner_type=model._meta.label_lower, owner_id__in=owners.values("pk"))
    return StoredFile.objects.filter(mine).exclude(owner_type=Export._meta.label_lower)


def _threads(either: Q) -> QuerySet[models.Model]:
    from nakadachi.trust.messaging.models import Thread

    return Thread.objects.filter(either).values("pk")  # type: ignore[return-value]


def ids_by_owner(member_id: int, model: type[models.Model], owner_ids: Iterable[int]) -> dict[int, list[int]]:
    """The numbers of the member's files of several owners, by owner."""
    wanted = list(owner_ids)
    found: dict[int, list[int]] = defaultdict(list)
    if wanted:
        rows = StoredFile.objects.filter(owner_type=model._meta.label_lower, owner_id__in=wanted).order_by("pk")
        for pk, owner_id in rows.values_list("pk", "owner_id"):
            found[owner_id].append(pk)
    return found
