"""Events in words: what it happened to, and what happened."""

from django.utils.translation import pgettext, pgettext_lazy

SUBJECTS = {
    "people.member": pgettext_lazy("audit", "Member"),
    "people.bankaccount": pgettext_lazy("audit", "Bank account"),
    "standing.block": pgettext_lazy("audit", "Block"),
    "jobs.job": pgettext_lazy("audit", "Job"),
    "sourcing.proposal": pgettext_lazy("audit", "Proposal"),
    "contracts.contract": pgettext_lazy("audit", "Contract"),
    "contracts.milestone": pgettext_lazy("audit", "Milestone"),
    "contracts.endproposal": pgettext_lazy("audit", "Proposal to end"),
    "contracts.terms": pgettext_lazy("audit", "Written terms"),
    "escrow.hold": pgettext_lazy("audit", "Money set aside"),
    "payments.payment": pgettext_lazy("audit", "Payment"),
    "payments.refund": pgettext_lazy("audit", "Refund"),
    "payouts.payout": pgettext_lazy("audit", "Payout"),
    "payouts.closingrun": pgettext_lazy("audit", "Closing run"),
    "inquiries.inquiry": pgettext_lazy("audit", "Inquiry"),
}
"""What can be asked for by its kind; everything else is found by actor and time."""

DEEDS = {
    "made_operator": pgettext_lazy("audit", "given a role in the console"),
    "operator_ended": pgettext_lazy("audit", "no longer works in the console"),
    "profile_changed": pgettext_lazy("audit", "profile changed"),
    "legal_name_changed": pgettext_lazy("audit", "legal name changed"),
    "invoice_number_changed": pgettext_lazy("audit", "invoice number changed"),
    "payout_mode_changed": pgettext_lazy("audit", "way of payouts changed"),
    "language_changed": pgettext_lazy("audit", "language changed"),
    "avatar_changed": pgettext_lazy("audit", "picture changed"),
    "password_changed": pgettext_lazy("audit", "password changed"),
    "suspended": pgettext_lazy("audit", "suspended"),
    "suspension_lifted": pgettext_lazy("audit", "suspension lifted"),
    "viewed": pgettext_lazy("audit", "personal data shown to staff"),
    "check_asked": pgettext_lazy("audit", "check asked for"),
    "check_confirmed": pgettext_lazy("audit", "check confirmed"),
    "check_refused": pgettext_lazy("audit", "check refused"),
    "noted": pgettext_lazy("audit", "note written"),
    "exported": pgettext_lazy("audit", "audit log exported"),
    "registered": pgettext_lazy("audit", "registered"),
    "refused": pgettext_lazy("audit", "refused by the bank"),
    "fees_swept": pgettext_lazy("audit", "earned fees taken out"),
    "started": pgettext_lazy("audit", "begun"),
    "others_ended": pgettext_lazy("audit", "ended on other devices"),
    "ended": pgettext_lazy("audit", "ended"),
    "write": pgettext_lazy("audit", "written"),
    "change": pgettext_lazy("audit", "changed"),
    "edit": pgettext_lazy("audit", "changed"),
    "revise": pgettext_lazy("audit", "changed"),
    "open": pgettext_lazy("audit", "opened"),
    "reopen": pgettext_lazy("audit", "opened again"),
    "close": pgettext_lazy("audit", "closed"),
    "closed": pgettext_lazy("audit", "closed"),
    "discard": pgettext_lazy("audit", "thrown away"),
    "expire": pgettext_lazy("audit", "over by its date"),
    "fill": pgettext_lazy("audit", "filled"),
    "send": pgettext_lazy("audit", "sent"),
    "withdraw": pgettext_lazy("audit", "withdrawn"),
    "decline": pgettext_lazy("audit", "declined"),
    "choose": pgettext_lazy("audit", "chosen"),
    "accept": pgettext_lazy("audit", "accepted"),
    "offer": pgettext_lazy("audit", "offered"),
    "confirm": pgettext_lazy("audit", "confirmed"),
    "lapse": pgettext_lazy("audit", "lapsed"),
    "complete": pgettext_lazy("audit", "completed"),
    "end": pgettext_lazy("audit", "ended"),
    "propose": pgettext_lazy("audit", "proposed"),
    "fund": pgettext_lazy("audit", "money set aside"),
    "deliver": pgettext_lazy("audit", "delivered"),
    "withdraw_delivery": pgettext_lazy("audit", "delivery taken back"),
    "request_revision": pgettext_lazy("audit", "changes asked for"),
    "hand_back": pgettext_lazy("audit", "given up"),
    "settle": pgettext_lazy("audit", "settled"),
    "release": pgettext_lazy("audit", "reward confirmed"),
    "release_part": pgettext_lazy("audit", "part of the reward confirmed"),
    "refund": pgettext_lazy("audit", "paid back"),
    "split": pgettext_lazy("audit", "divided"),
    "create": pgettext_lazy("audit", "begun"),
    "capture": pgettext_lazy("audit", "money taken"),
    "request": pgettext_lazy("audit", "asked for"),
    "requested": pgettext_lazy("audit", "asked for"),
    "refuse": pgettext_lazy("audit", "refused"),
    "fail": pgettext_lazy("audit", "failed"),
    "batch": pgettext_lazy("audit", "taken into a run"),
    "cancel": pgettext_lazy("audit", "cancelled"),
    "return": pgettext_lazy("audit", "sent back by the bank"),
    "skipped": pgettext_lazy("audit", "passed over"),
    "transfer_ordered": pgettext_lazy("audit", "bank transfer ordered"),
    "transfer_dropped": pgettext_lazy("audit", "order of a bank transfer taken back"),
    "file": pgettext_lazy("audit", "transfer file made"),
    "ask": pgettext_lazy("audit", "asked"),
    "answer": pgettext_lazy("audit", "answered"),
    "reply": pgettext_lazy("audit", "written back"),
    "assign": pgettext_lazy("audit", "taken on"),
    "made": pgettext_lazy("audit", "made"),
    "lifted": pgettext_lazy("audit", "lifted"),
}


def subject_words(subject_type: str) -> str:
    """The thing in one word; its own name in the code when nobody gave it one."""
    return str(SUBJECTS.get(subject_type, subject_type))


def deed_words(kind: str) -> str:
    """What happened to it."""
    deed = kind.partition(".")[2]
    return str(DEEDS.get(deed, deed.replace("_", " ")))


def actor_words(kind: str) -> str:
    """In which role somebody acted."""
    words = {
        "member": pgettext("audit", "Member"),
        "staff": pgettext("audit", "Staff"),
        "system": pgettext("audit", "Automatic"),
    }
    return words[kind]
