"""Work that lasts, by the hour or by the month: posted, proposed for and confirmed in the same way; offers differ."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Act, Stage, Step, demo_key, person
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date, start_of_day
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.drafts import RateDraft
from nakadachi.market.contracts.models import TermsChange
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards

CLOSES_DAYS = 10


@dataclass(frozen=True)
class Story(ABC):
    """Who works for whom, and how far it has come. Days count back from the load; below 0, ahead of it.

    `unit_yen` is the price of an hour or a month. `upto`: posted, offered, agreed (nothing set aside yet), or worked.
    `dearer_yen` is what the worker asks for at the end; `dearer`: whether the client has agreed.
    """

    slug: str
    client: str
    worker: str
    category: str
    title: str
    text: str
    unit_yen: Yen
    opened_days: int
    starts_days: int
    upto: str = field(default="worked", kw_only=True)
    dearer_yen: Yen = field(default=0, kw_only=True)
    dearer: bool = field(default=False, kw_only=True)

    format: ClassVar[str]
    approach: ClassVar[str]

    @abstractmethod
    def posting(self) -> dict[str, Any]:
        """What a posting of the format says besides."""

    def starts_on(self, past: Past) -> date:
        """The first day of the work."""
        return past.day(self.starts_days)

    def ordering(self, stage: Stage) -> Actor:
        """The client, acting."""
        return stage.actor(self.client)

    def working(self, stage: Stage) -> Actor:
        """The worker, acting."""
        return stage.actor(self.worker)


def beginning(story: Story, past: Past, offer: Act) -> Iterator[Step]:
    """From the posting to the worker's yes, a day or two between each, as far as the story has come."""
    assert story.opened_days < min(person(story.client).joined_days, person(story.worker).joined_days)
    yield Step(past.moment(story.opened_days, 9.3), partial(_post, story, past))
    yield Step(past.moment(story.opened_days - 2, 19.4), partial(_propose, story, past))
    if story.upto != "posted":
        yield Step(past.moment(story.opened_days - 4, 11.1), offer)
    if story.upto in {"agreed", "worked"}:
        yield Step(past.moment(story.opened_days - 5, 20.4), partial(_confirm, story))
    if story.dearer_yen:
        yield Step(past.moment(3, 9.9), partial(_ask_more, story, past))
    if story.dearer:
        yield Step(past.moment(2, 12.3), partial(_agree, story))


def at_hour(day: date, hour: float) -> datetime:
    """A time of that day in Japan; from 24 on it is the next day."""
    return start_of_day(day) + timedelta(minutes=round(hour * 60))


def charge(payment_id: int, by: Actor, at: datetime) -> None:
    """The client's card is good."""
    payments.charge(payment_id=payment_id, card_token=cards.SUCCESS, by=by, at=at)


def key(what: str, story: Story, *names: object) -> UUID:
    """The request key of a step of the story."""
    return demo_key(what, story.slug, *names)


def _post(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    starts_on, client = story.starts_on(past), story.ordering(stage)
    draft = JobDraft(
        format=story.format,
        category=story.category,
        title=story.title,
        description=story.text,
        closes_on=min(jst_date(at) + timedelta(days=CLOSES_DAYS), starts_on - timedelta(days=1)),
        starts_on=starts_on,
        continuing=True,
        **story.posting(),
    )
    job = jobs.write(client=stage.members[story.client], draft=draft, request_key=key("job", story), by=client, at=at)
    stage.keep_job(story.slug, jobs.publish(job=job, by=client, at=at))


def _propose(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    someone = person(story.worker)
    draft = ProposalDraft(
        introduction=someone.hello,
        track_record=someone.record,
        approach=story.approach,
        amount_yen=story.unit_yen,
        deliver_on=story.starts_on(past),
        wishes_continuation=True,
    )
    sent = sourcing.send(
        job=stage.job(story.slug),
        worker=stage.members[story.worker],
        draft=draft,
        request_key=key("proposal", story, story.worker),
        by=story.working(stage),
        at=at,
    )
    stage.keep_proposal(story.slug, story.worker, sent)


def _confirm(story: Story, stage: Stage, at: datetime) -> None:
    contracts.confirm(contract=stage.contract(story.slug), by=story.working(stage), at=at)


def _ask_more(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    """From a Monday on that nothing is set aside for yet."""
    day = past.day(-45)
    contracts.propose_change(
        contract=stage.contract(story.slug),
        rate=RateDraft(story.dearer_yen, day - timedelta(days=day.weekday())),
        reason="お任せいただく内容が増えてきましたので、単価のご相談をさせてください。",
        request_key=key("dearer", story),
        by=story.working(stage),
        at=at,
    )


def _agree(story: Story, stage: Stage, at: datetime) -> None:
    change = TermsChange.objects.get(contract=stage.contract(story.slug), status=TermsChange.Status.OPEN)
    contracts.accept_change(change=change, by=story.ordering(stage), at=at)
