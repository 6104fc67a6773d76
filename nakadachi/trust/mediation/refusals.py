"""Why something cannot be done in a mediation, in words that say what to do."""

from nakadachi.kernel.refusal import N_, Refusal

NOT_PARTY = Refusal("case_not_party", N_("Only the two sides of this mediation can do that."), 403)
NOT_OPENER = Refusal("case_not_opener", N_("Only the side that asked for the mediation can take it back."), 403)
NOT_OPERATOR = Refusal("case_not_operator", N_("Only the operator's people for mediation can do that."), 403)
CANNOT_CLAIM = Refusal("case_cannot_claim", N_("About this money the operator cannot mediate."), 422)
ALREADY_OPEN = Refusal("case_already_open", N_("A mediation about this is under way already. Please write there."))
IS_CLOSED = Refusal("case_closed", N_("This mediation is over. Nothing can be added to it any more."))
NO_OFFERS_NOW = Refusal(
    "case_no_offers_now", N_("The operator has ruled already. Please accept the ruling, or appeal against it.")
)
TOO_LATE = Refusal("case_too_late", N_("The time for this is over. Please open the page anew to see what comes next."))
NOT_YET = Refusal("case_not_yet", N_("The two sides are still talking. Please rule when their time is over."))
NOT_RULED = Refusal("case_not_ruled", N_("There is no ruling to answer at the moment."))
ALREADY_ACCEPTED = Refusal(
    "case_already_accepted", N_("You have accepted this ruling already. It takes effect when the other side does too.")
)
SAME_PERSON = Refusal(
    "case_same_person", N_("You ruled on this already. Somebody else of the operator has to rule on the appeal."), 403
)
INTERESTED = Refusal(
    "case_interested", N_("You are a side of this contract yourself. Somebody else has to rule on it."), 403
)
OFFERS_USED = Refusal(
    "case_offers_used", N_("You have made %(count)s offers, which is all there are. Please wait for the ruling.")
)
OFFER_LOWER = Refusal(
    "case_offer_lower",
    N_("An offer can only come towards the other side. Please enter %(bound)s, your last offer, or more."),
    422,
    field="amount",
)
OFFER_HIGHER = Refusal(
    "case_offer_higher",
    N_("An offer can only come towards the other side. Please enter %(bound)s, your last offer, or less."),
    422,
    field="amount",
)
REASON_MISSING = Refusal(
    "case_reason_missing", N_("Please write what happened and what you wish for."), 422, field="reason"
)
TEXT_MISSING = Refusal("case_text_missing", N_("Please write something first."), 422, field="text")
TEXT_TOO_LONG = Refusal(
    "case_text_too_long", N_("Please shorten this text to %(length_max)s characters or fewer."), 422, field="text"
)
STATEMENTS_USED = Refusal(
    "case_statements_used",
    N_("You have written %(count)s statements, which is all there are. Everything so far will be read."),
    429,
)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
