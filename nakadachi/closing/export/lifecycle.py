"""The life of an export."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

EXPORT = Lifecycle(
    name="export",
    states={
        "asked": "Asked for; the job has not begun.",
        "building": "Being gathered; the steps say how far it is.",
        "ready": "The archive can be fetched by its member.",
        "failed": "It could not be made; the member can ask again at once.",
        "expired": "The archive was removed: its time was over, or a newer one took its place.",
    },
    initial="asked",
    moves=(
        Move("start", {"asked"}, "building", "the job"),
        Move("finish", {"building"}, "ready", "the job"),
        Move("fail", {"asked", "building"}, "failed", "the job after some attempts, or the time limit"),
        Move("expire", {"ready"}, "expired", "the time limit, or a newer archive"),
    ),
)
