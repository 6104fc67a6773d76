"""Before any contract: other conditions suggested and answered, reasons said, postings changed and opened again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from nakadachi.demo.moments import Past, dice
from nakadachi.demo.postings import Life
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions
from nakadachi.market.sourcing.models import Counter, Proposal

TALKED, ANSWERED = 0.2, 0.6
EDITED, REOPENED, TAKEN_BACK = 5, 3, 8
NOTES = (
    "予算の都合で、この金額でお願いできないでしょうか。",
    "納品日はそのままで、金額だけご相談させてください。",
    "次回以降もお願いしたいと考えています。今回はこちらの金額でいかがでしょうか。",
)
REASONS: tuple[tuple[str, str], ...] = (
    ("this_time", ""),
    ("another", "ご提案ありがとうございました。機会があればまたお願いします。"),
    ("schedule", "急ぎのため、今回は早く納品できる方にお願いします。"),
    ("conditions", ""),
    ("experience", "今回は医療分野の経験がある方を探しています。"),
)
ADDED = "\n\n(追記)ご質問が多かったため補足します。納品はテキストファイルで、途中で一度、構成の確認をお願いします。"


def reason(slug: str, worker: str) -> tuple[str, str]:
    """Why somebody was declined."""
    return dice("reason", slug, worker).choice(REASONS)


def suggestions(life: Life, worker: str, sent_at: datetime, past: Past) -> Iterator[Step]:
    """The client of an open job asks for a little less; some workers meet them half-way."""
    chance = dice("talk", life.posting.slug, worker)
    if life.fate != "open" or chance.random() >= TALKED:
        return
    asked_at, pair = past.between(sent_at, life.ends_at, chance), (life.posting.slug, worker)
    yield Step(asked_at, partial(_suggest, pair, life.posting.client, (90, chance.choice(NOTES))))
    if chance.random() >= ANSWERED:
        return
    answered_at = past.between(asked_at, life.ends_at, chance)
    answer = chance.choice(["more", "more", "accept", "decline", "withdraw"])
    if answer == "more":
        yield Step(answered_at, partial(_suggest, pair, worker, (95, "こちらの金額ではいかがでしょうか。")))
    else:
        yield Step(answered_at, partial(_answer, pair, life.posting.client if answer == "withdraw" else worker, answer))


def changes(lives: Iterable[Life], past: Past) -> Iterator[Step]:
    """Some open postings were changed after proposals had come; some closed ones were opened again."""
    lives = sorted(lives, key=lambda life: dice("changes", life.posting.slug).random())
    old_enough = [life for life in lives if past.loaded_at - life.opened_at > timedelta(days=2)]
    for life in [life for life in old_enough if life.fate == "open"][:EDITED]:
        at = past.between(life.opened_at, life.ends_at, dice("edit", life.posting.slug))
        yield Step(at, partial(_edit, life))
    for life in [life for life in old_enough if life.fate == "open"][EDITED : EDITED + TAKEN_BACK]:
        yield Step(past.loaded_at - timedelta(hours=2), partial(_take_back, life))
    for life in [life for life in old_enough if life.fate == "closed"][:REOPENED]:
        at = past.between(life.ends_at, past.loaded_at, dice("reopen", life.posting.slug))
        yield Step(at, partial(_reopen, life, past))


def _suggest(pair: tuple[str, str], who: str, words: tuple[int, str], stage: Stage, at: datetime) -> None:
    """Nothing is said about what has ended in the meantime."""
    (slug, worker), (percent, note) = pair, words
    proposal = Proposal.objects.get(pk=stage.proposal(slug, worker).pk)
    if proposal.status != Proposal.Status.SENT or proposal.deliver_on <= jst_date(at):
        return
    actions.counter(
        proposal=proposal,
        amount_yen=max(proposal.amount_yen * percent // 100 // 100 * 100, 100),
        deliver_on=proposal.deliver_on,
        note=note,
        request_key=demo_key("counter", slug, worker, Counter.objects.filter(proposal=proposal).count()),
        by=stage.actor(who),
        at=at,
    )


ANSWERS = {
    "accept": actions.accept_counter,
    "decline": actions.decline_counter,
    "withdraw": actions.withdraw_counter,
}


def _answer(pair: tuple[str, str], who: str, answer: str, stage: Stage, at: datetime) -> None:
    """While it waits, and its day has not passed."""
    waiting = Counter.objects.filter(proposal=stage.proposal(*pair).pk, status=Counter.Status.OPEN).first()
    if waiting is not None and waiting.deliver_on > jst_date(at):
        ANSWERS[answer](counter=waiting, by=stage.actor(who), at=at)


def _edit(life: Life, stage: Stage, at: datetime) -> None:
    job = Job.objects.get(pk=stage.job(life.posting.slug).pk)
    draft = JobDraft.of(job)
    changed = replace(draft, description=draft.description + ADDED, hires_max=min(draft.hires_max + 1, 25))
    jobs.edit(job=job, draft=changed, by=stage.actor(life.posting.client), at=at)


def _take_back(life: Life, stage: Stage, at: datetime) -> None:
    """An offer with a slip in it, taken back at once; the client will write a better one."""
    waiting = Proposal.objects.filter(job=stage.job(life.posting.slug), status=Proposal.Status.SENT)
    proposal = waiting.filter(deliver_on__gt=jst_date(at)).order_by("pk").first()
    if proposal is None:
        return
    client = stage.actor(life.posting.client)
    piece = contracts.MilestoneDraft(life.posting.topic, proposal.amount_yen, proposal.deliver_on)
    contract = contracts.offer(
        proposal=proposal,
        scope=life.posting.description,
        milestones=[piece],
        request_key=demo_key("slip", life.posting.slug),
        by=client,
        at=at,
    )
    contracts.withdraw_offer(contract=contract, by=client, at=at)


def _reopen(life: Life, past: Past, stage: Stage, at: datetime) -> None:
    closes_on = jst_date(past.loaded_at) + timedelta(days=10)
    jobs.reopen(
        job=stage.job(life.posting.slug),
        closes_on=closes_on,
        delivery_on=closes_on + timedelta(days=14),
        by=stage.actor(life.posting.client),
        at=at,
    )
