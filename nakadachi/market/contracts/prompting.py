"""確認のお願い: what waits for the other side, since when, and from when the waiting side may ask for a look.

It is asked about whatever the other side has to do next: an offer to answer, money to set aside, a delivery to inspect.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.days import day_and_time
from nakadachi.kernel.calendar import start_of_day
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.market.contracts.models import Contract, Milestone, Prompt
from nakadachi.market.contracts.todos import is_paying_now
from nakadachi.market.contracts.turn import turn_of
from nakadachi.money import rulebook

NOTHING_WAITS = Refusal(
    "nothing_waits", N_("Nothing waits for the other side at the moment. Please look at the contract's page.")
)
TOO_EARLY = Refusal(
    "prompt_too_early",
    N_("It has been waiting only since %(since)s. You can ask the other side to look at it from %(day)s on."),
)
NOT_DUE = Refusal("prompt_not_due", N_("You can ask the other side to look at it from %(day)s on."))
ASKED_LATELY = Refusal(
    "prompted_lately", N_("You asked on %(asked)s. You can ask the other side again from %(day)s on.")
)
_WHATS = {"confirm": "offer", "accept": "inspection", "fund": "funding"}
_LABELS: dict[str, Promise] = {
    "offer": _("Ask for an answer to the offer"),
    "inspection": _("Ask for the inspection"),
    "funding": _("Ask for the money to be set aside"),
}


@dataclass(frozen=True)
class Waiting:
    """What waits: `asker_id` waits for the other side since then."""

    what: str
    asker_id: int
    since: datetime
    milestone: Milestone | None

    @property
    def label(self) -> Promise:
        """What the button says: what the other side is asked to do."""
        return _LABELS[self.what]


@dataclass(frozen=True)
class Asking:
    """What waits, as its asker finds it: with a `refusal` the other side cannot be asked at that moment."""

    waiting: Waiting
    refusal: Refusal | None


def waiting_of(
    contract: Contract, milestones: Sequence[Milestone], paying: Collection[int] = (), *, at: datetime
) -> Waiting | None:
    """What the next step waits for, if it is one of these three. Milestones come with their holds."""
    if contract.status == Contract.Status.OFFERED:
        return Waiting("offer", contract.client_id, contract.offered_at, None)
    turn = turn_of(contract, milestones, paying, at=at)
    milestone = turn.milestone
    if milestone is None or turn.action not in _WHATS:
        return None
    since = milestone.delivered_at or _fundable_since(contract, milestones, milestone)
    return Waiting(_WHATS[turn.action], contract.worker_id, since, milestone)


def _fundable_since(contract: Contract, milestones: Sequence[Milestone], milestone: Milestone) -> datetime:
    """Since the agreement, or the end of what came before; a month since shortly before it begins."""
    moments = [contract.agreed_at, *(one.closed_at for one in milestones)]
    if milestone.period_from is not None:
        ahead = timedelta(days=rulebook.current().monthly.ahead_days)
        moments = [contract.agreed_at, start_of_day(milestone.period_from - ahead)]
    return max(moment for moment in moments if moment is not None)


def last_of(contract: Contract, asker_id: int) -> Prompt | None:
    """The last time that side asked."""
    return Prompt.objects.filter(contract=contract, asked_by=asker_id).order_by("-asked_at").first()


def refusal_of(waiting: Waiting, last: Prompt | None, at: datetime) -> Refusal | None:
    """Some days after it began to wait, and so many days apart."""
    rules = rulebook.current().silence
    free_at = waiting.since + timedelta(days=rules.prompt_after_days)
    again_at = last.asked_at + timedelta(days=rules.prompt_again_days) if last is not None else free_at
    if last is not None and at < again_at and again_at >= free_at:
        return ASKED_LATELY.with_params(asked=day_and_time(last.asked_at), day=day_and_time(again_at))
    if at < waiting.since:
        return NOT_DUE.with_params(day=day_and_time(free_at))
    if at < free_at:
        return TOO_EARLY.with_params(since=day_and_time(waiting.since), day=day_and_time(free_at))
    return None


def askings_of(asker_id: int, contract_ids: Iterable[int], at: datetime) -> dict[int, Asking]:
    """By contract what that side may ask for. Contracts in which nothing waits for the other side are left out. In a
    number of queries that does not grow with them."""
    contracts = Contract.objects.in_bulk(list(contract_ids))
    milestones = Milestone.objects.filter(contract__in=contracts).select_related("hold").order_by("position")
    of: dict[int, list[Milestone]] = {}
    for milestone in milestones.annotate(is_paying=is_paying_now()):
        milestone.contract = contracts[milestone.contract_id]
        of.setdefault(milestone.contract_id, []).append(milestone)
    asked = Prompt.objects.filter(contract__in=contracts, asked_by=asker_id).order_by("asked_at")
    last = {prompt.contract_id: prompt for prompt in asked}
    found = {}
    for contract in contracts.values():
        pieces = of.get(contract.pk, [])
        waiting = waiting_of(contract, pieces, [one.pk for one in pieces if one.is_paying], at=at)
        if waiting is not None and waiting.asker_id == asker_id:
            found[contract.pk] = Asking(waiting, refusal_of(waiting, last.get(contract.pk), at))
    return found
