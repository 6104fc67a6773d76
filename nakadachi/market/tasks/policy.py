"""Who may do what with a task or a claim and when. Pages ask the same functions to show their buttons."""

from datetime import datetime, timedelta

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import AMOUNT_YEN_MAX, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refusal
from nakadachi.market.jobs.policy import OPEN_DAYS_MAX
from nakadachi.market.tasks import eligibility, pricing
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.draft import TaskDraft
from nakadachi.market.tasks.eligibility import Record
from nakadachi.market.tasks.fields import FIELDS_MAX
from nakadachi.market.tasks.lifecycle import TASK
from nakadachi.market.tasks.models import MINUTES_MAX, REPEATS_MAX, SLOTS_MAX, Claim, Task
from nakadachi.money import rulebook
from nakadachi.money.escrow.policy import FROZEN
from nakadachi.money.rulebook.tasks import rejections_max
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.people.standing import policy as standing


def may_see(actor: Actor | None, task: Task) -> bool:
    """Everybody once it was open; before that its client, staff and the system."""
    if task.is_public:
        return True
    return actor is not None and (actor.is_member(task.client_id) or actor.is_staff or actor.is_system)


def may_see_claim(actor: Actor, claim: Claim) -> bool:
    """Its worker, the client of the task, staff and the system. A place that nobody answered is the worker's affair."""
    if actor.is_member(claim.worker_id) or actor.is_staff or actor.is_system:
        return True
    return actor.is_member(claim.task.client_id) and claim.submitted_at is not None


# Writing and paying


def can_edit(actor: Actor, task: Task) -> Refusal | None:
    """The client, while it is a draft that nobody is paying for."""
    if not actor.is_member(task.client_id):
        return no.NOT_YOURS
    return None if task.status == Task.Status.DRAFT and task.hold_id is None else no.NOT_DRAFT


def can_discard(actor: Actor, task: Task) -> Refusal | None:
    """The client, while nothing was paid."""
    if not actor.is_member(task.client_id):
        return no.NOT_YOURS
    return None if TASK.allows(task.status, "discard") else no.NOT_DRAFT


def draft_refusal(draft: TaskDraft, at: datetime) -> Refusal | None:
    """What speaks against the figures and times of a draft; its texts are judged with the posting."""
    return _price_refusal(draft, at) or _figures_refusal(draft) or times_refusal(draft.opens_at, draft.closes_at, at)


def _price_refusal(draft: TaskDraft, at: datetime) -> Refusal | None:
    minimum_yen = pricing.price_minimum_yen(jst_date(at))
    if draft.price_yen < minimum_yen:
        return no.PRICE_TOO_SMALL.with_params(minimum=format_yen(minimum_yen))
    if not 1 <= draft.slots_count <= SLOTS_MAX:
        return no.SLOTS_OUTSIDE.with_params(most=f"{SLOTS_MAX:,}")
    sum_yen = draft.price_yen * draft.slots_count
    if sum_yen >= AMOUNT_YEN_MAX:
        return no.SUM_TOO_LARGE
    least_yen = rulebook.current().amount_minimum_yen
    return no.SUM_TOO_SMALL.with_params(minimum=format_yen(least_yen)) if sum_yen < least_yen else None


def _figures_refusal(draft: TaskDraft) -> Refusal | None:
    if not 1 <= draft.repeats_max <= min(REPEATS_MAX, draft.slots_count):
        return no.REPEATS_OUTSIDE.with_params(most=REPEATS_MAX)
    if not 1 <= draft.minutes <= MINUTES_MAX:
        return no.MINUTES_OUTSIDE.with_params(most=MINUTES_MAX)
    is_outside = draft.approval_bps_min is not None and not 100 <= draft.approval_bps_min <= 10_000
    return no.RATE_OUTSIDE if is_outside else None


def times_refusal(opens_at: datetime | None, closes_at: datetime, at: datetime) -> Refusal | None:
    """The closing lies ahead, but not for ever, and after the opening."""
    if closes_at <= at:
        return no.CLOSES_PAST
    if opens_at is not None and opens_at >= closes_at:
        return no.OPENS_AFTER_CLOSING
    if closes_at > at + timedelta(days=OPEN_DAYS_MAX):
        return no.CLOSES_TOO_LATE.with_params(days=OPEN_DAYS_MAX)
    return None


def can_add_question(actor: Actor, task: Task) -> Refusal | None:
    """As `can_edit`, up to a number."""
    if refusal := can_edit(actor, task):
        return refusal
    return no.TOO_MANY_QUESTIONS.with_params(most=FIELDS_MAX) if len(task.fields) >= FIELDS_MAX else None


