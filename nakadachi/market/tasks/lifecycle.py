"""The lives of a task and of a claim on one of its places."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

TASK = Lifecycle(
    name="task",
    initial="draft",
    states={
        "draft": "Being written; only its client sees it.",
        "funded": "The whole sum is set aside; it opens at its time.",
        "open": "Places can be taken.",
        "closed": "No new claims; what was taken or handed in is still decided.",
        "done": "Everything is decided; what was left went back to the client.",
        "dropped": "A draft that was thrown away.",
    },
    moves=(
        Move("discard", {"draft"}, "dropped", "client"),
        Move("fund", {"draft"}, "funded", "provider"),
        Move("open", {"funded"}, "open", "system at its time"),
        Move("close", {"funded", "open"}, "closed", "client, or system at its time"),
        Move("finish", {"closed"}, "done", "system, with the last decision"),
    ),
)

CLAIM = Lifecycle(
    name="claim",
    initial="reserved",
    states={
        "reserved": "A worker holds a place until a fixed moment and writes the answer.",
        "lapsed": "The time ran out, or the worker gave the place back; it is free again.",
        "submitted": "With the client; silence approves it at a fixed moment.",
        "approved": "The reward is the worker's.",
        "rejected": "Not approved, with a reason; the place stays kept until the worker can no longer object.",
        "appealed": "The worker objected; the operator decides by a fixed moment, else the worker is paid.",
        "refused": "The rejection is final; the place is free again.",
    },
    moves=(
        Move("reserve", {"lapsed"}, "reserved", "worker, once more"),
        Move("lapse", {"reserved"}, "lapsed", "system"),
        Move("give_back", {"reserved"}, "lapsed", "worker"),
        Move("submit", {"reserved", "lapsed"}, "submitted", "worker; after the time if a place is free"),
        Move("approve", {"submitted"}, "approved", "client, or system after silence or at once"),
        Move("reject", {"submitted"}, "rejected", "client, within the cap"),
        Move("appeal", {"rejected"}, "appealed", "worker, by a date"),
        Move("accept_rejection", {"rejected"}, "refused", "worker, or system after the date"),
        Move("grant", {"appealed"}, "approved", "staff, or system after silence"),
        Move("dismiss", {"appealed"}, "refused", "staff"),
        Move("pay_out", {"rejected", "appealed"}, "approved", "system, when a card dispute ends the task"),
    ),
)

LIVE = ("reserved", "submitted", "approved", "rejected", "appealed")
"""Claims that hold a place, and with it the money for one answer."""
UNDECIDED = ("reserved", "submitted", "rejected", "appealed")
"""Claims that a closed task waits for."""
HANDED_IN = ("submitted", "approved", "rejected", "appealed", "refused")
"""Claims with an answer: what the share of rejections is counted from."""
REJECTED = ("rejected", "appealed", "refused")
"""Answers that the client did not approve; one that the operator granted is not among them."""
