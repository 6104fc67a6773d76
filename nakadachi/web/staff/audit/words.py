"""Events in words: what it happened to, and what happened."""

from django.utils.translation import pgettext, pgettext_lazy

from nakadachi.closing.models import Closing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.payouts.models import Skip
from nakadachi.web.staff.audit.words_of_leaving import LEAVING
from nakadachi.web.staff.audit.words_of_work import WORK

SUBJECTS = {
    "people.member": pgettext_lazy("audit", "Member"),
    "people.bankaccount": pgettext_lazy("audit", "Bank account"),
    "closing.closing": pgettext_lazy("audit", "Leaving"),
    "standing.block": pgettext_lazy("audit", "Block"),
    "jobs.job": pgettext_lazy("audit", "Job"),
    "monthly.monthlyplan": pgettext_lazy("audit", "Monthly plan"),
    "tasks.task": pgettext_lazy("audit", "Task"),
    "tasks.claim": pgettext_lazy("audit", "Answers to a task"),
    "hourly.engagement": pgettext_lazy("audit", "Hourly work"),
    "hourly.workweek": pgettext_lazy("audit", "Week of hourly work"),
    "hourly.timeentry": pgettext_lazy("audit", "Time entry"),
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
    "sourcing.counter": pgettext_lazy("audit", "Suggested conditions"),
    "sourcing.proposaltemplate": pgettext_lazy("audit", "Template of proposals"),
    "contracts.termschange": pgettext_lazy("audit", "Change of the terms"),
    "payments.dispute": pgettext_lazy("audit", "Chargeback"),
    "payments.hookreceipt": pgettext_lazy("audit", "Message of the provider"),
    "agreements.legaltext": pgettext_lazy("audit", "Terms and policies"),
    "agreements.acceptance": pgettext_lazy("audit", "Agreement to a text"),
    "files.storedfile": pgettext_lazy("audit", "File"),
    "contracts.prompt": pgettext_lazy("audit", "Request to look at something"),
    "contracts.nudge": pgettext_lazy("audit", "Request for a sign of life"),
    "messaging.thread": pgettext_lazy("audit", "Thread of messages"),
    "messaging.message": pgettext_lazy("audit", "Message"),
    "mediation.case": pgettext_lazy("audit", "Mediation"),
    "mediation.statement": pgettext_lazy("audit", "Statement in a mediation"),
    "mediation.sealedoffer": pgettext_lazy("audit", "Offer under seal"),
    "mediation.ruling": pgettext_lazy("audit", "Ruling"),
    "export.export": pgettext_lazy("audit", "Download of own data"),
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
    "certified": pgettext_lazy("audit", "certified"),
    "certification_withdrawn": pgettext_lazy("audit", "certification withdrawn"),
    "noted": pgettext_lazy("audit", "note written"),
    "exported": pgettext_lazy("audit", "audit log exported"),
    "registered": pgettext_lazy("audit", "registered"),
    "refused": pgettext_lazy("audit", "refused by the bank"),
    "fees_swept": pgettext_lazy("audit", "earned fees taken out"),
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
    "roll": pgettext_lazy("audit", "rolled on"),
    "take_effect": pgettext_lazy("audit", "took effect"),
    "drop": pgettext_lazy("audit", "dropped"),
    "adjust": pgettext_lazy("audit", "price changed"),
    "write_month": pgettext_lazy("audit", "month written down"),
    "give_notice": pgettext_lazy("audit", "notice given"),
    "begin": pgettext_lazy("audit", "begun"),
    "stop": pgettext_lazy("audit", "stopped"),
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
    "replace": pgettext_lazy("audit", "replaced by a newer one"),
    "give_evidence": pgettext_lazy("audit", "evidence given"),
    "lose": pgettext_lazy("audit", "decided for the card's owner"),
    "win": pgettext_lazy("audit", "decided for us"),
    "mismatch": pgettext_lazy("audit", "answer does not match"),
    "dispute_mismatch": pgettext_lazy("audit", "dispute does not match"),
    "overtake": pgettext_lazy("audit", "overtaken by something else"),
    "stopped": pgettext_lazy("audit", "file stopped"),
    "charge_back": pgettext_lazy("audit", "taken back by the card company"),
    "freeze": pgettext_lazy("audit", "put on hold"),
    "unfreeze": pgettext_lazy("audit", "no longer on hold"),
    "surplus": pgettext_lazy("audit", "paid twice"),
    "published": pgettext_lazy("audit", "published"),
    "retry": pgettext_lazy("audit", "tried again"),
    "email_changed": pgettext_lazy("audit", "mail address changed"),
    "payouts_held": pgettext_lazy("audit", "payouts rest"),
    "challenge": pgettext_lazy("audit", "card owner to confirm"),
    "process": pgettext_lazy("audit", "being processed"),
    "promise": pgettext_lazy("audit", "money promised"),
    "agree": pgettext_lazy("audit", "conditions agreed to"),
    "keep": pgettext_lazy("audit", "kept"),
    "unkeep": pgettext_lazy("audit", "no longer kept"),
    "pass_over": pgettext_lazy("audit", "job filled by others"),
    "run_out": pgettext_lazy("audit", "not answered in time"),
    "reconsider": pgettext_lazy("audit", "considered again"),
    "stand_by": pgettext_lazy("audit", "stands as it is"),
    "turn_down": pgettext_lazy("audit", "offer turned down"),
    "remove": pgettext_lazy("audit", "removed"),
    "take_on": pgettext_lazy("audit", "taken on by the provider"),
    "transfer": pgettext_lazy("audit", "sent by bank transfer"),
    "wait": pgettext_lazy("audit", "member told of messages"),
    "disclose": pgettext_lazy("audit", "messages shown to staff"),
    "carry_out": pgettext_lazy("audit", "carried out by the clock"),
    "take_back": pgettext_lazy("audit", "taken back"),
    "prolong": pgettext_lazy("audit", "deadline moved"),
    "claim": pgettext_lazy("audit", "mediation asked for"),
    "unclaim": pgettext_lazy("audit", "mediation taken back"),
    "make": pgettext_lazy("audit", "made"),
    "hand_over": pgettext_lazy("audit", "handed over to the operator"),
    "rule": pgettext_lazy("audit", "ruled on"),
    "rule_again": pgettext_lazy("audit", "ruled on for good"),
    "content": pgettext_lazy("audit", "ruling accepted by one side"),
    "accept_ruling": pgettext_lazy("audit", "ruling accepted by both sides"),
    "appeal": pgettext_lazy("audit", "appealed"),
    "uphold": pgettext_lazy("audit", "first ruling stands"),
    "default": pgettext_lazy("audit", "ended by the published rule"),
}

