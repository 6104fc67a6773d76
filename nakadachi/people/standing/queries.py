"""Reading standings and blocks."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Block, Note, Standing

_BETWEEN = """
SELECT member_id, suspended_at, leaving_at, false
FROM standing_standing WHERE member_id IN (%(one)s, %(other)s)
UNION ALL
SELECT member_id, NULL, NULL, true
FROM standing_block
WHERE member_id = %(one)s AND blocked_id = %(other)s OR member_id = %(other)s AND blocked_id = %(one)s
"""


@dataclass(frozen=True)
class Between:
    """Two members: the standings of `one` and `other`, and whether either blocked the other."""

    one: Standing
    other: Standing
    is_blocked: bool


def between(one_id: int, other_id: int) -> Between:
    """What decides whether two members may begin something together, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, {"one": one_id, "other": other_id})
        rows = cursor.fetchall()
    standings = {
        member_id: Standing(member_id=member_id, suspended_at=suspended_at, leaving_at=leaving_at)
        for member_id, suspended_at, leaving_at, blocks in rows
        if not blocks
    }
    return Between(
        one=standings.get(one_id) or Standing(member_id=one_id),
        other=standings.get(other_id) or Standing(member_id=other_id),
        is_blocked=any(blocks for *_, blocks in rows),
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
    """What of a member was confirmed, for everybody to see: `identity`, `phone`. No query when `standing` is loaded."""
    return [what for what in ("identity", "phone") if getattr(loaded(member), what) == Standing.Check.CONFIRMED]