def can_fund(actor: Actor, task: Task, at: datetime) -> Refusal | None:
    """The client in good standing, once there is a question and the closing lies ahead."""
    if not actor.is_member(task.client_id):
        return no.NOT_YOURS
    if task.status != Task.Status.DRAFT:
        return MOVE_NOT_ALLOWED
    if not task.fields:
        return no.NO_QUESTIONS
    return times_refusal(task.opens_at, task.closes_at, at) or standing.can_begin(task.client_id)


def can_close(actor: Actor, task: Task) -> Refusal | None:
    """The client, while no end has come. What was taken or handed in still counts."""
    if not (actor.is_member(task.client_id) or actor.is_system):
        return no.NOT_YOURS
    return None if TASK.allows(task.status, "close") else no.NOT_CLOSABLE


# Claiming and answering


def can_claim(actor: Actor | None, task: Task, at: datetime, record: Record | None = None) -> Refusal | None:
    """Any member but the client who fulfils the conditions, in good standing, neither blocked by the other. Whether a
    place is free, and the worker's rounds, are decided by the statement that takes it."""
    if actor is None or actor.kind != "member":
        return no.MEMBERS_ONLY
    if actor.is_member(task.client_id):
        return no.OWN_TASK
    if refusal := closed_refusal(task, at):
        return refusal
    found = standing.together(actor.id or 0, task.client_id)
    if refusal := (no.CLIENT_PAUSED if found.other else None) or found.own or found.block:
        return refusal
    return eligibility.refusal_for(task, actor.id or 0, record) if eligibility.has_conditions(task) else None


def closed_refusal(task: Task, at: datetime) -> Refusal | None:
    """Why no place is given out, whoever asks."""
    if task.status in {Task.Status.DRAFT, Task.Status.FUNDED}:
        return no.NOT_YET_OPEN
    if task.status != Task.Status.OPEN or at >= task.closes_at:
        return no.NOT_OPEN
    return no.FROZEN if task.is_frozen else None


def can_submit(actor: Actor, claim: Claim) -> Refusal | None:
    """The worker who holds or held the place, once."""
    if not actor.is_member(claim.worker_id):
        return no.NOT_YOUR_CLAIM
    return None if claim.status in {Claim.Status.RESERVED, Claim.Status.LAPSED} else no.ALREADY_ANSWERED


def can_give_back(actor: Actor, claim: Claim) -> Refusal | None:
    """The worker, while nothing was handed in."""
    if not actor.is_member(claim.worker_id):
        return no.NOT_YOUR_CLAIM
    return None if claim.status == Claim.Status.RESERVED else MOVE_NOT_ALLOWED


# Deciding


def can_approve(actor: Actor, task: Task) -> Refusal | None:
    """The client, or the system; not while the card company decides."""
    if not (actor.is_member(task.client_id) or actor.is_system):
        return no.NOT_YOURS
    return FROZEN if task.is_frozen else None


def can_reject(actor: Actor, claim: Claim, done: int, rejected: int) -> Refusal | None:
    """The client, what waits, within the cap: of `done` answers handed in, `rejected` are."""
    if not actor.is_member(claim.task.client_id):
        return no.NOT_YOURS
    if claim.status != Claim.Status.SUBMITTED:
        return no.OVERTAKEN
    rules = claim.task.rules
    most = rejections_max(done, least=rules.rejections_min, rate_bps=rules.rejections_bps)
    return no.CAP_REACHED.with_params(done=done, most=most) if rejected >= most else None


def can_appeal(actor: Actor, claim: Claim, at: datetime) -> Refusal | None:
    """The worker, once, until the date."""
    if not actor.is_member(claim.worker_id):
        return no.NOT_YOUR_CLAIM
    if claim.status != Claim.Status.REJECTED:
        return MOVE_NOT_ALLOWED
    return no.APPEAL_OVER if claim.appeal_by is None or at >= claim.appeal_by else None


def can_accept_rejection(actor: Actor, claim: Claim) -> Refusal | None:
    """The worker any time, the system after the date."""
    if not (actor.is_member(claim.worker_id) or actor.is_system):
        return no.NOT_YOUR_CLAIM
    return None if claim.status == Claim.Status.REJECTED else MOVE_NOT_ALLOWED


def can_decide_appeal(actor: Actor, claim: Claim) -> Refusal | None:
    """The operator's people for refunds, or the system when they were silent; what waits."""
    if not (actor.is_system or may(actor, areas.REFUNDS)):
        return no.STAFF_ONLY
    return None if claim.status == Claim.Status.APPEALED else MOVE_NOT_ALLOWED
