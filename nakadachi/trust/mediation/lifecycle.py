"""The life of a case."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

CASE = Lifecycle(
    name="case",
    initial="talking",
    states={
        "talking": "The sides write down what happened and make sealed offers.",
        "deciding": "The operator reads and rules by a date; offers may still be made.",
        "decided": "The operator has ruled; either side may appeal until a date, then it takes effect.",
        "appealed": "Somebody else of the operator rules for good by a date; if not, the first ruling stands.",
        "closed": "Over; the money was divided, or the claim was taken back.",
    },
    moves=(
        Move("hand_over", {"talking"}, "deciding", "system, when the time to talk is over"),
        Move("agree", {"talking", "deciding"}, "closed", "both sides, by offers that cross"),
        Move("withdraw", {"talking", "deciding"}, "closed", "the side that opened it"),
        Move("rule", {"deciding"}, "decided", "operator"),
        Move("default", {"deciding"}, "closed", "system, when the operator was silent"),
        Move("accept_ruling", {"decided"}, "closed", "both sides, without waiting"),
        Move("take_effect", {"decided"}, "closed", "system, when nobody has appealed"),
        Move("appeal", {"decided"}, "appealed", "either side"),
        Move("rule_again", {"appealed"}, "closed", "operator, not the one who ruled first"),
        Move("uphold", {"appealed"}, "closed", "system, when the operator was silent"),
        Move("drop", {"talking", "deciding", "decided", "appealed"}, "closed", "system, when the money is gone"),
    ),
)
