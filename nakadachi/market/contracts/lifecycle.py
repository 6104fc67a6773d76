"""The lives of a contract, its milestones, and a proposal to change or to end it."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

CONTRACT = Lifecycle(
    name="contract",
    initial="offered",
    states={
        "offered": "The client has chosen; the worker answers by a date.",
        "active": "Agreed in writing; milestones are funded, delivered and accepted.",
        "completed": "Every milestone was accepted.",
        "ended": "Over before everything was accepted.",
        "declined": "The worker did not want it.",
        "lapsed": "The worker did not answer in time.",
        "withdrawn": "The client took the offer back before it was answered.",
    },
    moves=(
        Move("confirm", {"offered"}, "active", "worker"),
        Move("decline", {"offered"}, "declined", "worker"),
        Move("lapse", {"offered"}, "lapsed", "system"),
        Move("withdraw", {"offered"}, "withdrawn", "client"),
        Move("complete", {"active"}, "completed", "client, or system after silence"),
        Move(
            "end",
            {"active"},
            "ended",
            "both sides; either while nothing is funded; with the last milestone handed back; system by rule",
        ),
    ),
)

MILESTONE = Lifecycle(
    name="milestone",
    initial="open",
    states={
        "open": "To be funded, or being worked on.",
        "delivered": "With the client for inspection; silence accepts it at a fixed moment.",
        "accepted": "The reward is the worker's.",
        "handed_back": "The worker gave it up; the money went back to the client.",
        "settled": "Closed by an ending: divided as agreed, or dropped unfunded.",
    },
    moves=(
        Move("deliver", {"open"}, "delivered", "worker"),
        Move("withdraw_delivery", {"delivered"}, "open", "worker"),
        Move("request_revision", {"delivered"}, "open", "client"),
        Move("accept", {"delivered"}, "accepted", "client, or system after silence"),
        Move("hand_back", {"open", "delivered"}, "handed_back", "worker"),
        Move("settle", {"open", "delivered"}, "settled", "both sides; either while nothing is funded; system by rule"),
    ),
)

TERMS_CHANGE = Lifecycle(
    name="terms change",
    initial="open",
    states={
        "open": "The other side answers; until then the old terms hold.",
        "agreed": "Both agreed on a higher price; the old terms hold until the difference is set aside.",
        "accepted": "Both agreed; a new version of the terms says so.",
        "declined": "The other side did not agree; the old terms hold.",
        "withdrawn": "Taken back, or overtaken by events.",
        "lapsed": "Nobody answered, or paid the difference, in time; the old terms hold.",
    },
    moves=(
        Move("accept", {"open"}, "accepted", "the other side"),
        Move("agree", {"open"}, "agreed", "the other side, when a difference is to be set aside"),
        Move("take_effect", {"agreed"}, "accepted", "system, when the difference has come in"),
        Move("decline", {"open"}, "declined", "the other side"),
        Move("withdraw", {"open"}, "withdrawn", "the side that proposed"),
        Move("drop", {"agreed"}, "withdrawn", "either side, while the difference is not set aside"),
        Move("overtake", {"open", "agreed"}, "withdrawn", "system"),
        Move("lapse", {"open", "agreed"}, "lapsed", "system, when the time is over"),
    ),
)

END_PROPOSAL = Lifecycle(
    name="end proposal",
    initial="open",
    states={
        "open": "The other side answers.",
        "accepted": "Both agreed; the money was divided so.",
        "declined": "The other side did not agree.",
        "withdrawn": "Taken back, or overtaken by events.",
        "lapsed": "Nobody answered in time; the contract goes on.",
    },
    moves=(
        Move("accept", {"open"}, "accepted", "the other side"),
        Move("decline", {"open"}, "declined", "the other side"),
        Move("withdraw", {"open"}, "withdrawn", "the side that proposed"),
        Move("overtake", {"open"}, "withdrawn", "system"),
        Move("lapse", {"open"}, "lapsed", "system, when the time is over"),
    ),
)

NUDGE = Lifecycle(
    name="nudge",
    initial="open",
    states={
        "open": "The other side has been silent; any message or move of theirs ends this.",
        "answered": "The other side was heard.",
        "carried_out": "Nothing was heard in time: delivered work was paid, the rest went back, the contract ended.",
        "overtaken": "The contract ended otherwise, or its money stands still.",
    },
    moves=(
        Move("answer", {"open"}, "answered", "the other side, by a message or any move"),
        Move("carry_out", {"open"}, "carried_out", "system, when the time is over"),
        Move("overtake", {"open"}, "overtaken", "system"),
    ),
)
