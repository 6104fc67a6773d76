"""Which role opens which area of the console. Pages and actions ask this one table."""

from nakadachi.people.roles.models import StaffRole

MEMBERS = "members"
"""Find members, read their standing, write notes, see contact details with a reason."""
SANCTIONS = "sanctions"
"""Suspend a member, and lift it."""
INQUIRIES = "inquiries"
MEDIATION = "mediation"
CHECKS = "checks"
"""Identity and phone."""
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

_SUPPORT = frozenset({MEMBERS, SANCTIONS, INQUIRIES, MEDIATION, CHECKS, MAILS})
_FINANCE = frozenset({MEMBERS, PAYOUTS, REFUNDS, FUNDS, LEDGER, BANK})
OPENS = {
    StaffRole.Role.SUPPORT: _SUPPORT,
    StaffRole.Role.FINANCE: _FINANCE,
    StaffRole.Role.ADMIN: _SUPPORT | _FINANCE | {AUDIT, TEXTS, STAFF},
}
