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
from nakadachi.market.sourcing.models import NOTE_LENGTH_MAX, TEMPLATE_NAME_LENGTH_MAX, Counter, Proposal
from nakadachi.people.standing import policy as standing

DELIVER_WITHIN_DAYS = 730
TEMPLATES_MAX = 20
COUNTERS_MAX = 30
REASONS = frozenset(Proposal.Reason.values) - {Proposal.Reason.FILLED, Proposal.Reason.SILENT}
"""What a client may choose; the last is said by the system."""

MEMBERS_ONLY = Refusal("members_only", N_("Please log in as a member to send a proposal."), 403)
OWN_JOB = Refusal("own_job", N_("This is your own job: you cannot send a proposal to yourself."), 403)
NO_PROPOSALS = Refusal(
    "no_proposals", N_("This is a task: there is no selection. You can begin right away on its page.")
)
ALREADY_PROPOSED = Refusal(
    "already_proposed", N_("You have already sent a proposal for this job. Withdraw it first to send a new one.")
)
NOT_YOURS = Refusal("not_your_proposal", N_("Only the worker who sent this proposal can do that."), 403)
NOT_CLIENT = Refusal("not_client_of_proposal", N_("Only the client of this job can do that."), 403)
ALREADY_CHOSEN = Refusal(
    "already_chosen",
    N_("The client has already chosen this proposal. Please answer the offer instead: you may decline it freely."),
)
PROPOSED_ANEW = Refusal(
    "proposed_anew", N_("This worker has sent a new proposal in the meantime. Please look at that one.")
)
NO_PLACE = Refusal(
    "no_place", N_("Every place of this job is taken. Add a place to the job first, or leave it at this answer.")
)
WORKER_RESTS = Refusal(
    "worker_paused", N_("This worker cannot begin a new contract at the moment. Please choose another proposal.")
)
NOTHING_WAITS = Refusal("proposal_does_not_wait", N_("This proposal no longer waits, so this is no longer possible."))
REASON_UNKNOWN = Refusal("reason_unknown", N_("Please choose a reason from the list."), 422, field="reason")
NOTE_TOO_LONG = Refusal(
    "note_too_long", N_("Please shorten the message to %(length_max)s characters or fewer."), 422, field="note"
)
COUNTER_SAME = Refusal("counter_same", N_("Please change the amount or the day: the proposal says exactly this."), 422)
COUNTER_OWN = Refusal("counter_own", N_("You suggested this yourself: the other side has to answer."), 403)
COUNTER_NOT_OWN = Refusal("counter_not_own", N_("Only the side that suggested this can take it back."), 403)
TOO_MANY_COUNTERS = Refusal(
    "too_many_counters",
    N_(
        "%(count)s suggestions were made for this proposal. Please change the proposal itself, or choose or decline it."
    ),
)
COUNTER_DAY_PASSED = Refusal(
    "counter_day_passed", N_("The day of this suggestion has passed. Please suggest another one.")
)

