"""The life of a working week."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

WORK_WEEK = Lifecycle(
    name="work week",
    initial="open",
    states={
        "open": "Ahead or running: paid in before it begins, then the worker records time.",
        "reported": "With the client, line by line; silence approves at a fixed moment.",
        "returned": "Some lines went back; the worker answers, corrects or drops them by a date.",
        "answered": "With the client for the last time; silence approves at a fixed moment.",
        "approved": "Every line is decided; what was approved is paid.",
        "skipped": "Not paid in by the time it began: no work was done, nothing is owed.",
        "settled": "Closed with the contract, by rule or by agreement.",
    },
    moves=(
        Move("skip", {"open"}, "skipped", "system when it is not paid in"),
        Move("report", {"open"}, "reported", "worker, or system on Monday 06:00"),
        Move("send_back", {"reported"}, "returned", "client"),
        Move("answer", {"returned"}, "answered", "worker, or system after silence"),
        Move("approve", {"open", "reported", "returned", "answered"}, "approved", "client, or system after silence"),
        Move("settle", {"open", "reported", "returned", "answered"}, "settled", "both sides, or with the contract"),
    ),
)
