"""Reading standings and blocks."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Block, Note, Standing

_BETWEEN = "SELECT member_id, suspended_at, leaving_at, is_block FROM standing_between(%s, %s, %s)"


@dataclass(frozen=True)
class Between:
    """Two members: the standings of `one` and `other`, and whether either blocked the other."""

    one: Standing
    other: Standing
    is_blocked: bool


def between(one_id: int, other_id: int, *, hold_open: bool = False) -> Between:
    """What decides whether two members may begin something together, in one query (`sql/between.sql`).

    With `hold_open` neither of the two starts to leave until the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, [one_id, other_id, hold_open])
        rows = cursor.fetchall()
    standings = {
        member_id: Standing(member_id=member_id, suspended_at=suspended_at, leaving_at=leaving_at)
        for member_id, suspended_at, leaving_at, is_block in rows
        if not is_block
    }
    return Between(
        one=standings.get(one_id) or Standing(member_id=one_id),
        other=standings.get(other_id) or Standing(member_id=other_id),
        is_blocked=any(is_block for *_, is_block in rows),
    )


def standing_of(member_id: int) -> Standing:
    """The member's standing; good and unconfirmed when nothing was ever written."""
    found = Standing.objects.raw("SELECT * FROM standing_standing WHERE member_id = %s", [member_id])
    return next(iter(found), None) or Standing(member_id=member_id)


def is_blocked_between(one_id: int, other_id: int) -> bool:
    """Whether either of the two blocked the other."""
    return Block.objects.filter(Q(member=one_id, blocked=other_id) | Q(member=other_id, blocked=one_id)).exists()


def blocks_of(actor: Actor) -> list[Block]:
    """Whom the member blocked, the newest first."""
    return list(Block.objects.filter(member_id=actor.id or 0).select_related("blocked").order_by("-at", "-pk"))


def block_for(actor: Actor, block_id: int) -> Block:
    """A block that the member made."""
    made = Block.objects.select_related("blocked").filter(pk=block_id, member_id=actor.id or 0).first()
    if made is None or actor.kind != "member":
        raise NotVisible
    return made


def has_blocked(actor: Actor, other_id: int) -> bool:
    """Whether the member blocked the other; says nothing about the other way round."""
    return Block.objects.filter(member_id=actor.id or 0, blocked=other_id).exists()


def notes_on(member_id: int, limit: int = 50) -> list[Note]:
    """What the operator's people noted about a member, the newest first."""
    return list(Note.objects.filter(member=member_id).select_related("author").order_by("-id")[:limit])


def waiting_for_check(what: str) -> QuerySet[Standing]:
    """Members who wait to be checked (`identity` or `phone`), the longest first."""
    waiting = Standing.objects.filter(**{what: Standing.Check.ASKED}).select_related("member")
    return waiting.order_by(f"{what}_at", "pk")


def loaded(member: Member) -> Standing:
    """The same as `standing_of`; no query when `standing` was loaded with the member."""
    return getattr(member, "standing", None) or Standing(member_id=member.pk)


def confirmed(member: Member) -> list[str]:
    """What the operator vouches for, for everybody to see: `certified`, `identity`, `phone`. No query when `standing`
    is loaded."""
    standing = loaded(member)
    checked = [what for what in ("identity", "phone") if getattr(standing, what) == Standing.Check.CONFIRMED]
    return (["certified"] if standing.certified_at else []) + checked


def certified_count(*, without: int | None = None) -> int:
    """How many certified members may begin something now; `without` somebody who asks."""
    able = Standing.objects.filter(certified_at__isnull=False, suspended_at=None, leaving_at=None)
    return able.exclude(pk=without).count()


def certified_by(member_id: int) -> Member | None:
    """Who certified the member the last time."""
    made = Event.objects.filter(kind="member.certified", subject_type="people.member", subject_id=member_id)
    actor_ids = made.order_by("-id").values("actor_id")[:1]
    return Member.objects.filter(pk__in=actor_ids).first()
