"""The history of a contract in sentences: who did what when. (Talk between the two sides is not part of it.)"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nakadachi.infra.events import queries as events
from nakadachi.infra.events.models import Event
from nakadachi.infra.paging import Page
from nakadachi.kernel.calendar import jst
from nakadachi.market.contracts import queries
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.queries import ContractView
from nakadachi.people.models import Member
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import Happening

SHOWN = 20
Sentences = Mapping[str, Callable[[Event], str]]


class Sides(Protocol):
    """Whatever has a client and a worker."""

    client_id: int
    client: Member
    worker: Member


def history_of(view: ContractView, *, viewer_id: int) -> tuple[list[Happening], bool]:
    """The newest of what happened, and whether there is more. The deadline that moves along has a place of its own."""
    page = _page(view.events, view.contract, view.milestones, viewer_id=viewer_id, limit=SHOWN, kinds=IN_SHORT)
    return list(page.rows), bool(page.next) or view.contract.agreed_at is not None


def history_page(
    contract: Contract, milestones: Sequence[Milestone], *, viewer_id: int, after: str = "", limit: int = 50
) -> Page[Happening]:
    """Everything that happened, the newest first, a page at a time."""
    return _page(queries.events_of(contract), contract, milestones, viewer_id=viewer_id, limit=limit, after=after)


def happenings_about(
    subjects: Mapping[str, Sequence[int]], contract: Contract, more: Sentences, *, viewer_id: int, after: str = "",
    limit: int = SHOWN,
) -> Page[Happening]:  # fmt: skip
    """The same for a contract without milestones, with the sentences of its format beside those of contracts."""
    sentences = {**SENTENCES, **more}
    found = events.page_about(subjects, kinds=sentences, after=after, limit=limit)
    rows = [happening(event, contract, {}, viewer_id, sentences) for event in found.rows]
    return Page(rows, found.next)


def _page(
    subjects: Mapping[str, Sequence[int]], contract: Contract, milestones: Sequence[Milestone], *, viewer_id: int,
    limit: int, after: str = "", kinds: Collection[str] | None = None,
) -> Page[Happening]:  # fmt: skip
    found = events.page_about(subjects, kinds=kinds or SENTENCES, after=after, limit=limit)
    by_id = {milestone.pk: milestone for milestone in milestones}
    return Page([happening(event, contract, by_id, viewer_id) for event in found.rows], found.next)


def happening(
    event: Event,
    contract: Sides,
    milestones: Mapping[int, Milestone],
    viewer_id: int,
    sentences: Sentences | None = None,
) -> Happening:
    """One event in a sentence; its kind is one of `SENTENCES`, or of a format's own.

    The amount is that of the moment: a price agreed on later does not change what was.
    """
    sentence = (sentences or SENTENCES)[event.kind]
    milestone = milestones.get(event.subject_id) if event.subject_type == "contracts.milestone" else None
    facts = {
        "who": who(event, contract, viewer_id),
        "milestone": milestone.title if milestone else "",
        "amount": figures.yen(event.data.get("amount_yen", milestone.amount_yen)) if milestone else "",
    }
    title = sentence(event) % facts
    about = milestone.title if milestone and len(milestones) > 1 else ""
    return Happening(when=f"{figures.short_day(event.at)} {jst(event.at):%H:%M}", title=title, text=about)


def who(event: Event, contract: Sides, viewer_id: int) -> str:
    """The one who acted, as the reader calls them."""
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


def _delivered(event: Event) -> str:
    late = event.data.get("days_late", 0)
    if not late:
        return _("%(who)s delivered")
    said = ngettext(
        "%(who)s delivered (%(days)s day after the agreed date)",
        "%(who)s delivered (%(days)s days after the agreed date)",
        late,
    )
    return said % {"who": "%(who)s", "days": late}


def _settled(event: Event) -> str:
    if event.data.get("claim_id"):
        return _("The money set aside was divided by the mediation")
    if event.data.get("charged_back"):
        return _("The client's card company took the payment back before anything was delivered")
    if event.data.get("paid"):
        return _("The work was delivered, so the reward is confirmed; the client's card company took its money back")
    if event.data.get("why") == "unfunded":
        return _("A month that was not set aside in time did not begin")
    if event.data.get("why") == "after_notice":
        return _("A month after the last day of the notice was dropped")
    if event.data.get("by_rule"):
        if event.data["worker_amount_yen"]:
            return _("Delivered, so it was paid by the published rule")
        return _("Not delivered, so the money went back to the client by the published rule")
    if event.data.get("dropped"):
        return _("A milestone without money set aside was dropped")
    return _("The money set aside was divided as agreed")


def _ended(event: Event) -> str:
    if event.data.get("expired"):
        return _("The deal deadline had passed, so the contract ended by the published rule")
    return _("The contract ended")


def _prolonged(event: Event) -> str:
    day = figures.long_day(datetime.fromisoformat(event.data["deal_ends_at"]))
    return _("The deal deadline is %(day)s from now on") % {"day": day}


SENTENCES: dict[str, Callable[[Event], str]] = {
    "contract.offer": lambda event: _("%(who)s offered the contract"),
    "contract.confirm": lambda event: _("%(who)s agreed. The contract is made"),
    "contract.decline": lambda event: _("%(who)s declined the offer"),
    "contract.lapse": lambda event: _("The time to answer ended, and so did the offer"),
    "contract.withdraw": lambda event: _("%(who)s took the offer back"),
    "contract.complete": lambda event: _("Everything is accepted. The contract is completed"),
    "contract.end": _ended,
    "contract.prolong": _prolonged,
    "contract.give_notice": lambda event: _("%(who)s gave notice"),
    "milestone.write_month": lambda event: _("The next month was written down: %(amount)s"),
    "milestone.fund": lambda event: _("The money is set aside: %(amount)s"),
    "milestone.freeze": lambda event: _("The client's card company is deciding on an objection. The money is on hold"),
    "milestone.claim": lambda event: _("%(who)s asked the operator to mediate. The money is on hold"),
    "milestone.unclaim": lambda event: _("%(who)s took the mediation back. The work goes on"),
    "milestone.unfreeze": lambda event: _("The card company has decided. The work goes on"),
    "milestone.deliver": _delivered,
    "milestone.withdraw_delivery": lambda event: _("%(who)s withdrew the delivery"),
    "milestone.request_revision": lambda event: _("%(who)s asked for a revision"),
    "milestone.accept": _accepted,
    "milestone.hand_back": lambda event: _("%(who)s handed the milestone back. The money returns to the client"),
    "milestone.settle": _settled,
    "termschange.propose": lambda event: _("%(who)s proposed to change the terms"),
    "termschange.accept": lambda event: _("%(who)s agreed to the change. A new version of the terms is written"),
    "termschange.agree": lambda event: _("%(who)s agreed to the change. The difference is to be set aside"),
    "termschange.take_effect": lambda event: _("The difference is set aside. A new version of the terms is written"),
    "termschange.drop": lambda event: _("%(who)s dropped the agreed change"),
    "termschange.decline": lambda event: _("%(who)s did not agree to the change"),
    "termschange.withdraw": lambda event: _("%(who)s withdrew the proposed change"),
    "termschange.lapse": lambda event: _("The proposed change was not answered or paid for in time, and lapsed"),
    "termschange.overtake": lambda event: _("The proposed change no longer fitted and was closed"),
    "prompt.ask": lambda event: _("%(who)s asked the other side to look"),
    "nudge.ask": lambda event: _("%(who)s asked for a sign of life"),
    "nudge.carry_out": lambda event: _("Nothing was heard in time, so the contract ended by the published rule"),
    "endproposal.propose": lambda event: _("%(who)s proposed to end the contract"),
    "endproposal.accept": lambda event: _("%(who)s agreed to the ending"),
    "endproposal.decline": lambda event: _("%(who)s did not agree to the ending"),
    "endproposal.withdraw": lambda event: _("%(who)s withdrew the proposal to end"),
    "endproposal.lapse": lambda event: _("The proposal to end was not answered in time, and lapsed"),
    "endproposal.overtake": lambda event: _("The proposal to end no longer fitted and was closed"),
}
IN_SHORT = tuple(kind for kind in SENTENCES if kind != "contract.prolong")
