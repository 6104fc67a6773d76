"""What the groups and grounds of the register are called on pages and papers."""

from django.utils.translation import pgettext_lazy

GROUPS = {
    "account": pgettext_lazy("register", "Name, address and profile"),
    "access": pgettext_lazy("register", "Login, sessions, passkeys and authenticators"),
    "notices": pgettext_lazy("register", "Notices, mails and their settings"),
    "verification": pgettext_lazy("register", "Papers shown to confirm identity"),
    "bank": pgettext_lazy("register", "Bank accounts"),
    "jobs": pgettext_lazy("register", "Postings, proposals and templates"),
    "work": pgettext_lazy("register", "Contracts, deliveries and hours"),
    "talk": pgettext_lazy("register", "Messages to the other side"),
    "mediation": pgettext_lazy("register", "Mediations"),
    "inquiries": pgettext_lazy("register", "Inquiries"),
    "files": pgettext_lazy("register", "Files"),
    "money": pgettext_lazy("register", "Payments and payouts"),
    "ledger": pgettext_lazy("register", "Ledger"),
    "vault": pgettext_lazy("register", "Papers for the tax office, under lock"),
    "trail": pgettext_lazy("register", "Audit log"),
    "closing": pgettext_lazy("register", "Reason for leaving"),
    "system": pgettext_lazy("register", "No personal data"),
}

GROUNDS = {
    "books": pgettext_lazy("register", "Books of the operator (Companies Act, Art. 432)"),
    "tax": pgettext_lazy("register", "Tax records (Income Tax Act, 7 years)"),
    "terms": pgettext_lazy("register", "Records of agreed terms (Electronic Books Act, Freelance Act)"),
    "claims": pgettext_lazy("register", "Proof until claims lapse (Civil Code, Art. 166)"),
    "other_side": pgettext_lazy("register", "It belongs to the other side, too"),
    "inquiry": pgettext_lazy("register", "An inquiry that waits for its answer"),
}
