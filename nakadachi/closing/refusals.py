"""Why somebody cannot leave in this way, or not come back."""

from nakadachi.kernel.refusal import N_, Refusal

NOT_YOURS = Refusal("not_yours", N_("Only the member can change this."), 404)
ALREADY = Refusal("already_leaving", N_("You have already reserved leaving. This page shows how far it is."))
CONSENT_MISSING = Refusal(
    "consent_missing", N_("Please tick that you have read what happens when you leave."), 422, field="consent"
)
BAD_REASON = Refusal("bad_reason", N_("Please choose a reason from the list, or none."), 422, field="reason")
REASON_TOO_LONG = Refusal(
    "reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422, field="reason_text"
)
NO_SUCH_CODE = Refusal(
    "no_such_code",
    N_("This code is not known. Please type it as it stands on the receipt, e.g. 12-ABCD-EFGH-IJKL-MNOP."),
    422,
    field="code",
)
TOO_LATE = Refusal("too_late_to_undo", N_("The time to undo it is over: this account has been closed for good."), 410)
NOT_OPEN = Refusal("not_leaving", N_("Leaving was undone already. You can go on as before."))
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
