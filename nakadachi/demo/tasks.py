"""Tasks in every state, and answers to them in every state, hundreds of one task."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from nakadachi.demo.content import Person, people
from nakadachi.demo.desk import CERTIFIED
from nakadachi.demo.lasting import charge
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.questions import Assignment, Decision, assignments
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.kernel.actor import Actor
from nakadachi.market.tasks import actions, policy, queries
from nakadachi.market.tasks.draft import TaskDraft
from nakadachi.market.tasks.models import Claim, Task

OPERATOR = "desk"
WRITTEN_BEFORE = timedelta(hours=20)
CONFIRMED = "hanako"
"""Whose identity is confirmed."""
REASONS = (
    ("wrong", "お店が見つかりませんでした。名前をもう一度ご確認ください。"),
    ("copied", "ほかのサイトの紹介文と同じ文章でした。"),
    ("instructions", "全国チェーンのお店は対象外とご案内しています。"),
)
APPEAL = "実際に行って書いたものです。お店の場所は駅の北口から3分のところです。"
RULINGS = {
    "grant": "お店の公式ページで同じ名前と場所を確認できました。報酬をお支払いします。",
    "dismiss": "同じ文章が2年前の記事にあることを確認しました。不承認のままとします。",
}


def steps(past: Past) -> Iterator[Step]:
    """Every task from its first draft to where it stands at the load."""
    for task in assignments():
        yield from _beginning(task, past)
        if task.opens_days is not None and task.opens_days >= 0:
            yield from _answers(task, past)
            for number, decision in enumerate(task.decisions):
                yield from _decided(task, decision, number, past)


def _beginning(task: Assignment, past: Past) -> Iterator[Step]:
    """Written, paid, and open at once, or at its time where that lies ahead."""
    begins_at = past.moment(max(task.opens_days, 0), 8.2) if task.opens_days is not None else past.moment(2, 15.1)
    yield Step(begins_at - WRITTEN_BEFORE, partial(_write, task, past))
    if task.state == "unpaid":
        yield Step(begins_at, partial(_leave_the_form, task))
    elif task.state == "dropped":
        yield Step(begins_at, partial(_discard, task))
    elif task.state != "draft":
        yield Step(min(begins_at, past.loaded_at), partial(_pay, task), alone=True)


def _answers(task: Assignment, past: Past) -> Iterator[Step]:
    """From the opening to the closing or the load, one worker after the other; some take a place and leave it."""
    assert task.opens_days is not None
    closed_days = max([task.closes_days, *(one.days for one in task.decisions if one.do == "close")])
    from_at = past.moment(task.opens_days, 9.0)
    to_at = past.moment(closed_days, 9.0) if closed_days > 0 else past.loaded_at - timedelta(minutes=30)
    able = _able(task)
    for number in range(task.answers):
        at = from_at + (to_at - from_at) * ((number + dice("answered", task.slug, number).random()) / task.answers)
        yield Step(at, partial(_answer, task, able[number % len(able)].key, number))
    if task.answers > len(able):
        for place, someone in enumerate(able[:2]):
            yield Step(past.moment(1, 11.5 + place), partial(_reserve, task, someone.key))
        yield Step(past.loaded_at - timedelta(minutes=9), partial(_take_and_leave, task, able[2].key))
        for place, someone in enumerate(able[3:5]):
            yield Step(past.loaded_at - timedelta(minutes=3 + place), partial(_reserve, task, someone.key))


def _able(task: Assignment) -> list[Person]:
    """Those who work and have been here long enough, in an order of the task's own."""
    if task.verified_only:
        return [someone for someone in people() if someone.key == CONFIRMED]
    if task.certified_only:
        certified = {key for _days, key, _reason in CERTIFIED}
        return [someone for someone in people() if someone.key in certified]
    assert task.opens_days is not None
    able = [one for one in people() if one.skills and one.key != task.client and one.joined_days > task.opens_days + 2]
    dice("able", task.slug).shuffle(able)
    return able


def _decided(task: Assignment, decision: Decision, number: int, past: Past) -> Iterator[Step]:
    at = past.moment(decision.days, 10.5 + number / 4)
    if decision.do != "reject":
        yield Step(at, partial(_approve if decision.do == "approve" else _close, task))
        return
    yield Step(at, partial(_reject, task, decision.count, number))
    if decision.then == "leave":
        yield Step(at + timedelta(hours=5), partial(_accept_rejection, task))
    elif decision.then:
        yield Step(at + timedelta(hours=26), partial(_appeal, task))
    if decision.then in RULINGS:
        yield Step(at + timedelta(hours=50), partial(_rule, task, decision.then))


def _task(task: Assignment) -> Task:
    found = Task.objects.select_related("job", "client", "hold")
    return found.get(job__request_key=demo_key("task", task.slug))


