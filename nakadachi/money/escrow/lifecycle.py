"""The life of a hold."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

HOLD = Lifecycle(
    name="hold",
    states={
        "unfunded": "Agreed; the client has not paid yet.",
        "funded": "Paid; set aside for the worker.",
        "frozen": "Disputed with the card company, or claimed in a mediation; nothing moves until that is decided.",
        "released": "All of it was confirmed as reward.",
        "refunded": "All of it went back to the client.",
        "split": "Partly reward, partly given back.",
        "rolled": "What was left went on into the next hold of the same contract.",
        "charged_back": "Taken back by the client's card company before anything was delivered.",
    },
    initial="unfunded",
    moves=(
        Move("fund", sources={"unfunded"}, target="funded", who="provider"),
        Move("release_part", sources={"funded"}, target="funded", who="client, staff, or system after silence"),
        Move("release", sources={"funded"}, target="released", who="client, staff, or system after silence"),
        Move("refund", sources={"funded"}, target="refunded", who="worker, staff, or system"),
        Move("freeze", sources={"funded"}, target="frozen", who="provider, or a side by a claim"),
        Move("freeze_also", sources={"frozen"}, target="frozen", who="provider, or a side by a claim"),
        Move("unfreeze_part", sources={"frozen"}, target="frozen", who="provider, or system"),
        Move("unfreeze", sources={"frozen"}, target="funded", who="provider, or system"),
        Move("charge_back", sources={"frozen"}, target="charged_back", who="provider"),
        Move("split", sources={"funded"}, target="split", who="both sides, or staff"),
        Move("roll", sources={"funded"}, target="rolled", who="client, or system"),
    ),
)
