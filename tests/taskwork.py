"""Reaches any state of a task through the real actions only. Amounts are those of the worked journals: 100 answers at
¥120, of which a worker receives ¥100; smaller batches where the number does not matter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks.draft import TaskDraft
from nakadachi.market.tasks.fields import CHOICE, LONG, SHORT, Field
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from nakadachi.people.models import Member
from tests import cast
from tests.cast import by
from tests.walk import START

CLOSES_AT = START + timedelta(days=10)
LATER = START + timedelta(minutes=10)

TASK = TaskDraft(
    category="office",
    title="珈琲店の看板メニューを調べるアンケート",
    description="お近くの珈琲店を1軒思い浮かべて、看板メニューと感想を教えてください。",
    price_yen=120,
    slots_count=5,
    closes_at=CLOSES_AT,
    minutes=5,
)
SHOP = Field(key="", kind=SHORT, label="お店の名前", unique=True)
TASTE = Field(key="", kind=CHOICE, label="味の好み", options=("深煎り", "浅煎り"))
NOTE = Field(key="", kind=LONG, label="ひとこと", required=False)
QUESTIONS = (SHOP, TASTE, NOTE)


def draft_task(
    *, client: Member | None = None, questions: Sequence[Field] = QUESTIONS, at: datetime = START, **changes
) -> Task:
    client = client or cast.minato()
    task = tasks.write(client=client, draft=replace(TASK, **changes), request_key=uuid4(), by=by(client), at=at)
    for field in questions:
        task = tasks.add_question(task=task, field=field, by=by(client), at=at)
    return task


def start_payment(task: Task, *, at: datetime = START) -> Payment:
    return tasks.start_funding(task=task, request_key=uuid4(), by=by(task.client), at=at)


def pay(task: Task, *, card: str = SUCCESS, at: datetime = START) -> Task:
    payment = start_payment(task, at=at)
    payments.charge(payment_id=payment.pk, card_token=card, by=by(task.client), at=at)
    return fresh(task)


def open_task(*, client: Member | None = None, at: datetime = START, **changes) -> Task:
    return pay(draft_task(client=client, at=at, **changes), at=at)


def claim(task: Task | None = None, *, worker: Member | None = None, at: datetime = LATER) -> Claim:
    task = task or open_task()
    made = tasks.claim(task=fresh(task), by=by(worker or cast.hanako()), at=at)
    return Claim.objects.get(pk=made.pk)


_shops = iter(range(10**9))


def given(**changes: str | Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Answers to `QUESTIONS`, with a shop that nobody has named."""
    answers: dict[str, str | Sequence[str]] = {
        "q1": f"珈琲館 {next(_shops)}号店",
        "q2": "深煎り",
        "q3": "香りがよいです。",
        **changes,
    }
    return {key: [value] if isinstance(value, str) else value for key, value in answers.items()}


def submit(claim: Claim, *, at: datetime = LATER, **answers) -> Claim:
    tasks.submit(claim=claim, given=given(**answers), by=Actor.member(claim.worker_id), at=at)
    return Claim.objects.get(pk=claim.pk)


def submitted(task: Task | None = None, *, worker: Member | None = None, at: datetime = LATER) -> Claim:
    return submit(claim(task, worker=worker, at=at), at=at)


def approve(*claims: Claim, at: datetime = LATER) -> Claim:
    task = Task.objects.get(pk=claims[0].task_id)
    tasks.approve(task=task, claim_ids=[one.pk for one in claims], by=by(task.client), at=at)
    return Claim.objects.get(pk=claims[0].pk)


def reject(claim: Claim, *, at: datetime = LATER, text: str = "お店の名前が実在しません。") -> Claim:
    client = Task.objects.get(pk=claim.task_id).client
    tasks.reject(claim=claim, reason="wrong", text=text, by=by(client), at=at)
    return Claim.objects.get(pk=claim.pk)


def appeal(claim: Claim, *, at: datetime = LATER) -> Claim:
    tasks.appeal(claim=claim, text="駅前にあるお店です。", by=Actor.member(claim.worker_id), at=at)
    return Claim.objects.get(pk=claim.pk)


def close(task: Task, *, at: datetime = LATER) -> Task:
    tasks.close(task=task, by=by(task.client), at=at)
    return fresh(task)


def fresh(task: Task) -> Task:
    return Task.objects.select_related("job", "client", "hold").get(pk=task.pk)


def workers(count: int) -> list[Member]:
    """Members without a login, for crowds."""
    start = Member.objects.count()
    return Member.objects.bulk_create(
        Member(email=f"worker{start + n}@example.jp", display_name=f"ワーカー{n}", joined_at=cast.JOINED)
        for n in range(count)
    )
