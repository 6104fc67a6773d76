"""The rows that the steps of the load speak of, by the names of the content; found again when a load is resumed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from uuid import UUID

from nakadachi.demo.content import Person, leavers, people
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.ids import key_for
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.models import Member


def demo_key(what: str, *names: object) -> UUID:
    """The request key of a step: the same at every try."""
    return key_for(f"demo.{what}", *names)


def everybody() -> tuple[Person, ...]:
    """All of the content, those who leave included."""
    return (*people(), *(leaver.person for leaver in leavers()))


@cache
def person(key: str) -> Person:
    """Somebody of the content."""
    return next(someone for someone in everybody() if someone.key == key)


class Stage:
    """Rows by name. Made anew for each load, so that nothing is remembered that was rolled back."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._proposals: dict[tuple[str, str], Proposal] = {}
        self._contracts: dict[str, Contract] = {}

    @cached_property
    def members(self) -> dict[str, Member]:
        """Everybody, once they have registered; whoever was erased has no address any more."""
        by_email = {member.email: member for member in Member.objects.filter(email__endswith="@example.jp")}
        return {someone.key: by_email[someone.email] for someone in everybody() if someone.email in by_email}

    def actor(self, key: str) -> Actor:
        """Somebody acting for themselves; the operator as staff."""
        member = self.members[key]
        return Actor.staff(member.pk) if member.is_operator else Actor.member(member.pk)

    def keep_job(self, slug: str, job: Job) -> None:
        """Remember a job that was just written."""
        self._jobs[slug] = job

    def job(self, slug: str) -> Job:
        """A job that was written before."""
        if slug not in self._jobs:
            self._jobs[slug] = Job.objects.get(request_key=demo_key("job", slug))
        return self._jobs[slug]

    def job_now(self, slug: str) -> Job:
        """The same as it is now."""
        return Job.objects.get(pk=self.job(slug).pk)

    def keep_proposal(self, slug: str, worker: str, proposal: Proposal) -> None:
        """Remember a proposal that was just sent."""
        self._proposals[slug, worker] = proposal

    def proposal(self, slug: str, worker: str) -> Proposal:
        """A proposal that was sent before."""
        known = self._proposals.get((slug, worker))
        return known or Proposal.objects.get(request_key=demo_key("proposal", slug, worker))

    def contract(self, slug: str) -> Contract:
        """A contract that was offered before."""
        if slug not in self._contracts:
            self._contracts[slug] = Contract.objects.get(request_key=demo_key("offer", slug))
        return self._contracts[slug]

    def milestone(self, slug: str, position: int) -> Milestone:
        """A milestone of it, as it is now, with its hold."""
        return Milestone.objects.select_related("hold", "contract").get(contract=self.contract(slug), position=position)

    def end_proposal(self, slug: str) -> EndProposal:
        """The proposal to end it that waits for an answer."""
        return EndProposal.objects.get(contract=self.contract(slug), status=EndProposal.Status.OPEN)


Act = Callable[[Stage, datetime], None]


@dataclass(frozen=True)
class Step:
    """One thing somebody does. `alone`: a provider is called, so no transaction may stand around it."""

    at: datetime
    act: Act
    alone: bool = False
