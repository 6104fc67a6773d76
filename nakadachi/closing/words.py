"""What is said about each obstacle, and on the button beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

JOB = _("This job still takes proposals. Take no more, or wait until its closing day.")
CLOSE_JOB = pgettext_lazy("closing", "Close the job")

PROPOSAL = _("Your proposal waits for the client's answer. You can withdraw it at any time.")
WITHDRAW = pgettext_lazy("closing", "Withdraw the proposal")

OFFER_TO_YOU = _("The client offers you this contract. You may decline it freely.")
OFFER_BY_YOU = _("The worker has not answered your offer yet. Without an answer it lapses.")
ANSWER = pgettext_lazy("closing", "Answer the offer")

CONTRACT = _("This contract runs, and no money is set aside for what is left. Either side can bring it to an end.")
SEE_CONTRACT = pgettext_lazy("closing", "See the contract")

DELIVERY_FOR_YOU = _("A delivery waits for your inspection. Without an answer it counts as accepted.")
DELIVERY_OF_YOURS = _("Your delivery waits for the client's inspection. Without an answer it counts as accepted.")
INSPECT = pgettext_lazy("closing", "Inspect it")

ESCROW_OF_WORKER = _(
    "The money is set aside and waits for your delivery. You can also hand the work back with a refund."
)
ESCROW_OF_CLIENT = _("The money is set aside and waits for the worker's delivery. You can also propose to end it.")
DELIVER_OR_HAND_BACK = pgettext_lazy("closing", "Deliver or hand back")

CARD = _("Card payment")
PAYMENT = _("The payment company has not said yet whether this payment went through. It clears by itself.")

BALANCE_TITLE = _("Your balance")
BALANCE = _("This reward is yours and has not been paid out. Please ask for a payout.")
BALANCE_AUTO = _("This reward is yours. The next closing run transfers it automatically.")
BALANCE_SMALL = _("This is less than the smallest payout. It stays yours; we settle it with you when you leave.")
BALANCE_NO_ACCOUNT = _("This reward is yours, but there is no bank account it could be transferred to.")
ASK_PAYOUT = pgettext_lazy("closing", "Ask for a payout")
SEE_EARNINGS = pgettext_lazy("closing", "See your earnings")
REGISTER_ACCOUNT = pgettext_lazy("closing", "Register an account")

PAYOUT_TITLE = _("Payout on its way")
PAYOUT = _("The transfer to your bank account is on its way. The account stays open until it has arrived.")
SEE_PAYOUT = pgettext_lazy("closing", "See the payout")

REFUND_TITLE = _("Refund on its way")
REFUND = _("The payment company is giving this back to your card. It clears by itself.")
REFUND_STUCK = _("The payment company could not give this back to your card. We are looking after it.")

FROZEN = _("The card company examines an objection to this payment. The money stays on hold until it has decided.")
MEDIATION_TALK = _("A mediation is on about this money. Write, make an offer, or let the operator rule.")
MEDIATION_RULING = _("A mediation is on about this money. The operator rules, or it ends by the published rule.")
MEDIATION_ANSWER = _("The operator has ruled about this money. Accept the ruling, appeal, or let it take effect.")
SEE_MEDIATION = pgettext_lazy("closing", "See the mediation")
DISPUTED = _("You went to your card company about this payment. It has not decided yet.")

COUNTER_FOR_YOU = _("The other side suggests other conditions. Answer them, or let the proposal be as it is.")
COUNTER_OF_YOURS = _("Other conditions you suggested wait for an answer. You can take them back at any time.")
SEE_PROPOSAL = pgettext_lazy("closing", "See the proposal")
CHANGE_FOR_YOU = _("The other side proposes to change the terms. Please agree, or decline.")
CHANGE_OF_YOURS = _("A change of the terms you proposed waits for an answer. You can take it back at any time.")
END_FOR_YOU = _("The other side proposes to end the contract. If you agree, what is held is divided as proposed.")
END_OF_YOURS = _("You proposed to end the contract. Until the other side has answered, it goes on.")

TASK_OPEN = _("This task takes answers. Close it, and what nobody took goes back to your card.")
TASK_CLOSED = _("Answers to this task are not decided yet. Look at them, or they are approved by themselves.")
SEE_TASK = pgettext_lazy("closing", "See the task")
ANSWER_RESERVED = _("You hold a place of this task. Hand in your answer, or give the place back.")
ANSWER_WAITS = _("Your answer waits for approval. Without an answer of the client it is approved by itself.")
ANSWER_REJECTED = _("Your answer was not approved. Object, or leave it at that.")
ANSWER_APPEALED = _("The operator examines your objection. Without a decision you are paid.")
SEE_ANSWER = pgettext_lazy("closing", "See the answer")

KINDS = {
    "task.open": ngettext_lazy("%(count)s task with money set aside", "%(count)s tasks with money set aside", "count"),
    "task.pending": ngettext_lazy(
        "%(count)s task answer that is not decided", "%(count)s task answers that are not decided", "count"
    ),
    "delivery.waiting": ngettext_lazy(
        "%(count)s delivery to be inspected", "%(count)s deliveries to be inspected", "count"
    ),
    "offer.waiting": ngettext_lazy("%(count)s offer to be answered", "%(count)s offers to be answered", "count"),
    "change.open": ngettext_lazy(
        "%(count)s change of terms under discussion", "%(count)s changes of terms under discussion", "count"
    ),
    "end.open": ngettext_lazy(
        "%(count)s end of a contract under discussion", "%(count)s ends of contracts under discussion", "count"
    ),
    "counter.open": ngettext_lazy(
        "%(count)s suggestion of other conditions", "%(count)s suggestions of other conditions", "count"
    ),
    "escrow.funded": ngettext_lazy(
        "%(count)s piece of work with money set aside", "%(count)s pieces of work with money set aside", "count"
    ),
    "contract.active": ngettext_lazy(
        "%(count)s running contract without money set aside",
        "%(count)s running contracts without money set aside",
        "count",
    ),
    "proposal.open": ngettext_lazy(
        "%(count)s proposal without an answer", "%(count)s proposals without an answer", "count"
    ),
    "job.open": ngettext_lazy("%(count)s job that takes proposals", "%(count)s jobs that take proposals", "count"),
    "payout.transit": ngettext_lazy("%(count)s payout on its way", "%(count)s payouts on their way", "count"),
    "refund.transit": ngettext_lazy("%(count)s refund on its way", "%(count)s refunds on their way", "count"),
    "payment.unsettled": ngettext_lazy(
        "%(count)s card payment without a result", "%(count)s card payments without a result", "count"
    ),
    "payment.disputed": ngettext_lazy("%(count)s disputed payment", "%(count)s disputed payments", "count"),
    "mediation.open": ngettext_lazy("%(count)s mediation under way", "%(count)s mediations under way", "count"),
    "escrow.frozen": ngettext_lazy("%(count)s disputed payment", "%(count)s disputed payments", "count"),
}
"""What several of one kind are called; a balance is there once."""
