"""The lives of a payout and of a closing run."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

PAYOUT = Lifecycle(
    name="payout",
    states={
        "requested": "Left the balance; waits for the next closing run.",
        "batched": "Stands in a closing run.",
        "sent": "The bank executed the transfer.",
        "returned": "The bank sent it back; the money is on the balance again.",
        "cancelled": "Taken back before a run took it; the money is on the balance again.",
    },
    initial="requested",
    moves=(
        Move("batch", sources={"requested"}, target="batched", who="the closing run"),
        Move("cancel", sources={"requested"}, target="cancelled", who="the member or the operator"),
        Move("send", sources={"batched"}, target="sent", who="the operator, for the whole run"),
        Move("return", sources={"sent"}, target="returned", who="the operator, on the bank's word"),
    ),
)

RUN = Lifecycle(
    name="closing run",
    states={
        "open": "Closed and counted; the transfer file is not made yet.",
        "filed": "The transfer file is made and never changes.",
        "sent": "The bank executed the file.",
    },
    initial="open",
    moves=(
        Move("file", sources={"open"}, target="filed", who="the operator"),
        Move("send", sources={"filed"}, target="sent", who="the operator"),
    ),
)
