"""The life of an inquiry."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

INQUIRY = Lifecycle(
    name="inquiry",
    states={
        "unconfirmed": "Asked without an account; the address is not confirmed, nobody reads it yet.",
        "open": "Waits for the operator.",
        "answered": "Waits for the one who asked.",
        "closed": "Settled; an answer of the one who asked opens it again.",
    },
    initial="unconfirmed",
    moves=(
        Move(
            "confirm", {"unconfirmed"}, "open", "the one who asked, by the link in the mail; a member's is open at once"
        ),
        Move("answer", {"open", "answered"}, "answered", "the operator"),
        Move("reply", {"open", "answered"}, "open", "the one who asked"),
        Move("reopen", {"closed"}, "open", "the one who asked, by writing again"),
        Move("close", {"open", "answered"}, "closed", "the operator, or the one who asked"),
    ),
)
