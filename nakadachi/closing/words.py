"""What is said about each obstacle, and what happens if everybody stays silent; buttons speak in `buttons`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

JOB = _("This job still takes proposals. Take no more, or wait until its closing day.")

PROPOSAL = _("Your proposal waits for the client's answer. You can withdraw it at any time.")

OFFER_TO_YOU = _("The client offers you this contract. You may decline it freely.")
OFFER_BY_YOU = _("The worker has not answered your offer yet. Without an answer it lapses.")

CHANGE_AGREED = _("You both agreed on a higher price, and the difference is not set aside. Drop the change, or pay it.")
CONTRACT = _("This contract runs, and no money is set aside for what is left. Either side can bring it to an end.")

DELIVERY_FOR_YOU = _("A delivery waits for your inspection. Without an answer it counts as accepted.")
DELIVERY_OF_YOURS = _("Your delivery waits for the client's inspection. Without an answer it counts as accepted.")

ESCROW_OF_WORKER = _(
    "The money is set aside and waits for your delivery. You can also hand the work back with a refund."
)
ESCROW_OF_CLIENT = _("The money is set aside and waits for the worker's delivery. You can also propose to end it.")

CARD = _("Card payment")
PAYMENT_TO_CONFIRM = _("The card company waits for you to confirm this payment. You can also give it up.")
PAYMENT = _("The payment company has not said yet whether this payment went through. It clears by itself.")

BALANCE_TITLE = _("Your balance")
BALANCE = _("This reward is yours and has not been paid out. Please ask for a payout.")
BALANCE_AUTO = _("This reward is yours. The next closing run transfers it automatically.")
BALANCE_SMALL = _(
    "This is less than the smallest payout. It is yours all the same: when you leave, it goes out whatever its size."
)
BALANCE_RESTS = _(
    "This reward is yours. For your safety payouts rest for a while after a change of address or account."
)
BALANCE_NO_ACCOUNT = _("This reward is yours, but there is no bank account it could be transferred to.")

PAYOUT_TITLE = _("Payout on its way")
PAYOUT = _("The transfer to your bank account is on its way. The account stays open until it has arrived.")

REFUND_TITLE = _("Refund on its way")
REFUND = _("The payment company is giving this back to your card. It clears by itself.")
REFUND_STUCK = _("The payment company could not give this back to your card. We are looking after it.")

FROZEN = _("The card company examines an objection to this payment. The money stays on hold until it has decided.")
MEDIATION_TALK = _("A mediation is on about this money. Write, make an offer, or let the operator rule.")
MEDIATION_RULING = _("A mediation is on about this money. The operator rules, or it ends by the published rule.")
MEDIATION_ANSWER = _("The operator has ruled about this money. Accept the ruling, appeal, or let it take effect.")
DISPUTED = _("You went to your card company about this payment. It has not decided yet.")

COUNTER_FOR_YOU = _("The other side suggests other conditions. Answer them, or let the proposal be as it is.")
COUNTER_OF_YOURS = _("Other conditions you suggested wait for an answer. You can take them back at any time.")
CHANGE_FOR_YOU = _("The other side proposes to change the terms. Please agree, or decline.")
CHANGE_OF_YOURS = _("A change of the terms you proposed waits for an answer. You can take it back at any time.")
END_FOR_YOU = _("The other side proposes to end the contract. If you agree, what is held is divided as proposed.")
END_OF_YOURS = _("You proposed to end the contract. Until the other side has answered, it goes on.")

TASK_OPEN = _("This task takes answers. Close it, and what nobody took goes back to your card.")
TASK_CLOSED = _(
    "The task is closed. Places that are taken and objections are still decided, by a fixed day at the latest."
)
ANSWERS_FOR_YOU = _("Answers to your task wait for your approval.")
ANSWER_RESERVED = _("You hold a place of this task. Hand in your answer, or give the place back.")
ANSWER_WAITS = _("Your answer waits for approval. Without an answer from the client it is approved by itself.")
ANSWER_REJECTED = _("Your answer was not approved. Object, or leave it at that.")
ANSWER_APPEALED = _("The operator examines your objection. Without a decision you are paid.")

MONTHS = _("Work by the month goes on, and no money is set aside now. You can end it at once.")
MONTHS_TO_NOTICE = _("Work by the month goes on. Give notice, and it ends after the agreed days.")
MONTHS_LEAVING = _("Notice is given, or no month follows any more. The work ends by itself.")
HOURS = _("Work by the hour goes on week by week. You can stop it at any time.")
TIMER_RUNS = _("Your timer is running. Stop it, then report the week.")
WEEK_TO_REPORT = _("You recorded hours in this week. Report them, and the client is asked to approve.")
WEEK_OF_WORKER = _("The worker has recorded hours in this week and reports them when it is over.")
WEEK_WAITS = _("Your report waits for the client's approval.")
WEEK_TO_APPROVE = _("A week was reported and waits for your approval.")
WEEK_RETURNED = _("Some lines of your report were sent back. Please answer them.")
WEEK_SENT_BACK = _("You sent lines of this week back. The worker answers them.")
WEEK_TO_PAY = _("You approved these hours and have not paid for them yet.")
WEEK_OWED = _("The client has approved these hours and pays for them by a fixed day.")
WEEK_IDLE = _("Money is set aside for this week, and no hours are recorded. Stop the work, and it goes back.")

ROLE_TITLE = _("Your role in the console")
ROLE = _("You work for the operator of this site. Lay the role down before you leave.")
LAST_ADMIN = _("You are the only administrator. Name another one first, so that somebody can look after this site.")

JOB_SILENT = _("It closes on its closing day.")
PROPOSAL_SILENT = _("Some time after the closing of the job it counts as passed over.")
OFFER_SILENT = _("The offer lapses.")
DELIVERY_SILENT = _("It counts as accepted, and the reward is paid.")
ESCROW_SILENT = _("The money goes back to the client, and the contract has ended.")
CONTRACT_SILENT = _("The contract ends by itself.")
MONTHS_SILENT = _("A month that is not paid for does not begin, and the contract ends.")
HOURS_SILENT = _("Weeks that nobody pays in do not begin; after some of them the contract ends.")
WEEK_SILENT = _("What is recorded is reported and counts as approved; lines that were sent back are taken out.")
WEEK_UNPAID_SILENT = _("The contract ends. What was approved stays owed.")
TASK_SILENT = _("The task closes, answers count as approved, and the rest goes back.")
ANSWERS_SILENT = _("The answers count as approved and are paid.")
RESERVED_SILENT = _("The place is free again.")
REJECTED_SILENT = _("It stays as it is, and nothing is paid.")
APPEAL_SILENT = _("You are paid.")
COUNTER_SILENT = _("It ends with the proposal.")
CHANGE_SILENT = _("The old terms hold, and it ends with the contract.")
END_SILENT = _("The contract goes on.")
CARD_SILENT = _("The card company decides in any case.")
PAYMENT_SILENT = _("We ask the payment company until it is known.")
REFUND_SILENT = _("We ask the payment company until it has arrived.")
BALANCE_SILENT = _("It stays yours.")
PAYOUT_SILENT = _("It arrives on that day. If the bank sends it back, it is on your balance again.")
MEDIATION_SILENT = _("It goes on to its next stage by itself, and in the end the published rule divides the money.")
ROLE_SILENT = _("The role stays.")

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
    "escrow.idle": ngettext_lazy(
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
    "timesheet.waiting": ngettext_lazy(
        "%(count)s working week that is not settled", "%(count)s working weeks that are not settled", "count"
    ),
    "job.open": ngettext_lazy("%(count)s job that takes proposals", "%(count)s jobs that take proposals", "count"),
    "payout.transit": ngettext_lazy("%(count)s payout on its way", "%(count)s payouts on their way", "count"),
    "refund.transit": ngettext_lazy("%(count)s refund on its way", "%(count)s refunds on their way", "count"),
    "payment.unsettled": ngettext_lazy(
        "%(count)s card payment without a result", "%(count)s card payments without a result", "count"
    ),
    "payment.disputed": ngettext_lazy("%(count)s disputed payment", "%(count)s disputed payments", "count"),
    "dispute.open": ngettext_lazy("%(count)s mediation under way", "%(count)s mediations under way", "count"),
    "escrow.frozen": ngettext_lazy("%(count)s disputed payment", "%(count)s disputed payments", "count"),
}
"""What several of one kind are called; a balance and a role are there once."""

STEPS = {
    "balance.ge_min": pgettext_lazy("way out", "Your balance is asked for"),
    "balance.lt_min": pgettext_lazy("way out", "Your balance is asked for"),
    "change.open": pgettext_lazy("way out", "Changes of terms are answered"),
    "contract.active": pgettext_lazy("way out", "Running contracts end"),
    "counter.open": pgettext_lazy("way out", "Suggestions are taken back"),
    "delivery.waiting": pgettext_lazy("way out", "Deliveries are inspected"),
    "dispute.open": pgettext_lazy("way out", "Mediations are decided"),
    "end.open": pgettext_lazy("way out", "Ends of contracts are answered"),
    "escrow.frozen": pgettext_lazy("way out", "The card company decides"),
    "escrow.idle": pgettext_lazy("way out", "Money set aside goes where it belongs"),
    "job.open": pgettext_lazy("way out", "Jobs are closed"),
    "offer.waiting": pgettext_lazy("way out", "Offers are answered"),
    "owner.last": pgettext_lazy("way out", "Another administrator is named"),
    "payment.disputed": pgettext_lazy("way out", "The card company decides"),
    "payment.unsettled": pgettext_lazy("way out", "Card payments get their result"),
    "payout.arrives": pgettext_lazy("way out", "The last payout reaches your bank"),
    "payout.transit": pgettext_lazy("way out", "Payouts reach your bank"),
    "proposal.open": pgettext_lazy("way out", "Proposals are withdrawn"),
    "refund.transit": pgettext_lazy("way out", "Refunds arrive"),
    "role.held": pgettext_lazy("way out", "The role in the console is laid down"),
    "task.open": pgettext_lazy("way out", "Tasks are closed and decided"),
    "task.pending": pgettext_lazy("way out", "Task answers are decided"),
    "timesheet.waiting": pgettext_lazy("way out", "Working weeks are approved"),
}
"""One station of the way out, by the code of what it resolves."""
REWARDS = frozenset(
    {
        "delivery.waiting.worker",
        "task.pending.submitted",
        "task.pending.appealed",
        "timesheet.waiting.running",
        "timesheet.waiting.recorded.worker",
        "timesheet.waiting.reported.worker",
        "timesheet.waiting.returned.worker",
        "timesheet.waiting.owed.worker",
    }
)
"""Kinds that end in reward on the member's balance."""
