"""Who may ask for an export, and how often."""

from datetime import datetime, timedelta

from nakadachi.closing.export.models import Export
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.models import Member

A_DAY = timedelta(hours=24)
PER_DAY = 3
LIVES = timedelta(hours=72)
"""An archive of everything should not lie about: after that it is removed."""
RUNS_AT_MOST = timedelta(hours=6)
ATTEMPTS_MAX = 3

NOT_YOURS = Refusal("export_not_yours", N_("Everybody takes along only what is their own."), 403)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
TOO_MANY = Refusal(
    "export_too_many",
    N_("You have made %(count)s archives within 24 hours. Please ask again after %(again)s."),
    429,
)


def can_ask(actor: Actor, member: Member) -> Refusal | None:
    """The member alone, whatever their standing: suspended or leaving, one's own data stays one's own."""
    return None if actor.is_member(member.pk) else NOT_YOURS


def room_refusal(member: Member, at: datetime) -> Refusal | None:
    """A few a day. What failed was our fault and is not counted."""
    counted = Export.objects.filter(member=member, asked_at__gt=at - A_DAY).exclude(status=Export.Status.FAILED)
    asked = list(counted.order_by("-asked_at").values_list("asked_at", flat=True)[:PER_DAY])
    if len(asked) < PER_DAY:
        return None
    return TOO_MANY.with_params(count=PER_DAY, again=f"{jst(asked[-1] + A_DAY):%H:%M}")
