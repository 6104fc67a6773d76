"""The life of a plan: whether further months follow."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

PLAN = Lifecycle(
    name="monthly plan",
    initial="offered",
    states={
        "offered": "Part of an offer that waits for the worker's answer.",
        "running": "Month follows month until one side gives notice.",
        "leaving": "Notice is given; months follow up to its last day.",
        "stopped": "No month follows. Those that are there go on to their end.",
    },
    moves=(
        Move("begin", {"offered"}, "running", "worker"),
        Move("give_notice", {"running"}, "leaving", "either side"),
        Move("stop", {"running", "leaving"}, "stopped", "system; both sides with the contract"),
    ),
)
