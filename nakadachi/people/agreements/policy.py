"""Who may write and publish texts, and what speaks against a version."""

from datetime import date

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.agreements.models import BODY_LENGTH_MAX, LegalDraft
from nakadachi.people.roles.areas import TEXTS
from nakadachi.people.roles.queries import may

NOT_STAFF = Refusal("not_for_texts", N_("Only an administrator of the market can change its texts."), 404)
EMPTY = Refusal("text_empty", N_("Please write the text in both languages."), 422)
TOO_LONG = Refusal(
    "text_too_long", N_("Please shorten this text to %(length_max)s characters or fewer (now %(length)s)."), 422
)
UNKNOWN_PLACE = Refusal(
    "text_unknown_place", N_("Nothing is known for {%(name)s}. Please use one of the places below."), 422
)
NO_DRAFT = Refusal("text_no_draft", N_("There is no draft to publish. Somebody may have published it already."))
DATE_PAST = Refusal("text_date_past", N_("Please choose today or a later day."), 422, field="takes_effect_on")
DATE_BEFORE_LAST = Refusal(
    "text_date_before_last",
    N_("The version before takes effect later than that. Please choose %(day)s or a later day."),
    422,
    field="takes_effect_on",
)


def can_write(actor: Actor) -> Refusal | None:
    """Administrators."""
    return None if may(actor, TEXTS) else NOT_STAFF


def body_refusal(field: str, body: str) -> Refusal | None:
    """Something is written, and not too much."""
    if not body:
        return EMPTY.in_field(field)
    if len(body) > BODY_LENGTH_MAX:
        return TOO_LONG.in_field(field).with_params(length_max=BODY_LENGTH_MAX, length=len(body))
    return None


def place_refusal(field: str, unknown: list[str]) -> Refusal | None:
    """Every place can be filled."""
    return UNKNOWN_PLACE.in_field(field).with_params(name=unknown[0]) if unknown else None


def publish_refusal(
    draft: LegalDraft | None, takes_effect_on: date, last_on: date | None, today: date
) -> Refusal | None:
    """A draft, and a day that follows."""
    if draft is None:
        return NO_DRAFT
    if takes_effect_on < today:
        return DATE_PAST
    if last_on is not None and takes_effect_on < last_on:
        return DATE_BEFORE_LAST.with_params(day=last_on.isoformat())
    return None
