"""Who may do what with a job, and what speaks against a text, a budget or a date."""

from datetime import date, datetime, timedelta

from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import end_of_day, jst_date
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, N_, Refusal
from nakadachi.market.jobs.categories import SLUGS
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.models import (
    CLOSE_REASON_LENGTH_MAX,
    HIRES_MAX,
    HOURS_PER_WEEK_MAX,
    MONTH_SCOPE_LENGTH_MAX,
    TITLE_LENGTH_MAX,
    Job,
)
from nakadachi.money import rulebook
from nakadachi.people.standing.policy import can_begin, resting
from nakadachi.people.standing.queries import loaded

OPEN_DAYS_MAX = 365
CHAR_RATE_SEN_MAX = 10_000_000
UNDO_WITHIN = timedelta(minutes=10)
MONTH_DAYS_MAX = 31

NOT_YOURS = Refusal("not_your_job", N_("Only the client who posted this job can do that."), 403)
HAS_OWN_PAGES = Refusal("job_is_task", N_("This posting is a task. Please change or close it on its own page."))
NOT_DRAFT = Refusal("job_not_draft", N_("This job is already published. Please open the page anew and edit it there."))
NOT_EDITABLE = Refusal(
    "job_not_editable", N_("This job is closed. Open it for proposals again first; then you can edit it.")
)
CLIENT_PAUSED = Refusal(
    "client_paused", N_("This client cannot take proposals at the moment. Please look for another job."), 409
)
PLACES_TAKEN = Refusal(
    "places_taken",
    N_("%(taken)s places are taken already. Please enter %(taken)s or more people."),
    422,
    field="hires_max",
)
NO_PLACE_LEFT = Refusal(
    "no_place_left",
    N_("Every place of this job (%(places)s) is taken, so it cannot be opened again. Please post a new job."),
)
NEVER_OPEN = Refusal("job_never_open", N_("This draft was thrown away. Please post a new job."))
CLOSE_REASON_TOO_LONG = Refusal(
    "close_reason_too_long",
    N_("Please shorten the reason to %(length_max)s characters or fewer."),
    422,
    field="reason",
)
NOT_OPEN = Refusal("job_not_open", N_("This job no longer takes proposals."))
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))

TITLE_MISSING = Refusal("title_missing", N_("Please enter a title."), 422, field="title")
TITLE_TOO_LONG = Refusal(
    "title_too_long", N_("Please shorten the title to %(length_max)s characters or fewer."), 422, field="title"
)
DESCRIPTION_MISSING = Refusal("description_missing", N_("Please describe the work."), 422, field="description")
TEXT_TOO_LONG = Refusal(
    "text_too_long", N_("Please shorten this text to %(length_max)s characters or fewer (now %(length)s)."), 422
)
CATEGORY_UNKNOWN = Refusal("category_unknown", N_("Please choose a category from the list."), 422, field="category")
BUDGET_TOO_SMALL = Refusal("budget_too_small", N_("Please enter %(minimum)s or more."), 422, field="budget_min_yen")
BUDGET_TOO_LARGE = Refusal(
    "budget_too_large", N_("This amount is too large. Please check the number of digits."), 422, field="budget_max_yen"
)
BUDGET_UPSIDE_DOWN = Refusal(
    "budget_upside_down",
    N_("The upper end of the budget is below the lower end. Please enter the larger amount here."),
    422,
    field="budget_max_yen",
)
CLOSES_PAST = Refusal(
    "closes_past", N_("Please choose today or a later day as the last day for proposals."), 422, field="closes_on"
)
CLOSES_TOO_LATE = Refusal(
    "closes_too_late",
    N_("A job can take proposals for at most %(days)s days. Please choose an earlier day."),
    422,
    field="closes_on",
)
DELIVERY_TOO_EARLY = Refusal(
    "delivery_too_early",
    N_("Please choose a delivery date after the last day for proposals."),
    422,
    field="delivery_on",
)
START_TOO_EARLY = Refusal(
    "start_too_early", N_("Please choose a day after the last day for proposals."), 422, field="starts_on"
)
HOURS_OUTSIDE = Refusal(
    "hours_outside",
    N_("Please enter the expected hours per week, from 1 to %(hours_max)s."),
    422,
    field="hours_per_week",
)
MONTH_SCOPE_MISSING = Refusal(
    "month_scope_missing",
    N_("Please write what the sum of a month is for: five articles, or ten hours."),
    422,
    field="month_scope",
)
MONTH_SCOPE_TOO_LONG = Refusal(
    "month_scope_too_long",
    N_("Please shorten this line to %(length_max)s characters or fewer."),
    422,
    field="month_scope",
)
HIRES_OUTSIDE = Refusal(
    "hires_outside", N_("The number of people must be between 1 and %(count_max)s."), 422, field="hires_max"
)
CHAR_RATE_OUTSIDE = Refusal("char_rate_outside", N_("Please check the pay per character."), 422, field="char_rate_sen")


