"""Mediations of the stories: asked for, talked about, settled or ruled on, appealed. Stages end in the nights."""

from collections.abc import Callable
from datetime import datetime

from nakadachi.demo.papers import paper
from nakadachi.demo.scene import Scene
from nakadachi.demo.stage import Stage
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.models import Case

OPERATOR = "desk"


def _case(scene: Scene, stage: Stage) -> Case:
    return Case.objects.select_related("contract", "hold").get(hold=scene.milestone(stage).hold)


def _claim(scene: Scene, stage: Stage, at: datetime) -> None:
    hold = scene.milestone(stage).hold
    assert hold is not None
    actions.open_case(hold=hold, reason=scene.beat.note, request_key=scene.key, by=scene.either(stage), at=at)


def _state(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.state(
        case=_case(scene, stage),
        text=scene.beat.note,
        attached=[paper(name, scene.posting, scene.meeting.worker) for name in scene.beat.files],
        request_key=scene.key,
        by=scene.either(stage),
        at=at,
    )


def _settle_for(scene: Scene, stage: Stage, at: datetime) -> None:
    """`split` is what the worker would get."""
    actions.offer(
        case=_case(scene, stage),
        worker_amount_yen=scene.beat.split[0],
        request_key=scene.key,
        by=scene.either(stage),
        at=at,
    )


def _rule(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.rule(
        case=_case(scene, stage),
        worker_amount_yen=scene.beat.split[0],
        reasons=scene.beat.note,
        by=stage.actor(OPERATOR),
        at=at,
    )


def _appeal(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.appeal(case=_case(scene, stage), reason=scene.beat.note, by=scene.either(stage), at=at)


def _accept_ruling(scene: Scene, stage: Stage, at: datetime) -> None:
    actions.accept_ruling(case=_case(scene, stage), by=scene.either(stage), at=at)


PLAYS: dict[str, Callable[[Scene, Stage, datetime], None]] = {
    "claim": _claim,
    "state": _state,
    "settle_for": _settle_for,
    "rule": _rule,
    "appeal": _appeal,
    "accept_ruling": _accept_ruling,
}
