"""What is left of a balance: nothing of it is ever forfeited. Without a bank account it may stay behind, by consent."""

from nakadachi.closing.models import Closing
from nakadachi.people.queries import current_bank_account


def has_usable_account(member_id: int) -> bool:
    """True when there is a bank account that a transfer reaches."""
    account = current_bank_account(member_id)
    return account is not None and account.refused_at is None


def stays_behind(closing: Closing) -> bool:
    """True when the member agreed that it stays behind, and there is no account it could be transferred to."""
    return closing.leaves_remainder and not has_usable_account(closing.member_id)