WHOLE = {
    "session.started": pgettext_lazy("audit", "logged in"),
    "session.ended": pgettext_lazy("audit", "logged out on one device"),
    "acceptance.made": pgettext_lazy("audit", "agreed to the text"),
    "block.made": pgettext_lazy("audit", "blocked"),
    "block.lifted": pgettext_lazy("audit", "unblocked"),
    **WORK,
    **LEAVING,
    "case.drop": pgettext_lazy("audit", "ended without money"),
    "case.take_effect": pgettext_lazy("audit", "ruling took effect"),
    "case.agree": pgettext_lazy("audit", "settled between the two sides"),
    "case.disclose": pgettext_lazy("audit", "evidence shown to staff"),
    "export.ask": pgettext_lazy("audit", "archive asked for"),
    "export.start": pgettext_lazy("audit", "gathering begun"),
    "export.finish": pgettext_lazy("audit", "archive ready"),
    "export.fail": pgettext_lazy("audit", "archive could not be made"),
    "export.expire": pgettext_lazy("audit", "archive removed"),
}
"""Where the word for the deed would not say what happened."""


REASONS: dict[str, str] = {
    **dict(Proposal.Reason.choices),
    **dict(Skip.Reason.choices),
    **dict(Closing.Reason.choices),
}
"""Reasons that are chosen from a list are kept by their code."""


def reason_words(reason: str) -> str:
    """A reason as it was typed, or a chosen one in words."""
    return str(REASONS.get(reason, reason))


def subject_words(subject_type: str) -> str:
    """The thing in one word; its own name in the code when nobody gave it one."""
    return str(SUBJECTS.get(subject_type, subject_type))


def deed_words(kind: str) -> str:
    """What happened to it."""
    deed = kind.partition(".")[2]
    return str(WHOLE.get(kind) or DEEDS.get(deed, deed.replace("_", " ")))


def actor_words(kind: str) -> str:
    """In which role somebody acted."""
    words = {
        "member": pgettext("audit", "Member"),
        "staff": pgettext("audit", "Staff"),
        "system": pgettext("audit", "Automatic"),
    }
    return words[kind]