def closes_at(job: Job) -> datetime:
    """The first moment at which proposals come too late: the end of the closing day, in Japan."""
    return end_of_day(job.closes_on)


def takes_proposals(job: Job, at: datetime) -> bool:
    """True while the job is open and its closing day is not over, whether or not the sweeper has been there.

    A client who may begin nothing takes no proposals either; the job itself stays as it is, and goes on afterwards.
    """
    return is_in_time(job, at) and not is_paused(job)


def is_in_time(job: Job, at: datetime) -> bool:
    """The same, whatever may stand in the client's own way."""
    return job.is_open and at < closes_at(job)


def is_paused(job: Job) -> bool:
    """True while the client of an open job is suspended or leaving; no query when the client's standing is loaded."""
    return job.is_open and resting(loaded(job.client)) is not None


def can_edit(actor: Actor, job: Job) -> Refusal | None:
    """The client, while it is a draft."""
    if not actor.is_member(job.client_id):
        return NOT_YOURS
    return None if job.is_draft else NOT_DRAFT


def can_edit_open(actor: Actor, job: Job) -> Refusal | None:
    """The client, while it is open for proposals."""
    if not actor.is_member(job.client_id):
        return NOT_YOURS
    if not job.by_proposal:
        return HAS_OWN_PAGES
    return can_begin(job.client_id) if job.is_open else NOT_EDITABLE


def edit_refusal(draft: JobDraft, places_taken: int, today: date) -> Refusal | None:
    """What speaks against new contents of a published job: as for a draft, and places that are taken stay."""
    if refusal := draft_refusal(draft, today):
        return refusal
    return PLACES_TAKEN.with_params(taken=places_taken) if draft.hires_max < places_taken else None


def can_publish(actor: Actor, job: Job, at: datetime) -> Refusal | None:
    """The client, once; the dates must still lie ahead."""
    if not actor.is_member(job.client_id):
        return NOT_YOURS
    if not job.by_proposal:
        return HAS_OWN_PAGES
    if not job.is_draft:
        return MOVE_NOT_ALLOWED
    day = job.starts_on if job.is_lasting else job.delivery_on
    return can_begin(job.client_id) or dates_refusal(job.closes_on, day, jst_date(at), is_lasting=job.is_lasting)


def can_close(actor: Actor, job: Job) -> Refusal | None:
    """The client, while it is open."""
    if not actor.is_member(job.client_id):
        return NOT_YOURS
    if not job.by_proposal:
        return HAS_OWN_PAGES
    return None if job.is_open else NOT_OPEN


def can_reopen(actor: Actor, job: Job, places_taken: int) -> Refusal | None:
    """The client of a job that is closed now, while a place is left."""
    if not actor.is_member(job.client_id):
        return NOT_YOURS
    if not job.by_proposal:
        return HAS_OWN_PAGES
    if job.status == Job.Status.DROPPED:
        return NEVER_OPEN
    if not JOB.allows(job.status, "reopen"):
        return MOVE_NOT_ALLOWED
    if places_taken >= job.hires_max:
        return NO_PLACE_LEFT.with_params(places=job.hires_max)
    return can_begin(job.client_id)


def may_undo_closing(job: Job, at: datetime) -> bool:
    """Shortly after, a closing can be taken back as if it had not been, while the old closing day still lies ahead."""
    return job.closed_at is not None and at < job.closed_at + UNDO_WITHIN and at < closes_at(job)


def close_reason_refusal(reason: str) -> Refusal | None:
    """One line."""
    too_long = len(reason) > CLOSE_REASON_LENGTH_MAX
    return CLOSE_REASON_TOO_LONG.with_params(length_max=CLOSE_REASON_LENGTH_MAX) if too_long else None


