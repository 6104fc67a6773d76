"""Why something is not written, and what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

NOTHING_WRITTEN = Refusal("nothing_written", N_("Please write a message or attach a file."), 422, field="text")
TEXT_TOO_LONG = Refusal(
    "text_too_long",
    N_("Please shorten the message to %(length_max)s characters or fewer (now %(length)s)."),
    422,
    field="text",
)
OWN_JOB = Refusal(
    "own_job", N_("This is your own posting. You can answer under “Messages” as soon as somebody asks."), 403
)
NOT_BETWEEN = Refusal(
    "not_between", N_("You can write to a worker who has asked or proposed, or with whom you have a contract."), 403
)
JOB_CLOSED = Refusal("job_closed", N_("This job no longer takes questions. Please look for other work."))
SUSPENDED = Refusal(
    "suspended",
    N_("Your account is suspended. You can write about your contracts only. Otherwise please write to the operator."),
    403,
)
LEAVING = Refusal(
    "leaving",
    N_("You have reserved closing your account, so nothing new can be begun. You can undo the reservation any time."),
)
BLOCKED = Refusal("cannot_deal", N_("You cannot write to this member."), 403)
OTHER_GONE = Refusal("other_gone", N_("The other side has closed the account, so nobody would read your message."))
CLOSED = Refusal(
    "thread_closed",
    N_("This work ended more than %(days)s days ago, so the thread can only be read. New work opens a new one."),
)
TOO_FAST = Refusal(
    "too_fast", N_("You have sent many messages within a minute. Please wait a moment and send again."), 429
)
TOO_MANY = Refusal("too_many", N_("You have sent very many messages today. Please go on tomorrow."), 429)
TOO_MANY_THREADS = Refusal("too_many_threads", N_("You have asked about many jobs today. Please go on tomorrow."), 429)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
NOT_YOURS = Refusal("not_yours", N_("Only the one who wrote it can do this."), 404)
TOO_LATE = Refusal(
    "too_late", N_("A message can be taken back for %(minutes)s minutes. Please write another one that puts it right.")
)
TAKEN_BACK = Refusal("taken_back", N_("This message was taken back already."))
STAFF_ONLY = Refusal("staff_only", N_("Only the operator can do this."), 404)
REASON_MISSING = Refusal("reason_missing", N_("Please enter a reason."), 422, field="reason")
REASON_TOO_LONG = Refusal(
    "reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422, field="reason"
)
