"""Who may ask, read and answer."""

from datetime import datetime, timedelta

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.trust.inquiries.models import TEXT_LENGTH_MAX, Inquiry, Message

ASKED_A_DAY_MAX = 10
UNCONFIRMED_A_DAY_MAX = 3
WRITTEN_A_DAY_MAX = 20
"""What the one who asked may write to one inquiry in a day."""
A_DAY = timedelta(days=1)

NOT_YOURS = Refusal("not_yours", N_("Only the one who asked can do this."), 404)
STAFF_ONLY = Refusal("staff_only", N_("Only the operator can do this."), 404)
TEXT_MISSING = Refusal("text_missing", N_("Please write what this is about."), 422, field="text")
TEXT_TOO_LONG = Refusal(
    "text_too_long",
    N_("Please shorten the text to %(length_max)s characters or fewer (now %(length)s)."),
    422,
    field="text",
)
CATEGORY_UNKNOWN = Refusal("category_unknown", N_("Please choose what it is about."), 422, field="category")
NAME_MISSING = Refusal("name_missing", N_("Please enter your name."), 422, field="name")
EMAIL_MISSING = Refusal("email_missing", N_("Please enter the address for our answer."), 422, field="email")
TOO_MANY = Refusal("too_many", N_("You have sent many inquiries today. Please write again tomorrow."), 429)
TOO_MANY_IN_AN_HOUR = Refusal(
    "too_many_in_an_hour",
    N_("Many inquiries were sent from your connection within an hour. Please send yours after %(clock)s (Japan time)."),
    429,
)
WRITTEN_ENOUGH = Refusal(
    "written_enough",
    N_(
        "You have written %(count)s times to this inquiry within a day. We read all of it; please write again tomorrow."
    ),
    429,
    field="text",
)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
UNCONFIRMED = Refusal("unconfirmed", N_("Please confirm your address first, by the link in our mail."))
IS_CLOSED = Refusal("inquiry_closed", N_("This inquiry is closed. It opens again when the one who asked writes."))


def can_read(actor: Actor, inquiry: Inquiry) -> bool:
    """The one who asked, and the operator's people for inquiries."""
    return is_asker(actor, inquiry) or may(actor, areas.INQUIRIES)


def is_asker(actor: Actor, inquiry: Inquiry) -> bool:
    """The member; without an account, whoever holds the link of the mail (the page acts as the system)."""
    return actor.is_member(inquiry.member_id) or (actor.is_system and inquiry.member_id is None)


def can_work(actor: Actor) -> Refusal | None:
    """The operator's people for inquiries."""
    return None if may(actor, areas.INQUIRIES) else STAFF_ONLY


def can_answer(actor: Actor, inquiry: Inquiry) -> Refusal | None:
    """While it is not closed."""
    return can_work(actor) or (IS_CLOSED if inquiry.is_over else None)


def can_reply(actor: Actor, inquiry: Inquiry) -> Refusal | None:
    """The one who asked, any time: writing again opens it again."""
    if not is_asker(actor, inquiry):
        return NOT_YOURS
    return UNCONFIRMED if inquiry.status == Inquiry.Status.UNCONFIRMED else None


def can_close(actor: Actor, inquiry: Inquiry) -> Refusal | None:
    """Either side."""
    if not can_read(actor, inquiry):
        return NOT_YOURS
    if inquiry.status == Inquiry.Status.UNCONFIRMED:
        return UNCONFIRMED
    return IS_CLOSED if inquiry.is_over else None


def flood_refusal(member_id: int | None, email: str, at: datetime) -> Refusal | None:
    """A day has an end, for members and for addresses that nobody confirmed."""
    recent = Inquiry.objects.filter(asked_at__gt=at - A_DAY)
    if member_id is not None:
        return TOO_MANY if recent.filter(member=member_id).count() >= ASKED_A_DAY_MAX else None
    unread = recent.filter(email__iexact=email, status=Inquiry.Status.UNCONFIRMED)
    return TOO_MANY if unread.count() >= UNCONFIRMED_A_DAY_MAX else None


def writing_refusal(inquiry: Inquiry, at: datetime) -> Refusal | None:
    """Nobody fills the operator's desk with one inquiry; it is locked."""
    written = Message.objects.filter(inquiry=inquiry, kind=Message.Kind.QUESTION, at__gt=at - A_DAY).count()
    return WRITTEN_ENOUGH.with_params(count=written) if written >= WRITTEN_A_DAY_MAX else None


def text_refusal(text: str) -> Refusal | None:
    """What speaks against a tidied text."""
    if not text:
        return TEXT_MISSING
    if len(text) <= TEXT_LENGTH_MAX:
        return None
    return TEXT_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX, length=len(text))
