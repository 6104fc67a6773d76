"""The lives of a proposal and of a counter-proposal."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

PROPOSAL = Lifecycle(
    name="proposal",
    initial="sent",
    states={
        "sent": "With the client, who may choose or decline it.",
        "chosen": "The client offers a contract; the worker answers.",
        "accepted": "The worker confirmed: there is a contract.",
        "withdrawn": "The worker took it back, or let the offer pass.",
        "declined": "The client chose otherwise.",
    },
    moves=(
        Move("withdraw", {"sent"}, "withdrawn", "worker"),
        Move("decline", {"sent"}, "declined", "client"),
        Move("pass_over", {"sent"}, "declined", "system"),
        Move("run_out", {"sent"}, "declined", "system, when the client was silent for some time after the closing"),
        Move("choose", {"sent"}, "chosen", "client"),
        Move("accept", {"chosen"}, "accepted", "worker"),
        Move("turn_down", {"chosen"}, "withdrawn", "worker"),
        Move("lapse", {"chosen"}, "withdrawn", "system"),
        Move("release", {"chosen"}, "sent", "client, who takes the offer back"),
        Move("reconsider", {"declined"}, "sent", "client, while a place is left"),
    ),
)

COUNTER = Lifecycle(
    name="counter",
    initial="open",
    states={
        "open": "The other side answers.",
        "accepted": "It became what the proposal says.",
        "declined": "The other side keeps to what the proposal says.",
        "withdrawn": "Taken back by the side that made it.",
        "replaced": "Overtaken: by a newer one, a change of the proposal, or its end.",
    },
    moves=(
        Move("accept", {"open"}, "accepted", "the other side"),
        Move("decline", {"open"}, "declined", "the other side"),
        Move("withdraw", {"open"}, "withdrawn", "the side that made it"),
        Move("replace", {"open"}, "replaced", "follows from a newer one, or from a move of the proposal"),
    ),
)
LIVING = ("sent", "chosen", "accepted")
"""A worker has at most one living proposal to a job."""
