"""Not dealing with somebody. It ends nothing that runs; it only keeps anything new from beginning, for both."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal, Refused, require
from nakadachi.people.models import Member
from nakadachi.people.policy import can_change
from nakadachi.people.standing.models import Block

YOURSELF = Refusal("block_yourself", N_("You cannot block yourself."), 422)
OPERATOR = Refusal(
    "block_operator", N_("The operator cannot be blocked. Please write to us if something troubles you."), 422
)


@transaction.atomic
def block(*, member: Member, other: Member, by: Actor, at: datetime) -> Block:
    """Keep new work with `other` from beginning. Blocking twice is the same as once; the other is not told."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(can_change(by, member))
    if other.pk == member.pk:
        raise Refused(YOURSELF)
    if other.is_operator:
        raise Refused(OPERATOR)
    made, is_new = Block.objects.get_or_create(member=member, blocked=other, defaults={"at": at})
    if is_new:
        record("block.made", made, by=by, at=at, blocked_id=other.pk)
    return made


@transaction.atomic
def unblock(*, member: Member, other: Member, by: Actor, at: datetime) -> None:
    """Deal again. Nothing happens when there is no block."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(can_change(by, member))
    made = Block.objects.filter(member=member, blocked=other).first()
    if made is not None:
        record("block.lifted", made, by=by, at=at, blocked_id=other.pk)
        made.delete()
