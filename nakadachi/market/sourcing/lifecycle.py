"""The life of a proposal."""

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
        Move("choose", {"sent"}, "chosen", "client"),
        Move("accept", {"chosen"}, "accepted", "worker"),
        Move("turn_down", {"chosen"}, "withdrawn", "worker"),
        Move("lapse", {"chosen"}, "withdrawn", "system"),
    ),
)
LIVING = ("sent", "chosen", "accepted")
"""A worker has at most one living proposal to a job."""
