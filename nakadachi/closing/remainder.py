"""What is left of a balance: nothing of it is ever forfeited. Without a bank account it may stay behind, by consent."""

from nakadachi.closing.models import Closing
from nakadachi.people.queries import current_bank_account


def stays_behind(closing: Closing) -> bool:
    """True when the member agreed that it stays behind, and there is no account it could be transferred to."""
    if not closing.leaves_remainder:
        return False
    account = current_bank_account(closing.member_id)
    return account is None or account.refused_at is not None
