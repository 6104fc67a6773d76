"""The same form twice: one effect, the same answer. Somebody else's key: no effect."""

from uuid import uuid4

import pytest

from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Delivery, EndProposal
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.cast import by
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db
AT = walk.START


def test_a_job() -> None:
    minato, key = cast.minato(), uuid4()
    write = {"draft": walk.JOB, "request_key": key, "at": AT}
    first = jobs.write(client=minato, by=by(minato), **write)
    assert jobs.write(client=minato, by=by(minato), **write).pk == first.pk
    assert Job.objects.count() == 1
    ren = cast.ren()
    with pytest.raises(Refused, match="key_reused"):
        jobs.write(client=ren, by=by(ren), **write)


def test_a_proposal() -> None:
    job, hanako, key = walk.open_job(), cast.hanako(), uuid4()
    send = {"job": job, "draft": walk.PROPOSAL, "request_key": key, "at": AT}
    first = sourcing.send(worker=hanako, by=by(hanako), **send)
    assert sourcing.send(worker=hanako, by=by(hanako), **send).pk == first.pk
    assert Proposal.objects.count() == 1
    ren = cast.ren()
    with pytest.raises(Refused):
        sourcing.send(worker=ren, by=by(ren), **send)
    assert Proposal.objects.count() == 1


def test_an_offer() -> None:
    sent, key = walk.proposal(), uuid4()
    offer = {"proposal": sent, "scope": "記事", "milestones": walk.pieces([10_000], walk.DUE_ON), "request_key": key}
    first = contracts.offer(**offer, by=by(cast.minato()), at=AT)
    assert contracts.offer(**offer, by=by(cast.minato()), at=AT).pk == first.pk
    assert Contract.objects.count() == 1


def test_a_funding() -> None:
    milestone, client, key = walk.milestone(walk.agreed()), by(cast.minato()), uuid4()
    first = contracts.start_funding(milestone=milestone, request_key=key, by=client, at=AT)
    assert contracts.start_funding(milestone=milestone, request_key=key, by=client, at=AT).pk == first.pk
    other_tab = contracts.start_funding(milestone=milestone, request_key=uuid4(), by=client, at=AT)
    assert other_tab.pk == first.pk
    assert Payment.objects.count() == 1


def test_a_delivery_with_its_files() -> None:
    milestone, hanako, key = walk.funded(), by(cast.hanako()), uuid4()

    def deliver() -> Delivery:
        return contracts.deliver(
            milestone=milestone, note="どうぞ", files=[walk.upload()], request_key=key, by=hanako, at=AT
        )

    assert deliver().pk == deliver().pk
    assert (Delivery.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_a_proposal_to_end() -> None:
    milestone, client, key = walk.funded(), by(cast.minato()), uuid4()
    propose = {"contract": milestone.contract, "settlement": {milestone.pk: 0}, "reason": "中止", "request_key": key}
    first = contracts.propose_end(**propose, by=client, at=AT)
    assert contracts.propose_end(**propose, by=client, at=AT).pk == first.pk
    assert EndProposal.objects.count() == 1


def test_a_key_of_one_form_does_nothing_in_another() -> None:
    hanako, client = by(cast.hanako()), by(cast.minato())
    first, second = walk.funded(), walk.funded()
    key = uuid4()
    contracts.deliver(milestone=first, note="どうぞ", request_key=key, by=hanako, at=AT)
    with pytest.raises(Refused, match="key_reused"):
        contracts.deliver(milestone=second, note="どうぞ", request_key=key, by=hanako, at=AT)
    propose = {"reason": "中止", "request_key": key, "by": client, "at": AT}
    contracts.propose_end(contract=first.contract, settlement={first.pk: 0}, **propose)
    with pytest.raises(Refused, match="key_reused"):
        contracts.propose_end(contract=second.contract, settlement={second.pk: 0}, **propose)
    offer = {"scope": "記事", "milestones": walk.pieces([10_000], walk.DUE_ON), "request_key": key}
    contracts.offer(proposal=walk.proposal(), **offer, by=client, at=AT)
    with pytest.raises(Refused, match="key_reused"):
        contracts.offer(proposal=walk.proposal(), **offer, by=client, at=AT)
    send = {"worker": cast.hanako(), "draft": walk.PROPOSAL, "request_key": key, "by": hanako, "at": AT}
    sourcing.send(job=walk.open_job(), **send)
    with pytest.raises(Refused, match="key_reused"):
        sourcing.send(job=walk.open_job(), **send)


def test_strangers_do_not_even_learn_that_it_exists() -> None:
    sakura = by(cast.sakura())
    milestone = walk.delivered()
    contract = milestone.contract
    end = walk.propose_end(milestone)
    sent = walk.proposal()
    before = fingerprint()
    tries = [
        lambda: contracts.offer(proposal=sent, scope="記事", milestones=[], by=sakura, at=AT),
        lambda: contracts.confirm(contract=contract, by=sakura, at=AT),
        lambda: contracts.decline(contract=contract, by=sakura, at=AT),
        lambda: contracts.start_funding(milestone=milestone, request_key=uuid4(), by=sakura, at=AT),
        lambda: contracts.deliver(milestone=milestone, note="x", request_key=uuid4(), by=sakura, at=AT),
        lambda: contracts.withdraw_delivery(milestone=milestone, by=sakura, at=AT),
        lambda: contracts.request_revision(milestone=milestone, reason="x", by=sakura, at=AT),
        lambda: contracts.accept(milestone=milestone, by=sakura, at=AT),
        lambda: contracts.hand_back(milestone=milestone, by=sakura, at=AT),
        lambda: contracts.end_alone(contract=contract, reason="x", by=sakura, at=AT),
        lambda: contracts.propose_end(
            contract=contract, settlement={}, reason="x", request_key=uuid4(), by=sakura, at=AT
        ),
        lambda: contracts.accept_end(end=end, by=sakura, at=AT),
        lambda: contracts.decline_end(end=end, by=sakura, at=AT),
        lambda: contracts.withdraw_end(end=end, by=sakura, at=AT),
    ]
    for act in tries:
        with pytest.raises(NotVisible):
            act()
    assert fingerprint() == before
