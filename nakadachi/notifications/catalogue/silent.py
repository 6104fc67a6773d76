"""Events that nobody is told of, and why."""

_OWN = "the one who did it sees it done, and it concerns nobody else"
_INSIDE = "bookkeeping of the money; what caused it is told"
_BESIDE = "another event of the same moment is told"

SILENT: dict[str, str] = {
    "job.write": _OWN,
    "job.change": _OWN,
    "job.open": _OWN,
    "job.discard": _OWN,
    "job.close": "proposals that came in can still be chosen, so nothing ends for anybody",
    "job.fill": "follows from contract.confirm, which is told",
    "proposal.choose": "contract.offer is told",
    "proposal.accept": "contract.confirm is told",
    "proposal.turn_down": "contract.decline is told",
    "proposal.lapse": "contract.lapse is told",
    "proposaltemplate.keep": _OWN,
    "proposaltemplate.remove": _OWN,
    "contract.complete": "the last milestone.accept is told",
    "terms.write": "contract.confirm is told, and leads to the terms",
    "milestone.settle": "the ending of the contract is told",
    "endproposal.overtake": "what overtook it is told",
    "hold.open": _INSIDE,
    "hold.fund": _INSIDE,
    "hold.surplus": "the refund that follows is told",
    "hold.release": _INSIDE,
    "hold.release_part": _INSIDE,
    "hold.refund": _INSIDE,
    "hold.split": _INSIDE,
    "payment.create": _OWN,
    "payment.process": _OWN,
    "payment.capture": "milestone.fund is told",
    "refund.request": "what caused it is told, and refund.settle when the money has left",
    "closingrun.file": "the staff who made it sees it",
    "closingrun.send": "payout.send is told to each member",
    "bankaccount.refused": "payout.return is told",
    "operator.fees_swept": _OWN,
    "member.profile_changed": _OWN,
    "member.legal_name_changed": _OWN,
    "member.payout_mode_changed": _OWN,
    "member.language_changed": _OWN,
}
