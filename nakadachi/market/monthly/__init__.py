"""Work by the month (月額報酬): a sum per month, each month set aside before it begins, delivered and inspected.

Each month is a milestone of the contract with its first and last day, so that funding, delivery, inspection, revision,
giving back, disputes and 報酬管理 are those of every milestone. What is added here: the plan (from when, on which day a
month begins, notice), the timer that writes the next month down, and what becomes of a month that nobody pays for.

Invariants: months follow each other without gap or overlap; a month that is cut short costs its share by days, and the
shares of one month add up to its sum; no month follows one that was not paid for; after the last day of a notice
nothing is written down any more.
"""
