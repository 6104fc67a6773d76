"""The life of a job."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

JOB = Lifecycle(
    name="job",
    initial="draft",
    states={
        "draft": "Being written; only its client sees it.",
        "open": "Published; workers may propose.",
        "closed": "No new proposals; what was agreed goes on.",
        "dropped": "A draft that was thrown away.",
    },
    moves=(
        Move("open", {"draft"}, "open", "client, or system when a task opens"),
        Move("discard", {"draft"}, "dropped", "client"),
        Move("close", {"open"}, "closed", "client"),
        Move("expire", {"open"}, "closed", "system"),
        Move("fill", {"open"}, "closed", "system"),
        Move("reopen", {"closed"}, "open", "client, while a place is left"),
    ),
)
