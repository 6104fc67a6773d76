"""Why something is not done with hourly work, in words that say what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

NOT_CLIENT = Refusal("hourly_not_client", N_("Only the client of this contract can do this."), 403)
NOT_WORKER = Refusal("hourly_not_worker", N_("Only the worker of this contract can do this."), 403)
NOT_ACTIVE = Refusal("hourly_not_active", N_("This contract is not in progress, so this is no longer possible."))
STOPPED = Refusal("hourly_stopped", N_("The work under this contract has ended. Nothing more can be recorded."))
HOURS_OUTSIDE = Refusal(
    "hours_outside", N_("Please enter the hours per week as a number from 1 to %(most)s."), 422, field="hours"
)
START_PASSED = Refusal(
    "hourly_start_passed",
    N_("The first day of this offer has passed. Please ask the client to make the offer again."),
)
START_PAST = Refusal("hourly_start_past", N_("Please choose a first day from today on."), 422, field="starts_on")
START_TOO_LATE = Refusal(
    "hourly_start_too_late", N_("Please choose a first day within the next %(days)s days."), 422, field="starts_on"
)

WEEK_NOT_YET = Refusal(
    "week_not_yet", N_("The first day of this contract is %(day)s. Nothing can be recorded before it.")
)
WEEK_NOT_FUNDED = Refusal(
    "week_not_funded",
    N_("The client has not set the money for this week aside yet. Please start once it is: then your reward is safe."),
)
WEEK_CLOSED = Refusal("week_closed", N_("This week is reported already, so its times can no longer be changed."))
WEEK_NOT_BEGUN = Refusal("week_not_begun", N_("This week did not begin, since it was not paid in."))
WEEK_FULL = Refusal(
    "week_full",
    N_("The hours of this week (%(hours)s) are used up. More could not be paid; please agree on more hours first."),
)
WEEK_TOO_MUCH = Refusal(
    "week_too_much",
    N_("Only %(left)s are left in this week. More could not be paid; please shorten the time."),
    422,
    field="ended_at",
)

TIMER_RUNS = Refusal(
    "timer_runs", N_("Your timer is running already. Please stop it first; only one can run at a time.")
)
TIMER_STOPPED = Refusal(
    "timer_stopped",
    N_("This timer stopped by itself in the meantime. Please look at the recorded time and correct it if needed."),
)
RUNNING_FIRST = Refusal("running_first", N_("Your timer is still running. Please stop it before you report the week."))
RUNNING_EDIT = Refusal("running_edit", N_("The timer of this line is running. Please stop it before you change it."))

ENDS_BEFORE = Refusal(
    "ends_before",
    N_("Please choose an end that is after the start. Work over midnight is two entries: until 24:00, and from 0:00."),
    422,
    field="ended_at",
)
IN_FUTURE = Refusal("in_future", N_("This time is still ahead. Please enter work that is done."), 422, field="ended_at")
OUTSIDE_WEEK = Refusal(
    "outside_week",
    N_("Please enter times between %(first)s and %(last)s: they belong to this week."),
    422,
    field="started_at",
)
OUTSIDE_DAY = Refusal(
    "outside_day",
    N_("A corrected time stays within its day. Please enter times between %(first)s and %(last)s."),
    422,
    field="started_at",
)
BEFORE_MONEY = Refusal(
    "before_money",
    N_("The money for this week was set aside at %(moment)s. Times before that cannot be recorded."),
    422,
    field="started_at",
)
OVERLAP = Refusal(
    "time_overlaps",
    N_("This time overlaps with another one of yours. No time can be counted twice: please look at your records."),
    422,
    field="started_at",
)
MEMO_TOO_LONG = Refusal(
    "memo_too_long", N_("Please shorten the memo to %(length_max)s characters or fewer."), 422, field="memo"
)

ALREADY_FUNDED = Refusal("week_already_funded", N_("The money for this week is already set aside."))
FUND_TOO_LATE = Refusal("week_fund_too_late", N_("This week can no longer be paid in. The next one can."))
NOTHING_HELD = Refusal(
    "week_nothing_held", N_("Under this contract nothing is set aside: you pay after approving the week.")
)
NOTHING_OWED = Refusal("week_nothing_owed", N_("There is nothing to pay for this week."))

NOT_OPEN = Refusal("week_not_open", N_("This week is reported already. It is with the client now."))
REPORT_TOO_EARLY = Refusal("report_too_early", N_("The time to report this week has not passed yet."))
NOT_REPORTED = Refusal("week_not_reported", N_("This week is not reported yet, or is decided already."))
REVIEW_OVER = Refusal("review_over", N_("The time to send something back has passed: the week counts as approved."))
LAST_ROUND = Refusal(
    "last_round",
    N_("Lines can be sent back once. Please approve the answers, or write to us if you do not agree."),
)
RETURN_REASON_MISSING = Refusal(
    "return_reason_missing", N_("Please write a reason for each line that you send back."), 422
)
RETURN_REASON_TOO_LONG = Refusal(
    "return_reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422
)
LINE_UNKNOWN = Refusal("line_unknown", N_("This line is no longer there. Please look at the week again."))
NOT_RETURNED = Refusal("week_not_returned", N_("Nothing of this week waits for your answer."))
ANSWER_OVER = Refusal("answer_over", N_("The time to answer has passed: the lines without an answer were taken out."))
ANSWER_MISSING = Refusal(
    "answer_missing", N_("Please answer every line: write an explanation, correct the time, or take it out."), 422
)
CORRECTED_LONGER = Refusal(
    "corrected_longer",
    N_("A corrected time can be as long as you reported it, or shorter: the client cannot send it back again."),
    422,
    field="ended_at",
)
FINISH_REASON_MISSING = Refusal(
    "finish_reason_missing", N_("Please write why the contract ends. The other side reads it."), 422, field="reason"
)
FINISH_REASON_TOO_LONG = Refusal(
    "finish_reason_too_long",
    N_("Please shorten the reason to %(length_max)s characters or fewer."),
    422,
    field="reason",
)
RATE_DAY = Refusal(
    "hourly_rate_day",
    N_("A new rate begins on a Monday, after the last week whose money was asked for. Please choose one."),
)
