"""Every sentence that says no to something about a contract, with what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

NOT_CLIENT = Refusal("not_client", N_("Only the client of this contract can do that."), 403)
NOT_WORKER = Refusal("not_worker", N_("Only the worker of this contract can do that."), 403)
NOT_PARTY = Refusal("not_party", N_("Only the two sides of this contract can do that."), 403)

PROPOSAL_GONE = Refusal(
    "proposal_gone", N_("This proposal can no longer be chosen: it was withdrawn, declined or already chosen.")
)
HIRES_FULL = Refusal(
    "hires_full",
    N_("Every place of this job (%(hires_max)s) is taken. Add a place to the job, or take an unanswered offer back."),
)
WORKER_PAUSED = Refusal(
    "worker_paused", N_("This worker cannot begin a new contract at the moment. Please choose another proposal.")
)
CLIENT_PAUSED = Refusal(
    "client_of_offer_paused",
    N_("This client cannot begin a new contract at the moment. You need not do anything: the offer lapses by itself."),
)
SCOPE_MISSING = Refusal(
    "scope_missing", N_("Please write what is to be done. It becomes part of the written terms."), 422, field="scope"
)
SCOPE_TOO_LONG = Refusal(
    "scope_too_long", N_("Please shorten the scope to %(length_max)s characters or fewer."), 422, field="scope"
)
MILESTONES_MISSING = Refusal("milestones_missing", N_("Please enter at least one milestone."), 422)
TOO_MANY_MILESTONES = Refusal(
    "too_many_milestones", N_("A contract has at most %(count)s milestones. Please join some of them."), 422
)
MILESTONE_TITLE_MISSING = Refusal(
    "milestone_title_missing", N_("Please give milestone %(position)s a name."), 422, field="title"
)
MILESTONE_TITLE_TOO_LONG = Refusal(
    "milestone_title_too_long",
    N_("Please shorten the name of milestone %(position)s to %(length_max)s characters or fewer."),
    422,
    field="title",
)
MILESTONE_TOO_SMALL = Refusal(
    "milestone_too_small", N_("Milestone %(position)s: please enter %(minimum)s or more."), 422, field="amount_yen"
)
MILESTONE_DUE_PAST = Refusal(
    "milestone_due_past", N_("Milestone %(position)s: please choose a delivery date after today."), 422, field="due_on"
)
MILESTONE_DUE_TOO_LATE = Refusal(
    "milestone_due_too_late",
    N_("Milestone %(position)s: please choose a delivery date within %(days)s days."),
    422,
    field="due_on",
)
SUM_DIFFERS = Refusal(
    "sum_differs",
    N_("The milestones add up to %(sum)s, but the proposal is for %(agreed)s. Please make them equal."),
    422,
    field="amount_yen",
)
ANSWER_TOO_LATE = Refusal("answer_too_late", N_("The time to answer this offer is over. Please propose again."))
DUE_PASSED = Refusal(
    "due_passed",
    N_("A delivery date of this offer has passed. Please decline it and agree on new dates with the client."),
)

NOT_ACTIVE = Refusal("contract_not_active", N_("This contract is not in progress, so this is no longer possible."))
ALREADY_FUNDED = Refusal("already_funded", N_("The money for this milestone is already set aside."))
NOT_FUNDED = Refusal(
    "milestone_not_funded",
    N_("The client has not set the money aside yet. Please start only after that, when your reward is safe."),
)
NOTHING_DELIVERED = Refusal("nothing_delivered", N_("There is no delivery waiting for inspection."))
MILESTONE_CLOSED = Refusal("milestone_closed", N_("This milestone is already finished."))
ALREADY_DELIVERED = Refusal(
    "already_delivered", N_("Your delivery is waiting for inspection. Withdraw it first to deliver something else.")
)
DELIVERY_EMPTY = Refusal(
    "delivery_empty",
    N_("Please write a note or attach a file: an empty delivery cannot be inspected."),
    422,
    field="note",
)
NOTE_TOO_LONG = Refusal(
    "note_too_long", N_("Please shorten the note to %(length_max)s characters or fewer."), 422, field="note"
)
REASON_MISSING = Refusal(
    "reason_missing", N_("Please write what should be changed, so that the worker can act on it."), 422, field="reason"
)
REASON_TOO_LONG = Refusal(
    "reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422, field="reason"
)
INSPECTION_OVER = Refusal("inspection_over", N_("The time for inspection is over: this delivery counts as accepted."))
DELIVERY_REPLACED = Refusal(
    "delivery_replaced",
    N_("The worker has handed in another delivery since you opened this page. Please look at it before you accept."),
)
TOO_EARLY = Refusal("too_early", N_("The time for inspection is not over yet."))

END_REASON_MISSING = Refusal(
    "end_reason_missing", N_("Please write why the contract should end. The other side reads it."), 422, field="reason"
)
END_OPEN = Refusal(
    "end_open", N_("There is already a proposal to end this contract. Please answer or withdraw it first.")
)
END_NOT_NEEDED = Refusal(
    "end_not_needed", N_("No money is set aside, so you can end this contract by yourself, without a proposal.")
)
END_MONEY_HELD = Refusal(
    "end_money_held",
    N_("Money is set aside for this contract, so both sides have to agree on the ending. Please propose it."),
)
END_OWN = Refusal("end_own", N_("You proposed this yourself: the other side has to answer."), 403)
END_NOT_OWN = Refusal("end_not_own", N_("Only the side that proposed the ending can withdraw it."), 403)
END_OVERTAKEN = Refusal(
    "end_overtaken",
    N_("The contract has changed since this ending was proposed. Please propose it anew with the current figures."),
)
SETTLEMENT_INCOMPLETE = Refusal(
    "settlement_incomplete", N_("Please enter what the worker receives for each milestone that is funded."), 422
)
SETTLEMENT_OUTSIDE = Refusal(
    "settlement_outside", N_("“%(title)s”: please enter an amount between ¥0 and %(amount)s."), 422
)

REORDER_NOT_OVER = Refusal(
    "reorder_not_over", N_("This contract is still going on. You can order again once it is over.")
)
REORDER_NOT_HERE = Refusal(
    "reorder_not_here", N_("This kind of work cannot be ordered again in one step. Please post it anew.")
)
REORDER_WAITS = Refusal(
    "reorder_waits", N_("You have offered this again already, and the worker is to answer. Please look at that offer.")
)
OTHER_CANNOT_BEGIN = Refusal(
    "other_cannot_begin",
    N_("The other side cannot begin anything new at present. Running contracts with them go on as they are."),
)
REVISIONS_OUTSIDE = Refusal(
    "revisions_outside",
    N_("Please agree on 0 to %(most)s rounds of revision. Without a limit, the price would not be fair."),
    422,
    field="revisions_max",
)
REVISIONS_NONE = Refusal(
    "revisions_none",
    N_("The terms of this contract include no revision. Please accept, or agree with the worker on another way."),
)
REVISIONS_USED_UP = Refusal(
    "revisions_used_up",
    N_("The agreed rounds of revision (%(most)s) are used up. Please accept, or agree with the worker on another way."),
)
CHANGE_OPEN = Refusal(
    "change_open", N_("There is already a proposal to change the terms. Please answer or withdraw it first.")
)
CHANGE_OWN = Refusal("change_own", N_("You proposed this change yourself: the other side has to answer."), 403)
CHANGE_NOT_OWN = Refusal("change_not_own", N_("Only the side that proposed the change can withdraw it."), 403)
CHANGE_EMPTY = Refusal("change_empty", N_("Nothing is changed yet. Please change what should be different."), 422)
CHANGE_SAME_DAY = Refusal(
    "change_same_day", N_("“%(title)s”: the new date is the present one. Please choose another."), 422
)
CHANGE_FINISHED = Refusal(
    "change_finished", N_("A milestone of this change is already finished, so it is not changed any more.")
)
CHANGE_SAME_PRICE = Refusal(
    "change_same_price", N_("“%(title)s”: the new amount is the present one. Please enter another."), 422
)
CHANGE_DELIVERED = Refusal(
    "change_delivered", N_("“%(title)s” is delivered already, so its price is not changed any more.")
)
CHANGE_ONE_RAISE = Refusal(
    "change_one_raise",
    N_("The price of one milestone that is set aside can be raised at a time. Please propose the others afterwards."),
    422,
)
CHANGE_SAME_SCOPE = Refusal(
    "change_same_scope",
    N_("What is to be done is as before. Please change the text, or leave it out."),
    422,
    field="scope",
)
RATE_NOT_HERE = Refusal(
    "rate_not_here", N_("This contract has no price per hour or month. Please change the price of a milestone."), 422
)
RATE_SAME = Refusal("rate_same", N_("The new price is the present one. Please enter another."), 422, field="rate_yen")
RATE_TOO_SMALL = Refusal("rate_too_small", N_("Please enter %(minimum)s or more."), 422, field="rate_yen")
RATE_PAST = Refusal("rate_past", N_("Please choose a day after today."), 422, field="rate_from_on")
DEADLINE_NOT_HERE = Refusal(
    "deadline_not_here", N_("This contract has no deal deadline: its weeks are decided one by one."), 422
)
DEADLINE_NOT_LATER = Refusal(
    "deadline_not_later", N_("The deal deadline is %(day)s. Please choose a later day."), 422, field="deal_ends_on"
)
DEADLINE_TOO_FAR = Refusal("deadline_too_far", N_("Please choose a day up to %(day)s."), 422, field="deal_ends_on")
CHANGE_TOO_LATE = Refusal(
    "change_too_late", N_("The time for this change is over. If it is still needed, please propose it anew.")
)
END_TOO_LATE = Refusal(
    "end_too_late", N_("The time to answer this proposal is over. If it is still needed, please propose it anew.")
)
CHANGE_NOT_AGREED = Refusal("change_not_agreed", N_("No difference is to be set aside for this change any more."))
CHANGE_REASON_MISSING = Refusal(
    "change_reason_missing",
    N_("Please write why the terms should change. The other side reads it."),
    422,
    field="reason",
)
CHANGE_OVERTAKEN = Refusal(
    "change_overtaken",
    N_("The contract has changed since, or a proposed date has passed. Please propose the change anew."),
)
