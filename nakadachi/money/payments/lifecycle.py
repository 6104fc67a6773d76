"""The lives of a payment, of a refund, and of a dispute."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

PENDING = ("processing", "requires_action", "awaiting")
"""What becomes of the payment is with the provider or the card's owner: it is asked for until it is known."""

PAYMENT = Lifecycle(
    name="payment",
    states={
        "created": "written down, the provider does not know of it",
        "processing": "the provider is being asked",
        "requires_action": "the card's owner must confirm it with the card company",
        "awaiting": "the provider has promised the money, it comes later",
        "captured": "the money was taken and put where it belongs",
        "declined": "the card was refused, or the promised money did not come",
        "expired": "the card's owner did not confirm in time, or gave up, or the payer left the form",
        "failed": "the provider never received it, and never will take it",
    },
    initial="created",
    moves=(
        Move("process", sources={"created"}, target="processing", who="payer"),
        Move("lapse", sources={"created"}, target="expired", who="timer"),
        Move("challenge", sources={"processing"}, target="requires_action", who="provider"),
        Move("promise", sources={"processing", "requires_action"}, target="awaiting", who="provider"),
        Move("capture", sources={*PENDING, "failed"}, target="captured", who="provider"),
        Move("decline", sources={*PENDING}, target="declined", who="provider"),
        Move("expire", sources={"processing", "requires_action"}, target="expired", who="provider, or payer"),
        Move("fail", sources={*PENDING}, target="failed", who="timer"),
    ),
)

REFUND = Lifecycle(
    name="refund",
    states={
        "requested": "reserved in refunds_in_transit, on its way to the provider",
        "pending": "the provider has taken it on, the money arrives later",
        "settled": "given back by the provider",
        "refused": "the provider does not give it back: the operator must look",
        "transferred": "given back by the operator's bank transfer instead",
        "charged_back": "the client got the money by a lost dispute instead",
    },
    initial="requested",
    moves=(
        Move("take_on", sources={"requested"}, target="pending", who="provider"),
        Move("settle", sources={"requested", "pending"}, target="settled", who="provider"),
        Move("refuse", sources={"requested", "pending"}, target="refused", who="provider"),
        Move("retry", sources={"refused"}, target="requested", who="staff"),
        Move("transfer", sources={"refused"}, target="transferred", who="staff"),
        Move("charge_back", sources={"requested", "refused"}, target="charged_back", who="provider"),
    ),
)

DISPUTE = Lifecycle(
    name="dispute",
    states={
        "open": "the card's owner disputes the payment; the provider took the sum and a fee",
        "won": "decided for us, the sum came back; the fee stays the operator's cost",
        "lost": "decided for the card's owner; what was not delivered is taken from the hold, the rest is our loss",
    },
    initial="open",
    moves=(
        Move("win", sources={"open"}, target="won", who="provider"),
        Move("lose", sources={"open"}, target="lost", who="provider"),
    ),
)
