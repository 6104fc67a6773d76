"""Everything that can speak against a step of a task, in words that say what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

NOT_YOURS = Refusal("task_not_yours", N_("Only the client who posted this task can do that."), 403)
NOT_DRAFT = Refusal(
    "task_not_draft", N_("The money for this task is set aside, so its contents stay as they are. You can close it.")
)
NOT_OPEN = Refusal("task_not_open", N_("This task is closed. Please look for another one."))
NOT_YET_OPEN = Refusal("task_not_yet_open", N_("This task has not opened yet. Please come back when it has."))
NOT_CLOSABLE = Refusal("task_not_closable", N_("This task is closed already."))

# The contents

PRICE_TOO_SMALL = Refusal(
    "task_price_too_small",
    N_("Please enter %(minimum)s or more: below that, no fee could be counted in whole yen."),
    422,
    field="price_yen",
)
SLOTS_OUTSIDE = Refusal(
    "task_slots_outside", N_("The number of answers must be between 1 and %(most)s."), 422, field="slots_count"
)
SUM_TOO_SMALL = Refusal(
    "task_sum_too_small",
    N_("All answers together must be worth %(minimum)s or more. Please raise the price or the number."),
    422,
    field="slots_count",
)
SUM_TOO_LARGE = Refusal(
    "task_sum_too_large",
    N_("All answers together cost more than is possible here. Please check the digits."),
    422,
    field="price_yen",
)
REPEATS_OUTSIDE = Refusal(
    "task_repeats_outside",
    N_("How often one worker may answer must be between 1 and %(most)s, and not above the number of answers."),
    422,
    field="repeats_max",
)
MINUTES_OUTSIDE = Refusal(
    "task_minutes_outside", N_("The estimated time must be between 1 and %(most)s minutes."), 422, field="minutes"
)
RATE_OUTSIDE = Refusal(
    "task_rate_outside", N_("The share of approved answers must be between 1 and 100 percent."), 422, field="rate"
)
CLOSES_PAST = Refusal(
    "task_closes_past", N_("The closing time has passed. Please choose a later one."), 422, field="closes_at"
)
CLOSES_TOO_LATE = Refusal(
    "task_closes_too_late",
    N_("A task can be open for at most %(days)s days. Please choose an earlier time."),
    422,
    field="closes_at",
)
OPENS_AFTER_CLOSING = Refusal(
    "task_opens_after_closing", N_("Please choose an opening time before the closing time."), 422, field="opens_at"
)
NO_QUESTIONS = Refusal("task_no_questions", N_("There is no question yet. Please add at least one before you pay."))
TOO_MANY_QUESTIONS = Refusal("task_too_many_questions", N_("A task can have %(most)s questions at most."))
NO_SUCH_QUESTION = Refusal(
    "task_no_such_question", N_("This question is no longer there. Please look at the current form.")
)

# Claiming

MEMBERS_ONLY = Refusal("task_members_only", N_("Please log in as a member to answer tasks."), 403)
OWN_TASK = Refusal("task_own", N_("You cannot answer your own task."), 403)
CLIENT_PAUSED = Refusal(
    "task_client_paused", N_("This task cannot be started at the moment. Please look for another one.")
)
FROZEN = Refusal(
    "task_frozen",
    N_("The payment for this task is being examined, so no places are given out. Please look for another one."),
)
VERIFIED_ONLY = Refusal(
    "task_verified_only",
    N_("This task asks for a confirmed identity. You can have yours confirmed in the settings."),
    403,
)
CERTIFIED_ONLY = Refusal(
    "task_certified_only",
    N_(
        "This task is for certified members. The operator certifies members whose work here has proved good; if you"
        " would like to be, please write to us by the inquiry form."
    ),
    403,
)
RATE_TOO_LOW = Refusal(
    "task_rate_too_low",
    N_("This task asks for %(wanted)s percent of approved answers or more; your share is %(own)s percent."),
    403,
)
RATE_UNKNOWN = Refusal(
    "task_rate_unknown",
    N_("This task asks for a share of approved answers. Please answer a task without this condition first."),
    403,
)
ROUNDS_USED = Refusal("task_rounds_used", N_("You have answered this task as often as one person may. Thank you!"))
ALL_TAKEN = Refusal("task_all_taken", N_("Every place of this task is taken. Please look for another one."))
ALL_BUSY = Refusal(
    "task_all_busy",
    N_("Others are working on every place that is left. If somebody gives one back, it becomes free: try again later."),
)

# Answering

NOT_YOUR_CLAIM = Refusal("claim_not_yours", N_("Only the worker who took this place can do that."), 403)
RAN_OUT = Refusal(
    "claim_ran_out",
    N_(
        "The time for this place ran out, and no place is free any more. Your answers are kept on this page; copy what "
        "you need."
    ),
)
RAN_OUT_CLOSED = Refusal(
    "claim_ran_out_closed",
    N_(
        "The time for this place ran out and the task has closed, so the answer can no longer be taken. Your answers "
        "are kept on this page; copy what you need."
    ),
)
ALREADY_ANSWERED = Refusal("claim_already_answered", N_("You have handed in this answer already."))
SEEN_VALUE = Refusal(
    "answer_seen", N_("Somebody has given this answer already. This question asks for something new."), 422
)

# Deciding

OVERTAKEN = Refusal(
    "claim_overtaken",
    N_("This answer is already decided: it was approved or rejected in the meantime. Here is how it stands now."),
)
CAP_REACHED = Refusal(
    "claim_cap_reached",
    N_(
        "You may reject %(most)s of the %(done)s answers so far, and you have. Please approve this one; if the answers "
        "are abusive, write to us."
    ),
)
REASON_MISSING = Refusal("claim_reason_missing", N_("Please choose a reason."), 422, field="reason")
REASON_TEXT_MISSING = Refusal(
    "claim_reason_text_missing",
    N_("Please write what is wrong, so that the worker understands it."),
    422,
    field="text",
)
TEXT_TOO_LONG = Refusal(
    "claim_text_too_long", N_("Please shorten this text to %(length_max)s characters or fewer."), 422, field="text"
)
NOTHING_TO_APPROVE = Refusal(
    "claim_nothing_to_approve", N_("Nothing waits for approval here. Please look at the current list.")
)

# Objecting

APPEAL_OVER = Refusal(
    "claim_appeal_over", N_("The time to object has passed. If something is wrong, please write to us.")
)
APPEAL_TEXT_MISSING = Refusal(
    "claim_appeal_text_missing", N_("Please write why the answer should be approved."), 422, field="text"
)
STAFF_ONLY = Refusal("task_staff_only", N_("Only the operator can do this."), 404)
DECISION_TEXT_MISSING = Refusal(
    "claim_decision_text_missing", N_("Please write the reasons; both sides read them."), 422, field="text"
)
