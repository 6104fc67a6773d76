"""Reads of contracts. A contract is seen by its two sides and by staff; everybody else gets `NotVisible`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal, TypeVar

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from nakadachi.infra.files import queries as file_queries
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.prepared import Among, Param, Prepared, hand_out
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import formats, todos
from nakadachi.market.contracts.models import (
    Contract,
    Delivery,
    EndProposal,
    Milestone,
    Nudge,
    Prompt,
    Revision,
    Terms,
    TermsChange,
)
from nakadachi.market.contracts.policy import may_see
from nakadachi.market.contracts.todos import ToDo, is_paying_now
from nakadachi.market.sourcing.models import Proposal

Side = Literal["client", "worker"]
Proposed = TypeVar("Proposed", EndProposal, TermsChange)
NEWEST = ("-id",)
RUNNING = (Contract.Status.OFFERED, Contract.Status.ACTIVE)


@dataclass(frozen=True)
class ContractView:
    """All of one contract, in a fixed number of queries. `files` (the worker's) and `wish_files` (the client's, with a
    request for changes) are by delivery id; `paying` are milestone ids."""

    contract: Contract
    milestones: Sequence[Milestone]
    files: dict[int, list[StoredFile]]
    wish_files: dict[int, list[StoredFile]]
    terms: Sequence[Terms]
    ends: Sequence[EndProposal]
    changes: Sequence[TermsChange]
    nudges: Sequence[Nudge]
    prompts: Sequence[Prompt]
    paying: frozenset[int] = field(default_factory=frozenset)

    @property
    def open_end(self) -> EndProposal | None:
        """The proposal to end that waits for an answer."""
        return next((end for end in self.ends if end.status == EndProposal.Status.OPEN), None)

    @property
    def open_change(self) -> TermsChange | None:
        """The proposal to change the terms that waits for an answer, or for the difference to be set aside."""
        return next((change for change in self.changes if change.is_waiting), None)

    @property
    def events(self) -> dict[str, list[int]]:
        """What the history of the contract is about, as `events_of`."""
        return {
            "contracts.contract": [self.contract.pk],
            "contracts.milestone": [milestone.pk for milestone in self.milestones],
            "contracts.endproposal": [end.pk for end in self.ends],
            "contracts.termschange": [change.pk for change in self.changes],
            "contracts.nudge": [nudge.pk for nudge in self.nudges],
            "contracts.prompt": [prompt.pk for prompt in self.prompts],
        }


def _shown_milestones() -> QuerySet[Milestone]:
    found = Milestone.objects.filter(contract=Param("contract")).select_related("hold")
    return found.annotate(is_paying=is_paying_now()).order_by("position")


_CONTRACT = Prepared(
    lambda: (
        Contract.objects.select_related("job", "proposal", "client__standing", "worker__standing")
        .annotate(has_nudges=Exists(Nudge.objects.filter(contract=OuterRef("pk"))))
        .annotate(has_prompts=Exists(Prompt.objects.filter(contract=OuterRef("pk"))))
        .filter(pk=Param("id"))
    )
)
_MILESTONES = Prepared(_shown_milestones)
_MILESTONE = Prepared(lambda: _shown_milestones().filter(pk=Param("only")))
_DELIVERIES = Prepared(
    lambda: Delivery.objects.filter(milestone__contract=Param("contract")).order_by("milestone_id", "number")
)
_TERMS = Prepared(lambda: Terms.objects.filter(contract=Param("contract")).order_by("version"))
_ENDS = Prepared(lambda: EndProposal.objects.filter(contract=Param("contract")))
_CHANGES = Prepared(lambda: TermsChange.objects.filter(contract=Param("contract")))


def contract_for(actor: Actor, contract_id: int) -> Contract:
    """A contract of the actor's, with job, proposal and both sides."""
    contract = _CONTRACT.first(id=contract_id)
    if contract is None or not may_see(actor, contract):
        raise NotVisible
    return contract


