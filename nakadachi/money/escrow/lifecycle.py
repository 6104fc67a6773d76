"""The life of a hold."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

HOLD = Lifecycle(
    name="hold",
    states={
        "unfunded": "agreed, the client has not paid yet",
        "funded": "paid, set aside for the worker",
        "frozen": "disputed with the card company, or claimed in a mediation; nothing moves until that is decided",
        "released": "all of it confirmed as reward",
        "refunded": "all of it given back to the client",
        "split": "partly reward, partly given back",
        "rolled": "what was left went on into the next hold of the same contract",
        "charged_back": "taken back by the client's card company before anything was delivered",
    },
    initial="unfunded",
    moves=(
        Move("fund", sources={"unfunded"}, target="funded", who="provider"),
        Move("release_part", sources={"funded"}, target="funded", who="payer, staff or timer"),
        Move("release", sources={"funded"}, target="released", who="payer, staff or timer"),
        Move("refund", sources={"funded"}, target="refunded", who="payee, staff or timer"),
        Move("freeze", sources={"funded"}, target="frozen", who="provider, or a side by a claim"),
        Move("freeze_also", sources={"frozen"}, target="frozen", who="provider, or a side by a claim"),
        Move("unfreeze_part", sources={"frozen"}, target="frozen", who="provider, or timer"),
        Move("unfreeze", sources={"frozen"}, target="funded", who="provider, or timer"),
        Move("charge_back", sources={"frozen"}, target="charged_back", who="provider"),
        Move("split", sources={"funded"}, target="split", who="payer and payee, or staff"),
        Move("roll", sources={"funded"}, target="rolled", who="payer, or timer"),
    ),
)