def draft_refusal(draft: JobDraft, today: date) -> Refusal | None:
    """The first thing that speaks against a draft. Texts are tidy already."""
    return (
        _words_refusal(draft)
        or _budget_refusal(draft.format, draft.budget_min_yen, draft.budget_max_yen)
        or _days_refusal(draft, today)
        or _unit_refusal(draft)
        or _rest_refusal(draft)
    )


def text_refusal(text: str, field: str) -> Refusal | None:
    """Long texts have an end."""
    if len(text) <= TEXT_LENGTH_MAX:
        return None
    too_long = TEXT_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX, length=len(text))
    return Refusal(too_long.code, too_long.sentence, too_long.status, too_long.params, field)


def _words_refusal(draft: JobDraft) -> Refusal | None:
    if draft.category not in SLUGS:
        return CATEGORY_UNKNOWN
    if not draft.title:
        return TITLE_MISSING
    if len(draft.title) > TITLE_LENGTH_MAX:
        return TITLE_TOO_LONG.with_params(length_max=TITLE_LENGTH_MAX)
    if not draft.description:
        return DESCRIPTION_MISSING
    return text_refusal(draft.description, "description") or text_refusal(draft.requirements, "requirements")


def price_minimum_yen(format: str) -> Yen:
    """The smallest price of one unit. That of a month leaves every single day of it worth the smallest amount; that of
    an answer is the affair of its task."""
    if format == Job.Format.TASK:
        return 1
    minimum_yen = rulebook.current().amount_minimum_yen
    return minimum_yen * MONTH_DAYS_MAX if format == Job.Format.MONTHLY else minimum_yen


def _budget_refusal(format: str, budget_min_yen: Yen, budget_max_yen: Yen) -> Refusal | None:
    minimum_yen = price_minimum_yen(format)
    if budget_min_yen < minimum_yen:
        return BUDGET_TOO_SMALL.with_params(minimum=format_yen(minimum_yen))
    if budget_max_yen < budget_min_yen:
        return BUDGET_UPSIDE_DOWN
    return None if budget_max_yen < AMOUNT_YEN_MAX else BUDGET_TOO_LARGE


def _days_refusal(draft: JobDraft, today: date) -> Refusal | None:
    other = draft.delivery_on if draft.is_lasting else draft.starts_on
    assert other is None, "a job has the day of its own format"
    day = draft.starts_on if draft.is_lasting else draft.delivery_on
    return dates_refusal(draft.closes_on, day, today, is_lasting=draft.is_lasting)


def _unit_refusal(draft: JobDraft) -> Refusal | None:
    """What one unit of the format is, and nothing of another."""
    if draft.format == Job.Format.HOURLY and not 1 <= (draft.hours_per_week or 0) <= HOURS_PER_WEEK_MAX:
        return HOURS_OUTSIDE.with_params(hours_max=HOURS_PER_WEEK_MAX)
    if draft.format == Job.Format.MONTHLY and not draft.month_scope:
        return MONTH_SCOPE_MISSING
    is_short = len(draft.month_scope) <= MONTH_SCOPE_LENGTH_MAX
    return None if is_short else MONTH_SCOPE_TOO_LONG.with_params(length_max=MONTH_SCOPE_LENGTH_MAX)


def dates_refusal(closes_on: date, day: date | None, today: date, *, is_lasting: bool = False) -> Refusal | None:
    """The closing day lies ahead, but not for ever; the delivery, or the beginning of lasting work, after it."""
    if closes_on < today:
        return CLOSES_PAST
    if closes_on > today + timedelta(days=OPEN_DAYS_MAX):
        return CLOSES_TOO_LATE.with_params(days=OPEN_DAYS_MAX)
    if day is None or day > closes_on:
        return None
    return START_TOO_EARLY if is_lasting else DELIVERY_TOO_EARLY


def _rest_refusal(draft: JobDraft) -> Refusal | None:
    if not 1 <= draft.hires_max <= HIRES_MAX:
        return HIRES_OUTSIDE.with_params(count_max=HIRES_MAX)
    if draft.char_rate_sen is not None and not 0 < draft.char_rate_sen <= CHAR_RATE_SEN_MAX:
        return CHAR_RATE_OUTSIDE
    return None
