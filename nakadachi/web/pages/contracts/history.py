"""The history of a contract in sentences: who did what when. (Talk between the two sides is not part of it.)"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.infra.events import queries as events
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import Happening


def history_of(
    contract: Contract, milestones: Sequence[Milestone], ends: Sequence[EndProposal], *, viewer_id: int
) -> list[Happening]:
    """Everything that happened, the newest first."""
    found = events.about(
        {
            "contracts.contract": [contract.pk],
            "contracts.milestone": [milestone.pk for milestone in milestones],
            "contracts.endproposal": [end.pk for end in ends],
        }
    )
    titles = {milestone.pk: milestone for milestone in milestones}
    lines = [_happening(event, contract, titles, viewer_id) for event in reversed(found)]
    return [line for line in lines if line is not None]


def _happening(
    event: Event, contract: Contract, milestones: Mapping[int, Milestone], viewer_id: int
) -> Happening | None:
    sentence = _SENTENCES.get(event.kind)
    if sentence is None:
        return None
    milestone = milestones.get(event.subject_id) if event.subject_type == "contracts.milestone" else None
    facts = {
        "who": _who(event, contract, viewer_id),
        "milestone": milestone.title if milestone else "",
        "amount": figures.yen(milestone.amount_yen) if milestone else "",
    }
    title = sentence(event) % facts
    about = milestone.title if milestone and len(milestones) > 1 else ""
    return Happening(when=f"{figures.short_day(event.at)} {jst(event.at):%H:%M}", title=title, text=about)


def _who(event: Event, contract: Contract, viewer_id: int) -> str:
    if event.actor_kind == "member" and event.actor_id == viewer_id:
        return _("You")
    if event.actor_kind == "member":
        side = contract.client if event.actor_id == contract.client_id else contract.worker
        return pgettext("honorific", "%(name)s") % {"name": side.display_name}
    return _("The operator")


def _accepted(event: Event) -> str:
    if event.data.get("dispute_id"):
        return _("The work was delivered, so the reward is confirmed; the client's card company took its money back")
    if event.actor_kind == "system":
        return _("Accepted automatically, since the time for inspection was over")
    return _("%(who)s accepted the delivery. The reward is confirmed")


def _settled(event: Event) -> str:
    if event.data.get("charged_back"):
        return _("The client's card company took the payment back before anything was delivered")
    if event.data.get("paid"):
        return _("The work was delivered, so the reward is confirmed; the client's card company took its money back")
    if event.data.get("dropped"):
        return _("A milestone without money set aside was dropped")
    return _("The money set aside was divided as agreed")


_SENTENCES: dict[str, Callable[[Event], str]] = {
    "contract.offer": lambda event: _("%(who)s offered the contract"),
    "contract.confirm": lambda event: _("%(who)s agreed. The contract is made"),
    "contract.decline": lambda event: _("%(who)s declined the offer"),
    "contract.lapse": lambda event: _("The time to answer ended, and so did the offer"),
    "contract.withdraw": lambda event: _("%(who)s took the offer back"),
    "contract.complete": lambda event: _("Everything is accepted. The contract is completed"),
    "contract.end": lambda event: _("The contract ended"),
    "milestone.fund": lambda event: _("The money is set aside: %(amount)s"),
    "milestone.freeze": lambda event: _("The client's card company is deciding on an objection. The money is on hold"),
    "milestone.unfreeze": lambda event: _("The card company has decided. The work goes on"),
    "milestone.deliver": lambda event: _("%(who)s delivered"),
    "milestone.withdraw_delivery": lambda event: _("%(who)s withdrew the delivery"),
    "milestone.request_revision": lambda event: _("%(who)s asked for a revision"),
    "milestone.accept": _accepted,
    "milestone.hand_back": lambda event: _("%(who)s handed the milestone back. The money returns to the client"),
    "milestone.settle": _settled,
    "endproposal.propose": lambda event: _("%(who)s proposed to end the contract"),
    "endproposal.accept": lambda event: _("%(who)s agreed to the ending"),
    "endproposal.decline": lambda event: _("%(who)s did not agree to the ending"),
    "endproposal.withdraw": lambda event: _("%(who)s withdrew the proposal to end"),
    "endproposal.overtake": lambda event: _("The proposal to end no longer fitted and was closed"),
}
