"""Reading members and their bank accounts."""

from nakadachi.infra.prepared import Param, Prepared
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.models import BankAccount, Member

_CURRENT_ACCOUNT = Prepared(lambda: BankAccount.objects.filter(member=Param("member"), replaced_at=None))


def member_for(actor: Actor, member_id: int) -> Member:
    """A member's own row, or any for staff; raises `NotVisible`."""
    if not (actor.is_member(member_id) or actor.is_staff):
        raise NotVisible
    try:
        return Member.objects.select_related("standing").get(pk=member_id)
    except Member.DoesNotExist:
        raise NotVisible from None


def current_bank_account(member_id: int) -> BankAccount | None:
    """Where payouts go now."""
    return _CURRENT_ACCOUNT.first(member=member_id)


def current_bank_accounts(member_ids: list[int]) -> dict[int, BankAccount]:
    """The same for many members in one query."""
    found = BankAccount.objects.filter(member__in=member_ids, replaced_at=None)
    return {account.member_id: account for account in found}
