"""A thread as its page shows it: messages, and between them what happened, in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Milestone
from nakadachi.trust.messaging import policy, queries
from nakadachi.trust.messaging.models import Message, Thread
from nakadachi.trust.messaging.queries import Stretch, Talk
from nakadachi.trust.messaging.quoting import contract_ids, happenings, newest_event_id
from nakadachi.web.pages.contracts.history import SENTENCES, happening, who
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.ui.parts import FileLink

QUOTED_MAX = 60
MEETING = {
    "proposal.send": lambda event: _("%(who)s proposed"),
    "proposal.revise": lambda event: _("%(who)s changed the proposal"),
    "proposal.withdraw": lambda event: _("%(who)s withdrew the proposal"),
    "proposal.decline": lambda event: _("%(who)s decided otherwise this time"),
    "proposal.reconsider": lambda event: _("%(who)s considers the proposal again"),
    "proposal.agree": lambda event: _("%(who)s agreed to the suggested conditions"),
    "counter.propose": lambda event: _("%(who)s suggested other conditions"),
    "counter.decline": lambda event: _("%(who)s did not agree to the suggested conditions"),
}
"""What happens before a contract; the rest is told as on the contract's page."""
KINDS = [*MEETING, *SENTENCES]


@dataclass(frozen=True)
class Line:
    """`kind` is day, unread, event or message."""

    kind: str
    at: datetime
    text: str = ""
    href: str = ""
    message: Message | None = None
    is_mine: bool = False
    is_read: bool = False
    can_take_back: bool = False
    files: Sequence[FileLink] = field(default_factory=tuple)


@dataclass(frozen=True)
class Page:
    """The lines, and how far they reach: the newest message and event among them."""

    lines: Sequence[Line]
    last_id: int
    event_id: int
    has_earlier: bool
    has_later: bool
    first_id: int


def page_of(talk: Talk, stretch: Stretch, *, now: datetime) -> Page:
    """A stretch of messages with what happened meanwhile: before its first message when nothing comes earlier, after
    its last when nothing comes later."""
    since = stretch.messages[0].at if stretch.messages and stretch.has_earlier else None
    until = stretch.messages[-1].at if stretch.messages and stretch.has_later else None
    events = happenings(talk.thread, kinds=KINDS, since=since, until=until, limit=QUOTED_MAX)
    lines = lines_of(talk, stretch.messages, events, now=now)
    last_id = stretch.messages[-1].pk if stretch.messages else 0
    first_id = stretch.messages[0].pk if stretch.messages else 0
    event_id = newest_id(talk)
    return Page(_with_marks(lines, talk), last_id, event_id, stretch.has_earlier, stretch.has_later, first_id)


def news_of(talk: Talk, *, after_id: int, event_id: int, now: datetime) -> Page:
    """What came after a message and an event."""
    stretch = queries.since(talk.thread, after_id + 1)
    events = happenings(talk.thread, kinds=KINDS, after_id=event_id, limit=QUOTED_MAX)
    lines = lines_of(talk, stretch.messages, events, now=now)
    last_id = stretch.messages[-1].pk if stretch.messages else after_id
    event_id = max((event.pk for event in events), default=event_id)
    return Page(lines, last_id, event_id, False, stretch.has_later, after_id)


def tag_of(talk: Talk, event_id: int) -> str:
    """Changes whenever the thread would look different: a message, a read mark, one taken back, something happened."""
    return f'"{talk.mine.newest_id}-{talk.theirs.read_id}-{talk.thread.taken_back_count}-{event_id}"'


def newest_id(talk: Talk) -> int:
    """The last thing that happened to the work of a thread."""
    return newest_event_id(talk.thread, kinds=KINDS)


def lines_of(talk: Talk, messages: Sequence[Message], events: Sequence[Event], *, now: datetime) -> list[Line]:
    """Both, in the order of time, without the marks between days."""
    files = queries.files_of(messages)
    lines = [
        *(message_line(talk, message, links_of(files.get(message.pk, [])), now=now) for message in messages),
        *_event_lines(talk.thread, events, viewer_id=talk.mine.member_id),
    ]
    return sorted(lines, key=lambda line: line.at)


def message_line(talk: Talk, message: Message, files: Sequence[FileLink], *, now: datetime) -> Line:
    """One message, with the thread it stands in at hand."""
    message.thread = talk.thread
    is_mine = message.author_id == talk.mine.member_id
    return Line(
        "message",
        message.at,
        message=message,
        is_mine=is_mine,
        is_read=is_mine and message.pk <= talk.theirs.read_id,
        can_take_back=policy.can_take_back(Actor.member(talk.mine.member_id), message, now) is None,
        files=files,
    )


def _event_lines(thread: Thread, events: Sequence[Event], *, viewer_id: int) -> list[Line]:
    ids = [event.subject_id for event in events if event.subject_type == "contracts.milestone"]
    milestones = Milestone.objects.in_bulk(ids) if ids else {}
    places = contract_ids(events)
    lines = []
    for event in events:
        if event.kind in MEETING:
            text = MEETING[event.kind](event) % {"who": who(event, thread, viewer_id)}
        else:
            told = happening(event, thread, milestones, viewer_id)
            named = _("%(what)s (%(milestone)s)") % {"what": told.title, "milestone": told.text}
            text = named if told.text else told.title
        lines.append(Line("event", event.at, text=text, href=_address(event, places)))
    return lines


def _address(event: Event, places: dict[tuple[str, int], int]) -> str:
    """The page of what it happened to."""
    contract_id = places.get((event.subject_type, event.subject_id))
    if event.subject_type == "contracts.milestone" and contract_id:
        return reverse("contracts:milestone", args=[contract_id, event.subject_id])
    if contract_id:
        return reverse("contracts:detail", args=[contract_id])
    if event.subject_type == "sourcing.proposal":
        return reverse("proposals:detail", args=[event.subject_id])
    return ""


def _with_marks(lines: Sequence[Line], talk: Talk) -> list[Line]:
    """A line before the first of each day, and one before the first that is unread."""
    marked: list[Line] = []
    day: date | None = None
    is_told = not talk.mine.unread_count
    for line in lines:
        if jst_date(line.at) != day:
            day = jst_date(line.at)
            marked.append(Line("day", line.at))
        if not is_told and line.message and not line.is_mine and line.message.pk > talk.mine.read_id:
            is_told = True
            marked.append(Line("unread", line.at))
        marked.append(line)
    return marked