def _write(task: Assignment, past: Past, stage: Stage, at: datetime) -> None:
    client = stage.actor(task.client)
    draft = TaskDraft(
        category=task.category,
        title=task.title,
        description=task.description,
        price_yen=task.price_yen,
        slots_count=task.slots,
        closes_at=past.moment(task.closes_days, 23.5),
        minutes=task.minutes,
        opens_at=past.moment(task.opens_days, 9.0) if task.opens_days is not None and task.opens_days < 0 else None,
        repeats_max=task.repeats,
        verified_only=task.verified_only,
        certified_only=task.certified_only,
        approval_bps_min=task.rate_bps,
        is_instant=task.is_instant,
    )
    made = actions.write(
        client=stage.members[task.client], draft=draft, request_key=demo_key("task", task.slug), by=client, at=at
    )
    for question in task.questions:
        made = actions.add_question(task=made, field=question.field, by=client, at=at)


def _leave_the_form(task: Assignment, stage: Stage, at: datetime) -> None:
    key = demo_key("task.fund", task.slug)
    actions.start_funding(task=_task(task), request_key=key, by=stage.actor(task.client), at=at)


def _pay(task: Assignment, stage: Stage, at: datetime) -> None:
    made, client, key = _task(task), stage.actor(task.client), demo_key("task.fund", task.slug)
    if made.status == Task.Status.DRAFT:
        charge(actions.start_funding(task=made, request_key=key, by=client, at=at).pk, client, at)


def _discard(task: Assignment, stage: Stage, at: datetime) -> None:
    actions.discard(task=_task(task), by=stage.actor(task.client), at=at)


def _close(task: Assignment, stage: Stage, at: datetime) -> None:
    actions.close(task=_task(task), by=stage.actor(task.client), at=at)


def _take(task: Assignment, who: str, stage: Stage, at: datetime) -> Claim | None:
    """A place, for those who still fulfil what the task asks for."""
    worker, found = stage.actor(who), _task(task)
    return Claim.objects.get(pk=actions.claim(task=found, by=worker, at=at).pk) if _may(found, worker, at) else None


def _may(task: Task, worker: Actor, at: datetime) -> bool:
    """Some have answered too often by then, or too little well; a task that is over takes nobody."""
    record = queries.record_of(worker.id or 0) if task.approval_bps_min is not None else None
    if queries.rounds_used(task.pk, worker.id or 0) >= task.repeats_max:
        return False
    return policy.can_claim(worker, task, at, record) is None


def _reserve(task: Assignment, who: str, stage: Stage, at: datetime) -> None:
    _take(task, who, stage, at)


def _take_and_leave(task: Assignment, who: str, stage: Stage, at: datetime) -> None:
    claim = _take(task, who, stage, at)
    if claim is not None:
        actions.give_back(claim=claim, by=stage.actor(who), at=at + timedelta(minutes=1))


def _answer(task: Assignment, who: str, number: int, stage: Stage, at: datetime) -> None:
    """Taken, and handed in some minutes later."""
    claim = _take(task, who, stage, at)
    if claim is not None:
        later, given, files = at + timedelta(minutes=task.minutes), task.given(number), task.files(number)
        actions.submit(claim=claim, given=given, files=files, by=stage.actor(who), at=later)


def _approve(task: Assignment, stage: Stage, at: datetime) -> None:
    actions.approve_all(task=_task(task), seen_at=at, by=stage.actor(task.client), at=at)


def _reject(task: Assignment, count: int, number: int, stage: Stage, at: datetime) -> None:
    reason, text = REASONS[number % len(REASONS)]
    for claim in _claims(task, "submitted")[:count]:
        actions.reject(claim=claim, reason=reason, text=text, by=stage.actor(task.client), at=at)


def _accept_rejection(task: Assignment, stage: Stage, at: datetime) -> None:
    for claim in _claims(task, "rejected"):
        actions.accept_rejection(claim=claim, by=Actor.member(claim.worker_id), at=at)


def _appeal(task: Assignment, stage: Stage, at: datetime) -> None:
    """The one that has waited longest."""
    for claim in _claims(task, "rejected")[-1:]:
        actions.appeal(claim=claim, text=APPEAL, by=Actor.member(claim.worker_id), at=at)


def _rule(task: Assignment, ruling: str, stage: Stage, at: datetime) -> None:
    for claim in _claims(task, "appealed"):
        text = RULINGS[ruling]
        actions.decide(claim=claim, is_good=ruling == "grant", text=text, by=stage.actor(OPERATOR), at=at)


def _claims(task: Assignment, status: str) -> list[Claim]:
    """In that status, the latest first."""
    found = Claim.objects.filter(task__job__request_key=demo_key("task", task.slug), status=status)
    return list(found.select_related("task").order_by("-submitted_at", "-pk"))