def milestone_for(actor: Actor, contract_id: int, milestone_id: int) -> Milestone:
    """One milestone of a contract of the actor's, with contract, sides and hold."""
    milestones = Milestone.objects.select_related("contract__client", "contract__worker", "contract__job", "hold")
    milestone = milestones.filter(pk=milestone_id, contract_id=contract_id).first()
    if milestone is None or not may_see(actor, milestone.contract):
        raise NotVisible
    return milestone


def milestones_of(contract: Contract) -> list[Milestone]:
    """The milestones in their order, each with its hold."""
    milestones = list(Milestone.objects.filter(contract=contract).select_related("hold").order_by("position"))
    for milestone in milestones:
        milestone.contract = contract
    return milestones


def milestones_of_holds(hold_ids: Sequence[int]) -> dict[int, Milestone]:
    """What each of several holds is for, with contract and sides, in one query, by hold id. Who may see it is decided
    by the query that found the holds."""
    found = _OF_HOLDS(holds=list(hold_ids)) if hold_ids else []
    return {milestone.hold_id: milestone for milestone in found if milestone.hold_id is not None}


_OF_HOLDS = Prepared(
    lambda: Milestone.objects.filter(Among(F("hold"), Param("holds"))).select_related(
        "contract__client", "contract__worker", "hold"
    )
)


