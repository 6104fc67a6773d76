"""Every sentence that says no about work by the month, with what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

OTHER_FORMAT = Refusal("not_monthly", N_("This proposal is not for work by the month. Please open its own page."))
START_PAST = Refusal("monthly_start_past", N_("Please choose a day after today."), 422, field="starts_on")
START_FAR = Refusal("monthly_start_far", N_("Please choose a day within %(days)s days."), 422, field="starts_on")
NOTICE_OUTSIDE = Refusal(
    "monthly_notice_outside", N_("Please agree on 1 to %(most)s days of notice."), 422, field="notice_days"
)
START_PASSED = Refusal(
    "monthly_start_passed",
    N_("The first day of this offer has passed. Please decline it and agree on a new day with the client."),
)
NOTICE_FIRST = Refusal(
    "monthly_notice_first",
    N_("A month of this contract was worked already. Please give notice, or agree with the worker on the ending."),
)
NOTICE_GIVEN = Refusal(
    "monthly_notice_given", N_("Notice has been given already. The last day is on the contract's page.")
)
NOT_BEGUN = Refusal(
    "monthly_not_begun",
    N_(
        "The first month has not begun yet. While no money is set aside you can end the contract; otherwise, propose "
        "to end it."
    ),
)
RATE_MONTH_PAID = Refusal(
    "monthly_rate_month_paid",
    N_("“%(title)s” is set aside already at the present sum. Please choose a later day."),
    422,
    field="rate_from_on",
)
REASON_MISSING = Refusal(
    "monthly_reason_missing", N_("Please write why you end the contract. The other side reads it."), 422, field="reason"
)
