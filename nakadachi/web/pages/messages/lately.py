"""The last messages of a contract's two sides, for the contract's page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract
from nakadachi.people.models import Member
from nakadachi.trust.messaging import queries
from nakadachi.trust.messaging.queries import Talk
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.pages.messages.stream import Line, message_line

SHOWN = 3


@dataclass(frozen=True)
class Lately:
    """The end of a thread, and the way into it. Without a thread `talk` is None."""

    lines: list[Line]
    href: str
    unread_count: int
    talk: Talk | None


def lately_of(contract: Contract, member: Member, *, now: datetime) -> Lately:
    """What stood there last, in at most four queries."""
    actor = Actor.member(member.pk)
    thread = queries.thread_of_contract(actor, contract)
    if thread is None:
        return Lately([], reverse("messages:about", args=["contract", contract.pk]), 0, None)
    talk = queries.talk_for(actor, thread.pk)
    last = queries.newest(thread, limit=SHOWN).messages
    files = queries.files_of(last)
    lines = [message_line(talk, one, links_of(files.get(one.pk, [])), now=now) for one in last]
    anchor = "unread" if talk.mine.unread_count else "latest"
    return Lately(lines, f"{reverse('messages:thread', args=[thread.pk])}#{anchor}", talk.mine.unread_count, talk)
