"""What happens to a running contract: its terms are changed, a silent side is nudged, words go back and forth, and the
same is ordered again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from nakadachi.demo.scene import Scene
from nakadachi.demo.stage import Stage, demo_key
from nakadachi.demo.threads import Words, write
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions
from nakadachi.market.contracts.models import Contract, TermsChange
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.trust.messaging import actions as messaging
from nakadachi.trust.messaging.models import Message

REGRET = timedelta(minutes=3)

ALONE = {"top_up"}


def _change(scene: Scene, stage: Stage, at: datetime) -> None:
    """`later` days after the agreed one, `yen` instead of the agreed price, another `scope`; one or several of them."""
    milestone, beat = scene.milestone(stage), scene.beat
    later = max(milestone.due_on, jst_date(at)) + timedelta(days=beat.later)
    actions.propose_change(
        contract=milestone.contract,
        dates={milestone.pk: later} if beat.later else {},
        prices={milestone.pk: beat.yen} if beat.yen else {},
        scope=beat.scope,
        reason=beat.note,
        request_key=scene.key,
        by=scene.either(stage),
        at=at,
    )


def _waiting(scene: Scene, stage: Stage) -> TermsChange:
    return TermsChange.objects.get(contract=scene.contract(stage), status__in=["open", "agreed"])


def _accept(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.accept_change(change=_waiting(scene, stage), by=scene.either(stage), at=at)


def _decline(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.decline_change(change=_waiting(scene, stage), by=scene.either(stage), at=at)


def _withdraw(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.withdraw_change(change=_waiting(scene, stage), by=scene.either(stage), at=at)


def _drop(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.drop_change(change=_waiting(scene, stage), by=scene.either(stage), at=at)


def _top_up(scene: Scene, stage: Stage, at: datetime) -> None:
    change, client = _waiting(scene, stage), scene.client(stage)
    payment = actions.start_top_up(change=change, request_key=scene.key, by=client, at=at)
    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=at)


def _nudge(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.nudge(contract=scene.contract(stage), request_key=scene.key, by=scene.either(stage), at=at)


def _reorder(scene: Scene, stage: Stage, at: datetime) -> None:
    request_key = demo_key("reorder", scene.meeting.slug)
    actions.reorder(contract=scene.contract(stage), request_key=request_key, by=scene.client(stage), at=at)


def _confirm_again(scene: Scene, stage: Stage, at: datetime) -> None:
    again = Contract.objects.get(request_key=demo_key("reorder", scene.meeting.slug))
    actions.confirm(contract=again, by=scene.worker(stage), at=at)


def _say(scene: Scene, stage: Stage, at: datetime) -> None:
    _said(scene, stage, at)


def _unsay(scene: Scene, stage: Stage, at: datetime) -> None:
    """Sent to the wrong person, and taken back at once."""
    messaging.take_back(message=_said(scene, stage, at), by=scene.either(stage), at=at + REGRET)


def _said(scene: Scene, stage: Stage, at: datetime) -> Message:
    posting, worker, beat = scene.posting, scene.meeting.worker, scene.beat
    by = posting.client if beat.by == "client" else worker
    return write(Words(posting, worker, by, beat.note, scene.key, tuple(beat.files)), stage, at)


PLAYS: dict[str, Callable[[Scene, Stage, datetime], None]] = {
    "change": _change,
    "accept_change": _accept,
    "decline_change": _decline,
    "withdraw_change": _withdraw,
    "drop_change": _drop,
    "top_up": _top_up,
    "nudge": _nudge,
    "reorder": _reorder,
    "confirm_again": _confirm_again,
    "say": _say,
    "unsay": _unsay,
}
