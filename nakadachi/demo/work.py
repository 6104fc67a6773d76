"""Contracts, beat by beat: each word of a story is one action of the market."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from nakadachi.demo import changing, mediating
from nakadachi.demo.content import Meeting, Posting, phrases
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.papers import paper
from nakadachi.demo.scene import Scene
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.models import Refund

SLACK_DAYS = 4
USUAL_DAYS, QUICK_DAYS, MANY = 12, 4, 10
"""Between the agreed days of two pieces; of many small ones fewer."""

CARDS = {
    "fund": "success",
    "card_declined": "insufficient_funds",
    "fund_unconfirmed": "challenge",
    "fund_challenged": "challenge_days",
    "fund_promised": "delayed_days",
    "fund_unreached": "down",
    "fund_stuck": "refund_refused",
    "fund_disputed": "dispute",
    "fund_won": "dispute_won",
    "fund_lost": "dispute_lost",
}
"""The card with which a beat pays."""
ALONE = {*CARDS, *changing.ALONE, "objection", "complaint"}
NOTHING = {"silence", "lapse"}
"""What the nights do by themselves; such a beat only takes time."""


def moments(meeting: Meeting, past: Past) -> list[datetime]:
    """When each beat happens."""
    return list(past.in_order((beat.days for beat in meeting.beats), dice("beats", meeting.slug)))


def steps(posting: Posting, meeting: Meeting, past: Past) -> Iterator[Step]:
    """The story of one contract."""
    for number, (beat, at) in enumerate(zip(meeting.beats, moments(meeting, past), strict=True)):
        scene = Scene(posting, meeting, beat, demo_key("beat", meeting.slug, number))
        if beat.do == "offer":
            yield Step(at, partial(_offer, scene, past))
        elif beat.do not in NOTHING:
            yield Step(at, partial(PLAYS[beat.do], scene), alone=beat.do in ALONE)


def _offer(scene: Scene, past: Past, stage: Stage, at: datetime) -> None:
    posting, meeting = scene.posting, scene.meeting
    scope = meeting.scope or phrases().scopes[posting.category].replace("{topic}", posting.topic).strip()
    drafts = []
    due_on = jst_date(at)
    usual = timedelta(days=USUAL_DAYS if len(meeting.pieces) < MANY else QUICK_DAYS)
    for position, (title, amount_yen) in enumerate(meeting.pieces, start=1):
        delivered = [beat.days for beat in meeting.beats if beat.do == "deliver" and beat.n == position]
        wanted_on = past.day(delivered[0]) if delivered else due_on + usual
        slack = dice("slack", meeting.slug, position).randint(0, SLACK_DAYS)
        due_on = max(wanted_on + timedelta(days=slack), due_on + timedelta(days=3))
        drafts.append(actions.MilestoneDraft(title=title, amount_yen=amount_yen, due_on=due_on))
    actions.offer(
        proposal=stage.proposal(posting.slug, meeting.worker),
        scope=scope,
        milestones=drafts,
        request_key=demo_key("offer", meeting.slug),
        by=scene.client(stage),
        at=at,
    )


def _confirm(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.confirm(contract=scene.contract(stage), by=scene.worker(stage), at=at)


def _decline(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.decline(contract=scene.contract(stage), by=scene.worker(stage), at=at)


def _start(scene: Scene, stage: Stage, at: datetime) -> None:
    """The client opened the payment form and left."""
    actions.start_funding(milestone=scene.milestone(stage), request_key=scene.key, by=scene.client(stage), at=at)


def _pay(card: str, scene: Scene, stage: Stage, at: datetime) -> None:
    milestone = scene.milestone(stage)
    if milestone.is_funded:
        return
    payment = actions.start_funding(milestone=milestone, request_key=scene.key, by=scene.client(stage), at=at)
    payments.charge(payment_id=payment.pk, card_token=card, by=scene.client(stage), at=at)


def _complaint(scene: Scene, stage: Stage, at: datetime) -> None:
    """The card's owner has complained to the card company; nobody here knows of it yet."""
    clockwork.run(at=at)


