"""The lives of a payment and of a refund."""

from nakadachi.kernel.lifecycle import Lifecycle, Move

PAYMENT = Lifecycle(
    name="payment",
    states={
        "created": "written down, the provider does not know of it",
        "processing": "the provider is being asked",
        "captured": "the money was taken and put where it belongs",
        "declined": "the card was refused",
        "failed": "the provider never received it",
    },
    initial="created",
    moves=(
        Move("process", sources={"created"}, target="processing", who="payer"),
        Move("capture", sources={"processing", "failed"}, target="captured", who="provider"),
        Move("decline", sources={"processing"}, target="declined", who="provider"),
        Move("fail", sources={"processing"}, target="failed", who="timer"),
    ),
)

REFUND = Lifecycle(
    name="refund",
    states={
        "requested": "reserved in refunds_in_transit, on its way to the provider",
        "settled": "given back by the provider",
        "refused": "the provider does not give it back: the operator must look",
    },
    initial="requested",
    moves=(
        Move("settle", sources={"requested"}, target="settled", who="provider"),
        Move("refuse", sources={"requested"}, target="refused", who="provider"),
    ),
)
