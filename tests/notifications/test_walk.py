"""A whole project, and who is told what on the way; nobody else, and never the one who did it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import override

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.notifications.models import Notice
from nakadachi.notifications.wording import address_of, text_of, title_of
from tests import cast, walk
from tests.cast import by
from tests.jobs import TELLING, run_jobs
from tests.walk import START

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """(who, kind) of everything that is told, in order."""
    run_jobs(*TELLING)
    names = {cast.minato().pk: "minato", cast.hanako().pk: "hanako", cast.ren().pk: "ren"}
    return [(names.get(notice.member_id, "?"), notice.kind) for notice in Notice.objects.order_by("at", "pk")]


def news_since(before: int) -> set[tuple[str, str]]:
    return set(told()[before:])


def test_a_project_from_proposal_to_acceptance() -> None:
    cast.sakura()
    minutes = iter(START + timedelta(minutes=minute) for minute in range(99))
    job = walk.open_job(at=next(minutes))
    late = walk.proposal(job, worker=cast.ren(), at=next(minutes))
    sent = walk.proposal(job, at=next(minutes))
    client, worker = by(job.client), by(sent.worker)
    pieces = walk.pieces([10_000], walk.DUE_ON)
    contract = contracts.offer(proposal=sent, scope=walk.SCOPE, milestones=pieces, by=client, at=next(minutes))
    contracts.confirm(contract=contract, by=worker, at=next(minutes))
    walk.pay(walk.milestone(contract), at=next(minutes))
    walk.deliver(walk.milestone(contract), at=next(minutes))
    contracts.request_revision(milestone=walk.milestone(contract), reason="図を足す", by=client, at=next(minutes))
    walk.deliver(walk.milestone(contract), at=next(minutes))
    walk.accept(walk.milestone(contract), at=next(minutes))
    assert told() == [
        ("minato", "proposal.send"),
        ("minato", "proposal.send"),
        ("hanako", "contract.offer"),
        ("minato", "contract.confirm"),
        ("ren", "proposal.pass_over"),
        ("hanako", "milestone.fund.worker"),
        ("minato", "milestone.deliver"),
        ("hanako", "milestone.request_revision"),
        ("minato", "milestone.deliver"),
        ("hanako", "milestone.accept.worker"),
    ]
    assert late.worker.email in {message.to[0] for message in mail.outbox}
    assert len(mail.outbox) == 10


ENDINGS = {
    "decline": {("minato", "contract.decline")},
    "lapse": {("minato", "contract.lapse.client"), ("hanako", "contract.lapse.worker")},
    "end_alone": {("hanako", "contract.end")},
    "hand_back": {("minato", "milestone.hand_back")},
    "silence": {("minato", "milestone.accept.client_silent"), ("hanako", "milestone.accept.worker_silent")},
    "end_by_agreement": {("hanako", "endproposal.propose"), ("minato", "endproposal.accept")},
    "end_declined": {("hanako", "endproposal.propose"), ("minato", "endproposal.decline")},
    "end_withdrawn": {("hanako", "endproposal.propose"), ("hanako", "endproposal.withdraw")},
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_other_way_out(ending: str) -> None:
    later = START + timedelta(days=30)
    state = {"decline": walk.offered, "lapse": walk.offered, "end_alone": walk.agreed, "silence": walk.delivered}
    reached = state.get(ending, walk.funded)()
    before = len(told())
    if ending == "decline":
        contracts.decline(contract=reached, by=by(reached.worker), at=later - timedelta(days=29))
    elif ending == "end_alone":
        contracts.end_alone(contract=reached, reason="都合により", by=by(reached.client), at=START)
    elif ending == "hand_back":
        contracts.hand_back(milestone=reached, by=by(reached.contract.worker), at=START)
    elif ending in {"lapse", "silence"}:
        for timer in contracts.TIMERS:
            assert all(timer.act(pk, later) for _, pk in timer.due(later, 9))
    else:
        end = walk.propose_end(reached)
        actions = {
            "end_by_agreement": contracts.accept_end,
            "end_declined": contracts.decline_end,
            "end_withdrawn": contracts.withdraw_end,
        }
        by_whom = end.contract.client if ending == "end_withdrawn" else end.contract.worker
        actions[ending](end=end, by=by(by_whom), at=START)
    assert news_since(before) == ENDINGS[ending]


def test_proposals_withdrawn_and_declined() -> None:
    sent = walk.proposal()
    before = len(told())
    sourcing.withdraw(proposal=sent, by=by(sent.worker), at=START)
    assert news_since(before) == {("minato", "proposal.withdraw")}
    other = walk.proposal(sent.job, worker=cast.ren())
    before = len(told())
    sourcing.decline(proposal=other, by=by(sent.job.client), at=START)
    assert news_since(before) == {("ren", "proposal.decline")}


def test_the_words_are_whole_in_both_languages_and_the_figures_right() -> None:
    walk.accepted()
    run_jobs(*TELLING)
    for notice in Notice.objects.all():
        for language in ("ja", "en"):
            with override(language):
                words = f"{title_of(notice)} {text_of(notice)}"
            assert "%" not in words
            assert ("「" in words) == (language == "ja")
    with override("ja"):
        assert "報酬 ¥8,350が確定しました" in text_of(Notice.objects.get(kind="milestone.accept.worker"))
        delivered = text_of(Notice.objects.get(kind="milestone.deliver"))
    assert "2026年11月16日(月) 23:59までに" in delivered


def test_the_page_behind_every_notice_opens_for_its_reader(client) -> None:
    walk.accepted()
    walk.handed_back(job=walk.open_job())
    run_jobs(*TELLING)
    for notice in Notice.objects.select_related("member"):
        client.force_login(notice.member)
        assert client.get(address_of(notice)).status_code == 200, notice.kind


def test_mails_speak_the_language_of_the_reader_whoever_acts() -> None:
    minato = cast.minato()
    minato.language = "en"
    minato.save()
    walk.proposal()
    with override("ja"):
        run_jobs(*TELLING)
    assert mail.outbox[0].subject == "[仲立ち] A proposal has come in"
    assert "はなこ proposes ¥10,000 for" in mail.outbox[0].body