def titles_of_holds(hold_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The titles of contract and milestone that each of several holds is for, and nothing else of them."""
    found = _TITLES(holds=list(hold_ids)) if hold_ids else []
    return {milestone.hold_id: (milestone.contract.title, milestone.title) for milestone in found if milestone.hold_id}


_TITLES = Prepared(
    lambda: (
        Milestone.objects.filter(Among(F("hold"), Param("holds")))
        .select_related("contract")
        .only("hold_id", "title", "contract__title")
    )
)


def waiting_change(contract: Contract) -> TermsChange | None:
    """The proposal to change the terms that waits for an answer, or for the difference to be set aside."""
    changes = TermsChange.objects.filter(contract=contract, status__in=TermsChange.WAITING)
    return changes.select_related("contract__client", "contract__worker", "proposed_by").first()


def change_for(actor: Actor, contract_id: int, change_id: int) -> TermsChange:
    """A proposal to change the terms of a contract of the actor's."""
    changes = TermsChange.objects.select_related("contract__client", "contract__worker", "proposed_by")
    change = changes.filter(pk=change_id, contract_id=contract_id).first()
    if change is None or not may_see(actor, change.contract):
        raise NotVisible
    return change


def has_delivered(contract: Contract) -> bool:
    """True once something was handed in under this contract and not taken back."""
    return Delivery.objects.filter(milestone__contract=contract, withdrawn_at=None).exists()


def events_of(contract: Contract) -> dict[str, list[int]]:
    """What the history of a contract is about: ids by model label."""
    return {
        "contracts.contract": [contract.pk],
        "contracts.milestone": list(Milestone.objects.filter(contract=contract).values_list("pk", flat=True)),
        "contracts.endproposal": list(EndProposal.objects.filter(contract=contract).values_list("pk", flat=True)),
        "contracts.termschange": list(TermsChange.objects.filter(contract=contract).values_list("pk", flat=True)),
        "contracts.nudge": list(Nudge.objects.filter(contract=contract).values_list("pk", flat=True)),
        "contracts.prompt": list(Prompt.objects.filter(contract=contract).values_list("pk", flat=True)),
    }


def ends_of(contract: Contract) -> list[EndProposal]:
    """Every proposal to end a contract, the newest first."""
    return list(EndProposal.objects.filter(contract=contract).select_related("proposed_by").order_by("-pk"))


def view_for(actor: Actor, contract_id: int, *, only: int | None = None) -> ContractView:
    """Everything the contract's page shows, or of its milestones `only` one. Withdrawn deliveries are the worker's
    alone."""
    contract = contract_for(actor, contract_id)
    milestones = _MILESTONES(contract=contract.pk) if only is None else _MILESTONE(contract=contract.pk, only=only)
    deliveries = _visible(_DELIVERIES(contract=contract.pk), contract, actor)
    hand_out(milestones, "deliveries", deliveries, by="milestone_id")
    for milestone in milestones:
        milestone.contract = contract
    shown = {milestone.pk for milestone in milestones}
    own = [delivery for delivery in deliveries if delivery.milestone_id in shown]
    delivery_ids = [delivery.pk for delivery in own]
    asked_ids = [delivery.pk for delivery in own if delivery.revision_requested_at is not None]
    return ContractView(
        contract=contract,
        milestones=milestones,
        files=file_queries.of_owners(Delivery._meta.label_lower, delivery_ids),
        wish_files=file_queries.of_owners(Revision._meta.label_lower, asked_ids) if asked_ids else {},
        terms=_TERMS(contract=contract.pk),
        ends=[_within(contract, end) for end in _ENDS(contract=contract.pk)],
        nudges=list(Nudge.objects.filter(contract=contract).order_by("pk")) if contract.has_nudges else [],
        prompts=list(Prompt.objects.filter(contract=contract).order_by("pk")) if contract.has_prompts else [],
        changes=[_within(contract, change) for change in _CHANGES(contract=contract.pk)],
        paying=frozenset(milestone.pk for milestone in milestones if milestone.is_paying),
    )


def _within(contract: Contract, proposed: Proposed) -> Proposed:
    """A proposal between the two sides, with the contract and the side that made it: both are here already."""
    proposed.contract = contract
    proposed.proposed_by = contract.client if proposed.proposed_by_id == contract.client_id else contract.worker
    return proposed


def _visible(deliveries: list[Delivery], contract: Contract, actor: Actor) -> list[Delivery]:
    if actor.is_member(contract.worker_id):
        return deliveries
    return [delivery for delivery in deliveries if delivery.withdrawn_at is None]


def delivery_for(actor: Actor, delivery_id: int) -> Delivery:
    """A delivery the actor may read (and with it, its files)."""
    delivery = Delivery.objects.select_related("milestone__contract").filter(pk=delivery_id).first()
    if delivery is None or not may_see(actor, delivery.milestone.contract):
        raise NotVisible
    if delivery.withdrawn_at is not None and not actor.is_member(delivery.milestone.contract.worker_id):
        raise NotVisible
    return delivery


def revision_for(actor: Actor, delivery_id: int) -> Delivery:
    """A delivery that was sent back, for those who may read the request (and with it, its files)."""
    delivery = delivery_for(actor, delivery_id)
    if delivery.revision_requested_at is None:
        raise NotVisible
    return delivery


def terms_for(actor: Actor, contract_id: int, version: int) -> Terms:
    """One version of the written terms."""
    contract = contract_for(actor, contract_id)
    terms = Terms.objects.filter(contract=contract, version=version).first()
    if terms is None:
        raise NotVisible
    terms.contract = contract
    return terms


def latest_terms_version(contract: Contract) -> int:
    """The newest version of the written terms; 0 before the agreement."""
    newest = Terms.objects.filter(contract=contract).order_by("-version").values_list("version", flat=True).first()
    return newest or 0


def end_proposal_for(actor: Actor, contract_id: int, end_id: int) -> EndProposal:
    """A proposal to end a contract of the actor's."""
    ends = EndProposal.objects.select_related("contract__client", "contract__worker", "proposed_by")
    end = ends.filter(pk=end_id, contract_id=contract_id).first()
    if end is None or not may_see(actor, end.contract):
        raise NotVisible
    return end


def mine(actor: Actor, *, side: Side | None = None, statuses: Sequence[str] = ()) -> QuerySet[Contract]:
    """The member's contracts on one side or both, with both sides; of some statuses or all."""
    as_client, as_worker = Q(client_id=actor.id), Q(worker_id=actor.id)
    condition = {"client": as_client, "worker": as_worker, None: as_client | as_worker}[side]
    contracts = Contract.objects.filter(condition).select_related("client", "worker")
    return contracts.filter(status__in=statuses) if statuses else contracts


def _milestones_in_order() -> "Prefetch[Any, Any, Any]":
    return Prefetch("milestones", queryset=Milestone.objects.select_related("hold").order_by("position"))


def mine_page(
    actor: Actor, *, side: Side | None = None, statuses: Sequence[str] = (), after: str = "", limit: int = 20
) -> Page[Contract]:
    """The same, the newest first, with milestones and holds."""
    contracts = mine(actor, side=side, statuses=statuses).prefetch_related(_milestones_in_order())
    return page_of(contracts, order=NEWEST, after=after, limit=limit)


def in_tab(
    actor: Actor, tab: Literal["proposed", "running", "inspection", "done"], *, side: Side | None = None
) -> QuerySet[Contract]:
    """The member's contracts as 仕事管理 sorts them, with milestones and holds: offers that wait for an answer, work
    that is going on, work with a delivery or a reported week to inspect, and what is over."""
    found = mine(actor, side=side).prefetch_related(_milestones_in_order())
    if tab == "proposed":
        return found.filter(status=Contract.Status.OFFERED)
    if tab == "done":
        return found.exclude(status__in=RUNNING)
    active = found.filter(status=Contract.Status.ACTIVE)
    return active.filter(_waits()) if tab == "inspection" else active.exclude(_waits())


def tab_counts(actor: Actor, *, side: Side | None = None) -> dict[str, int]:
    """How many contracts stand in each tab, in one query."""
    active = Q(status=Contract.Status.ACTIVE)
    counted = mine(actor, side=side).select_related(None).annotate(waits=_waits())
    return counted.aggregate(
        proposed=Count("pk", filter=Q(status=Contract.Status.OFFERED)),
        running=Count("pk", filter=active & Q(waits=False)),
        inspection=Count("pk", filter=active & Q(waits=True)),
        done=Count("pk", filter=~Q(status__in=RUNNING)),
    )


def _waits() -> Q:
    delivered = Milestone.objects.filter(contract=OuterRef("pk"), status=Milestone.Status.DELIVERED)
    return reduce(or_, (format.to_inspect() for format in formats.registry.values()), Q(Exists(delivered)))


def standing_for(actor: Actor, proposal: Proposal) -> Contract | None:
    """What came of a proposal of the member's; offers that were taken back are left out."""
    return mine(actor).filter(proposal=proposal).exclude(status=Contract.Status.WITHDRAWN).first()


def running_between(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Contract]:
    """The newest contract or offer that stands for each pair of job and worker, with sides, milestones and holds. Who
    may see it is decided by the query that found the pairs."""
    jobs, workers = {job_id for job_id, _ in pairs}, {worker_id for _, worker_id in pairs}
    found = Contract.objects.filter(job__in=jobs, worker__in=workers, status__in=RUNNING).select_related(
        "client", "worker"
    )
    return {(one.job_id, one.worker_id): one for one in found.prefetch_related(_milestones_in_order()).order_by("pk")}


def running(actor: Actor) -> QuerySet[Contract]:
    """Everything that is going on, the newest first, with milestones and holds."""
    return mine(actor, statuses=(Contract.Status.ACTIVE,)).prefetch_related(_milestones_in_order()).order_by(*NEWEST)


def reorder_waits(contract: Contract) -> bool:
    """True while an offer to go on from a finished contract waits for its answer."""
    return Contract.objects.filter(reorder_of=contract, status=Contract.Status.OFFERED).exists()


def places_taken(job_id: int) -> int:
    """How many places of a job are taken: by offers that stand, and by contracts that go on or were worked under.

    Going on with somebody who was hired before takes none.
    An offer that was declined, taken back or not answered gives its place back, and so does a contract that
    ended before any money was set aside: no work had begun.
    """
    taken = Q(status=Contract.Status.OFFERED) | _worked()
    return Contract.objects.filter(taken, job=job_id, proposal__isnull=False).count()


def hired(job_id: int) -> int:
    """The same without the offers that are not answered."""
    return Contract.objects.filter(_worked(), job=job_id, proposal__isnull=False).count()


def _worked() -> Q:
    began = Exists(Milestone.objects.filter(contract=OuterRef("pk"), hold__funded_at__isnull=False))
    return Q(status__in=(Contract.Status.ACTIVE, Contract.Status.COMPLETED)) | (Q(began) & Q(status="ended"))


def todo_for(actor: Actor, at: datetime) -> list[ToDo]:
    """Everything that waits for the member, the most pressing first (see `todos`)."""
    return todos.todo_for(actor, at)
