"""What a row of the catalogue holds."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from nakadachi.infra.events.models import Event
from nakadachi.notifications.groups import Group
from nakadachi.people.models import Member


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event is about: member ids by role, the figures and names of the sentence, the ids of pages.

    The name of a word says how it is written: `*_yen`, `*_on` (a day, ISO), `*_at` (a moment, ISO), else as it is.
    Members stand there by number (`named`): their names are looked up when the notice is read.
    """

    roles: Mapping[str, Collection[int]]
    words: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)


def named(member: Member | None) -> dict[str, int] | None:
    """A member in the words of a notice. Nobody's name is copied into what others keep."""
    return {"member": member.pk} if member is not None else None


def always(event: Event) -> bool:
    """The usual condition."""
    return True


def by_system(event: Event) -> bool:
    """A timer did it."""
    return event.actor_kind == "system"


def by_somebody(event: Event) -> bool:
    """A person did it."""
    return event.actor_kind != "system"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence for some of those whom an event concerns. The actor is left out, unless `even_actor` (security).

    `page` is the address the notice leads to, with ids named in `rows.PAGES`. `mail=False`: on the site only.
    `must`: by mail whatever the member decided about the group.
    """

    event: str
    to: tuple[str, ...]
    group: Group
    title: str
    text: str
    page: str
    facts: Callable[[Event], Facts]
    when: Callable[[Event], bool] = always
    variant: str = ""
    mail: bool = True
    must: bool = False
    even_actor: bool = False

    @property
    def kind(self) -> str:
        """The name under which notices keep it."""
        return f"{self.event}.{self.variant}" if self.variant else self.event


PAGES: dict[str, tuple[str, ...]] = {
    "jobs:detail": ("job_id",),
    "proposals:detail": ("proposal_id",),
    "proposals:of_job": ("job_id",),
    "contracts:detail": ("contract_id",),
    "contracts:list": (),
    "tasks:detail": ("task_id",),
    "tasks:funding": ("task_id",),
    "tasks:answer": ("task_id", "claim_id"),
    "staff:tasks:list": (),
    "hourly:tracker": (),
    "earnings:board": (),
    "earnings:contract": ("contract_id",),
    "earnings:payouts:list": (),
    "earnings:payouts:detail": ("payout_id",),
    "inquiries:detail": ("inquiry_id",),
    "mediation:detail": ("case_id",),
    "messages:thread": ("thread_id",),
    "mypage:home": (),
    "leaving:overview": (),
    "settings:security": (),
    "settings:verification": (),
    "settings:bank": (),
    "staff:home": (),
    "export:home": (),
    "earnings:refunds": (),
    "staff:refunds:list": (),
    "staff:disputes:list": (),
    "staff:mediation:detail": ("case_id",),
    "staff:payouts:detail": ("run_id",),
}
"""Where notices lead, and which ids the address takes."""
