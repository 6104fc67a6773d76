"""Which role opens which area of the console. Pages and actions ask this one table."""

from nakadachi.people.roles.models import StaffRole

MEMBERS = "members"
"""Find members, read their standing, write notes, see contact details with a reason."""
SANCTIONS = "sanctions"
"""Suspend a member, and lift it."""
WORK = "work"
"""Read work by the hour and by the month: weeks, months, the money in them, recorded times."""
INQUIRIES = "inquiries"
MESSAGES = "messages"
"""Threads between members, with a reason."""
MEDIATION = "mediation"
CHECKS = "checks"
"""Identity and phone, and who is certified."""
PAYOUTS = "payouts"
REFUNDS = "refunds"
FUNDS = "funds"
LEDGER = "ledger"
"""Statements and journals of everybody."""
BANK = "bank"
"""A bank account in full, with a reason."""
AUDIT = "audit"
TEXTS = "texts"
MAILS = "mails"
"""Mails that could not be sent."""
STAFF = "staff"

_SUPPORT = frozenset({MEMBERS, WORK, SANCTIONS, INQUIRIES, MESSAGES, MEDIATION, CHECKS, MAILS})
_FINANCE = frozenset({MEMBERS, WORK, PAYOUTS, REFUNDS, FUNDS, LEDGER, BANK})
OPENS = {
    StaffRole.Role.SUPPORT: _SUPPORT,
    StaffRole.Role.FINANCE: _FINANCE,
    StaffRole.Role.ADMIN: _SUPPORT | _FINANCE | {AUDIT, TEXTS, STAFF},
}
