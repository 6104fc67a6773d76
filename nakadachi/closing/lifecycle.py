"""The life of one closing of an account."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

CLOSING = Lifecycle(
    name="closing",
    initial="reserved",
    states={
        "reserved": "Nothing new can be begun; the account closes by itself when the last obstacle has cleared.",
        "closed": "Nobody can log in and nothing is shown; the member can undo it until a fixed moment.",
        "erasing": "Personal data is being erased, table by table; what was interrupted goes on.",
        "erased": "Nothing is left but what the law asks to keep, under a pseudonym.",
        "undone": "The member came back.",
    },
    moves=(
        Move("close", {"reserved"}, "closed", "system, when nothing stands in the way any more"),
        Move("open_again", {"closed"}, "reserved", "system, when something stands in the way again"),
        Move("undo", {"reserved", "closed"}, "undone", "the member"),
        Move("begin_erasing", {"closed"}, "erasing", "system, when the time to undo is over"),
        Move("finish", {"erasing"}, "erased", "system, with the last table"),
    ),
)
