"""Who may propose, choose, decline and withdraw, and what speaks against a proposal."""

from datetime import date, datetime, timedelta

from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, N_, Refusal
from nakadachi.market.jobs import policy as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import PROPOSAL
from nakadachi.market.sourcing.models import TEMPLATE_NAME_LENGTH_MAX, Proposal
from nakadachi.money import rulebook
from nakadachi.people.standing import policy as standing

DELIVER_WITHIN_DAYS = 730
TEMPLATES_MAX = 20

MEMBERS_ONLY = Refusal("members_only", N_("Please log in as a member to send a proposal."), 403)
OWN_JOB = Refusal("own_job", N_("This is your own job: you cannot send a proposal to yourself."), 403)
ALREADY_PROPOSED = Refusal(
    "already_proposed", N_("You have already sent a proposal for this job. Withdraw it first to send a new one.")
)
NOT_YOURS = Refusal("not_your_proposal", N_("Only the worker who sent this proposal can do that."), 403)
NOT_CLIENT = Refusal("not_client_of_proposal", N_("Only the client of this job can do that."), 403)
ALREADY_CHOSEN = Refusal(
    "already_chosen",
    N_("The client has already chosen this proposal. Please answer the offer instead: you may decline it freely."),
)

APPROACH_MISSING = Refusal(
    "approach_missing", N_("Please write how you would do this job. This part is always new."), 422, field="approach"
)
TEXT_TOO_LONG = Refusal(
    "text_too_long", N_("Please shorten this text to %(length_max)s characters or less (now %(length)s)."), 422
)
AMOUNT_TOO_SMALL = Refusal("amount_too_small", N_("Please enter %(minimum)s or more."), 422, field="amount_yen")
AMOUNT_TOO_LARGE = Refusal(
    "amount_too_large", N_("This amount is too large. Please check the number of digits."), 422, field="amount_yen"
)
DELIVERY_PAST = Refusal("delivery_past", N_("Please choose a day after today."), 422, field="deliver_on")
DELIVERY_TOO_LATE = Refusal(
    "delivery_too_late", N_("Please choose a day within %(days)s days."), 422, field="deliver_on"
)
TEMPLATE_NAME_MISSING = Refusal("template_name_missing", N_("Please give the template a name."), 422, field="name")
TEMPLATE_NAME_TOO_LONG = Refusal(
    "template_name_too_long", N_("Please shorten the name to %(length_max)s characters or less."), 422, field="name"
)
TEMPLATE_EMPTY = Refusal(
    "template_empty", N_("Please write an introduction or a track record to keep."), 422, field="introduction"
)
TOO_MANY_TEMPLATES = Refusal(
    "too_many_templates", N_("You can keep %(count)s templates. Please remove one first."), 409
)


def can_propose(actor: Actor | None, job: Job, at: datetime) -> Refusal | None:
    """Any member but the client, while the job takes proposals and neither blocked the other. That it is the only one
    is checked in the action."""
    if actor is None or actor.kind != "member":
        return MEMBERS_ONLY
    if actor.is_member(job.client_id):
        return OWN_JOB
    if not jobs.takes_proposals(job, at):
        return jobs.NOT_OPEN
    return standing.can_deal(actor.id or 0, job.client_id)


def can_withdraw(actor: Actor, proposal: Proposal) -> Refusal | None:
    """The worker, until the client has chosen."""
    if not actor.is_member(proposal.worker_id):
        return NOT_YOURS
    if proposal.status == Proposal.Status.CHOSEN:
        return ALREADY_CHOSEN
    return None if PROPOSAL.allows(proposal.status, "withdraw") else MOVE_NOT_ALLOWED


def can_decline(actor: Actor, proposal: Proposal) -> Refusal | None:
    """The client, while the proposal waits."""
    if not actor.is_member(proposal.job.client_id):
        return NOT_CLIENT
    return None if PROPOSAL.allows(proposal.status, "decline") else MOVE_NOT_ALLOWED


def draft_refusal(draft: ProposalDraft, today: date) -> Refusal | None:
    """The first thing that speaks against a proposal. Texts are tidy already."""
    if not draft.approach:
        return APPROACH_MISSING
    for field in ("introduction", "track_record", "approach"):
        length = len(getattr(draft, field))
        if length > TEXT_LENGTH_MAX:
            return _too_long(field, length)
    return amount_refusal(draft.amount_yen) or _date_refusal(draft.deliver_on, today)


def _too_long(field: str, length: int) -> Refusal:
    params = {"length_max": TEXT_LENGTH_MAX, "length": length}
    return Refusal(TEXT_TOO_LONG.code, TEXT_TOO_LONG.sentence, TEXT_TOO_LONG.status, params, field)


def amount_refusal(amount_yen: Yen) -> Refusal | None:
    """A price lies between the smallest of the rulebook and what a ledger row may carry."""
    minimum_yen = rulebook.current().amount_minimum_yen
    if amount_yen < minimum_yen:
        return AMOUNT_TOO_SMALL.with_params(minimum=format_yen(minimum_yen))
    return None if amount_yen < AMOUNT_YEN_MAX else AMOUNT_TOO_LARGE


def _date_refusal(deliver_on: date, today: date) -> Refusal | None:
    if deliver_on <= today:
        return DELIVERY_PAST
    last_on = today + timedelta(days=DELIVER_WITHIN_DAYS)
    return None if deliver_on <= last_on else DELIVERY_TOO_LATE.with_params(days=DELIVER_WITHIN_DAYS)


def template_refusal(name: str, introduction: str, track_record: str) -> Refusal | None:
    """A template has a name and something to reuse."""
    if not name:
        return TEMPLATE_NAME_MISSING
    if len(name) > TEMPLATE_NAME_LENGTH_MAX:
        return TEMPLATE_NAME_TOO_LONG.with_params(length_max=TEMPLATE_NAME_LENGTH_MAX)
    if not introduction and not track_record:
        return TEMPLATE_EMPTY
    for field, text in (("introduction", introduction), ("track_record", track_record)):
        if len(text) > TEXT_LENGTH_MAX:
            return _too_long(field, len(text))
    return None