APPROACH_MISSING = Refusal(
    "approach_missing", N_("Please write how you would do this job. This part is always new."), 422, field="approach"
)
TEXT_TOO_LONG = Refusal(
    "text_too_long", N_("Please shorten this text to %(length_max)s characters or fewer (now %(length)s)."), 422
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
    "template_name_too_long", N_("Please shorten the name to %(length_max)s characters or fewer."), 422, field="name"
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
    if not job.by_proposal:
        return NO_PROPOSALS
    if not jobs.is_in_time(job, at):
        return jobs.NOT_OPEN
    found = standing.together(actor.id or 0, job.client_id)
    return (jobs.CLIENT_PAUSED if found.other else None) or found.own or found.block


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


def is_client(actor: Actor, proposal: Proposal) -> Refusal | None:
    """The client of the job."""
    return None if actor.is_member(proposal.job.client_id) else NOT_CLIENT


def can_revise(actor: Actor, proposal: Proposal) -> Refusal | None:
    """The worker, while the client has not answered."""
    if not actor.is_member(proposal.worker_id):
        return NOT_YOURS
    return None if proposal.status == Proposal.Status.SENT else NOTHING_WAITS


def can_decline_rest(actor: Actor, job: Job) -> Refusal | None:
    """The client of the job, at any time."""
    return None if actor.is_member(job.client_id) else NOT_CLIENT


def can_reconsider(actor: Actor, proposal: Proposal, places_taken: int) -> Refusal | None:
    """The client, for one that was declined, while a place is left and both may begin something new."""
    if not actor.is_member(proposal.job.client_id):
        return NOT_CLIENT
    if not PROPOSAL.allows(proposal.status, "reconsider"):
        return MOVE_NOT_ALLOWED
    if places_taken >= proposal.job.hires_max:
        return NO_PLACE
    found = standing.together(proposal.job.client_id, proposal.worker_id)
    return found.own or found.block or (WORKER_RESTS if found.other else None)


def decline_refusal(reason: str, note: str) -> Refusal | None:
    """A reason of the list; a message that is not endless."""
    if reason not in REASONS:
        return REASON_UNKNOWN
    return _note_refusal(note)


def can_counter(actor: Actor, proposal: Proposal, made: int) -> Refusal | None:
    """Either side, while the proposal waits, and not without end."""
    if not (actor.is_member(proposal.worker_id) or actor.is_member(proposal.job.client_id)):
        return NOT_YOURS
    if proposal.status != Proposal.Status.SENT:
        return NOTHING_WAITS
    if made >= COUNTERS_MAX:
        return TOO_MANY_COUNTERS.with_params(count=made)
    other_id = proposal.job.client_id if actor.is_member(proposal.worker_id) else proposal.worker_id
    found = standing.together(actor.id or 0, other_id)
    return found.own or found.block


def counter_refusal(proposal: Proposal, amount_yen: Yen, deliver_on: date, note: str, today: date) -> Refusal | None:
    """The first thing that speaks against a suggestion."""
    format = proposal.job.format
    if refusal := amount_refusal(amount_yen, format) or _date_refusal(deliver_on, today) or _note_refusal(note):
        return refusal
    is_same = (amount_yen, deliver_on) == (proposal.amount_yen, proposal.deliver_on)
    return COUNTER_SAME if is_same else None


def can_answer_counter(actor: Actor, counter: Counter) -> Refusal | None:
    """The other side, while it waits."""
    proposal = counter.proposal
    if not (actor.is_member(proposal.worker_id) or actor.is_member(proposal.job.client_id)):
        return NOT_YOURS
    if actor.is_member(counter.proposed_by_id):
        return COUNTER_OWN
    return None if counter.is_open and proposal.status == Proposal.Status.SENT else MOVE_NOT_ALLOWED


def can_accept_counter(actor: Actor, counter: Counter, today: date) -> Refusal | None:
    """The same, while its day still lies ahead."""
    if refusal := can_answer_counter(actor, counter):
        return refusal
    return None if counter.deliver_on > today else COUNTER_DAY_PASSED


def can_withdraw_counter(actor: Actor, counter: Counter) -> Refusal | None:
    """The side that made it, while it waits."""
    if not actor.is_member(counter.proposed_by_id):
        return COUNTER_NOT_OWN
    return None if counter.is_open else MOVE_NOT_ALLOWED


def _note_refusal(note: str) -> Refusal | None:
    return None if len(note) <= NOTE_LENGTH_MAX else NOTE_TOO_LONG.with_params(length_max=NOTE_LENGTH_MAX)


def draft_refusal(draft: ProposalDraft, format: str, today: date) -> Refusal | None:
    """The first thing that speaks against a proposal for a job of that format. Texts are tidy already."""
    if not draft.approach:
        return APPROACH_MISSING
    for field in ("introduction", "track_record", "approach"):
        length = len(getattr(draft, field))
        if length > TEXT_LENGTH_MAX:
            return _too_long(field, length)
    return amount_refusal(draft.amount_yen, format) or _date_refusal(draft.deliver_on, today)


def _too_long(field: str, length: int) -> Refusal:
    params = {"length_max": TEXT_LENGTH_MAX, "length": length}
    return Refusal(TEXT_TOO_LONG.code, TEXT_TOO_LONG.sentence, TEXT_TOO_LONG.status, params, field)


def amount_refusal(amount_yen: Yen, format: str) -> Refusal | None:
    """The price of a unit lies between the smallest of its format and what a ledger row may carry."""
    minimum_yen = jobs.price_minimum_yen(format)
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
