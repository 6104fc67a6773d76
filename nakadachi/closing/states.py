"""Which obstacle each open state of every lifecycle is, or why it is none.

A state that something still leaves must stand here: whoever adds one decides whether it keeps somebody from leaving.
Keys are app and lifecycle, as `docs/lifecycles.md` names them.
"""

FOLLOWS = "the contract it belongs to is the obstacle"
DRAFT = "a draft obliges nobody, and is erased"
ARCHIVE = "an archive is the member's own to fetch; it holds nobody, and is erased with the member"
DONE = "it is over; only a new act of somebody would go on with it"

STATES: dict[tuple[str, str], dict[str, tuple[str, ...] | str]] = {
    ("jobs", "job"): {"draft": DRAFT, "open": ("job.open",), "closed": DONE},
    ("sourcing", "proposal"): {
        "sent": ("proposal.open",),
        "chosen": ("offer.waiting",),
        "declined": DONE,
    },
    ("sourcing", "counter"): {"open": ("counter.open", "proposal.open")},
    ("contracts", "contract"): {
        "offered": ("offer.waiting",),
        "active": ("contract.active", "escrow.idle", "delivery.waiting", "timesheet.waiting"),
    },
    ("contracts", "milestone"): {
        "open": ("escrow.idle", "contract.active"),
        "delivered": ("delivery.waiting", "escrow.frozen", "dispute.open"),
    },
    ("contracts", "terms change"): {"open": ("change.open",), "agreed": ("change.open",)},
    ("contracts", "end proposal"): {"open": ("end.open",)},
    ("contracts", "nudge"): {"open": FOLLOWS},
    ("monthly", "monthly plan"): {
        "offered": ("offer.waiting",),
        "running": ("contract.active", "escrow.idle", "delivery.waiting"),
        "leaving": ("contract.active", "escrow.idle", "delivery.waiting"),
    },
    ("hourly", "work week"): {
        "open": ("escrow.idle", "timesheet.waiting", "contract.active"),
        "reported": ("timesheet.waiting",),
        "returned": ("timesheet.waiting",),
        "answered": ("timesheet.waiting",),
    },
    ("tasks", "task"): {
        "draft": DRAFT,
        "funded": ("task.open",),
        "open": ("task.open",),
        "closed": ("task.open", "task.pending"),
    },
    ("tasks", "claim"): {
        "reserved": ("task.pending",),
        "lapsed": DONE,
        "submitted": ("task.pending",),
        "rejected": ("task.pending",),
        "appealed": ("task.pending",),
    },
    ("escrow", "hold"): {
        "unfunded": "nothing was paid; what it is for is the obstacle",
        "funded": ("escrow.idle", "delivery.waiting", "timesheet.waiting", "task.open"),
        "frozen": ("escrow.frozen", "dispute.open", "task.open"),
    },
    ("payments", "payment"): {
        "created": "the provider does not know of it, and only its payer could go on",
        "processing": ("payment.unsettled",),
        "requires_action": ("payment.unsettled",),
        "awaiting": ("payment.unsettled",),
        "failed": "never taken; should the provider say otherwise, the money is an obstacle where it then stands",
    },
    ("payments", "refund"): {
        "requested": ("refund.transit",),
        "pending": ("refund.transit",),
        "refused": ("refund.transit",),
    },
    ("payments", "dispute"): {"open": ("escrow.frozen", "payment.disputed", "task.open")},
    ("payouts", "payout"): {
        "requested": ("payout.transit",),
        "batched": ("payout.transit",),
        "sent": "the bank has executed it; if it comes back, it is balance again",
    },
    ("payouts", "closing run"): {
        "open": "the operator's own work; a member's part of it is payout.transit",
        "filed": "the operator's own work; a member's part of it is payout.transit",
    },
    ("mediation", "case"): {
        "talking": ("dispute.open",),
        "deciding": ("dispute.open",),
        "decided": ("dispute.open",),
        "appealed": ("dispute.open",),
    },
    ("inquiries", "inquiry"): {
        "unconfirmed": "asked without an account",
        "open": "a note, not an obstacle: it is answered by mail",
        "answered": "waits for nobody but the member",
        "closed": DONE,
    },
    ("export", "export"): {"asked": ARCHIVE, "building": ARCHIVE, "ready": ARCHIVE},
    ("closing", "closing"): {
        "reserved": "leaving itself",
        "closed": "leaving itself",
        "erasing": "leaving itself",
    },
}