def _objection(scene: Scene, stage: Stage, at: datetime) -> None:
    """What the card's owner and the card company do about a payment; the next time, what it decides."""
    clockwork.run(at=at)
    payments.reconcile(at=at)


def _deliver(scene: Scene, stage: Stage, at: datetime) -> None:
    files = [paper(name, scene.posting, scene.meeting.worker) for name in scene.beat.files]
    actions.deliver(
        milestone=scene.milestone(stage),
        note=scene.beat.note,
        files=files,
        request_key=scene.key,
        by=scene.worker(stage),
        at=at,
    )


def _withdraw_delivery(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.withdraw_delivery(milestone=scene.milestone(stage), by=scene.worker(stage), at=at)


def _revise(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.request_revision(
        milestone=scene.milestone(stage),
        reason=scene.beat.note,
        files=[paper(name, scene.posting, scene.meeting.worker) for name in scene.beat.files],
        by=scene.client(stage),
        at=at,
    )


def _accept(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.accept(milestone=scene.milestone(stage), by=scene.client(stage), at=at)


def _hand_back(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.hand_back(milestone=scene.milestone(stage), by=scene.worker(stage), at=at)


def _end_alone(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.end_alone(contract=scene.contract(stage), reason=scene.beat.note, by=scene.either(stage), at=at)


def _transfer(scene: Scene, stage: Stage, at: datetime) -> None:
    """The operator gives back by bank transfer what the card did not take."""
    hold = scene.milestone(stage).hold
    assert hold is not None
    refund = Refund.objects.get(payment=hold.funded_by_id, status="refused")
    payments.transfer_refund(refund=refund, note=scene.beat.note, by=stage.actor(mediating.OPERATOR), at=at)


def _propose_end(scene: Scene, stage: Stage, at: datetime) -> None:
    """`split` names what the worker gets of each piece whose money is set aside, in order."""
    contract = scene.contract(stage)
    milestones = contract.milestones.select_related("hold").order_by("position")
    held = [milestone.pk for milestone in milestones if milestone.is_pending and milestone.is_funded]
    actions.propose_end(
        contract=contract,
        settlement=dict(zip(held, scene.beat.split, strict=True)),
        reason=scene.beat.note,
        request_key=scene.key,
        by=scene.either(stage),
        at=at,
    )


def _accept_end(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.accept_end(end=stage.end_proposal(scene.meeting.slug), by=scene.either(stage), at=at)


def _decline_end(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.decline_end(end=stage.end_proposal(scene.meeting.slug), by=scene.either(stage), at=at)


def _withdraw_end(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.withdraw_end(end=stage.end_proposal(scene.meeting.slug), by=scene.either(stage), at=at)


def _prompt(scene: Scene, stage: Stage, at: datetime) -> None:
    """The side that waits asks the other to look."""
    actions.prompt(contract=scene.contract(stage), request_key=scene.key, by=scene.either(stage), at=at)


PLAYS: dict[str, Callable[[Scene, Stage, datetime], None]] = {
    "confirm": _confirm,
    "decline": _decline,
    "start": _start,
    **{do: partial(_pay, cards.BY_NAME[name].number) for do, name in CARDS.items()},
    "complaint": _complaint,
    "objection": _objection,
    "transfer_refund": _transfer,
    "deliver": _deliver,
    "withdraw_delivery": _withdraw_delivery,
    "revise": _revise,
    "accept": _accept,
    "hand_back": _hand_back,
    "end_alone": _end_alone,
    "prompt": _prompt,
    "propose_end": _propose_end,
    "accept_end": _accept_end,
    "decline_end": _decline_end,
    "withdraw_end": _withdraw_end,
    **changing.PLAYS,
    **mediating.PLAYS,
}
