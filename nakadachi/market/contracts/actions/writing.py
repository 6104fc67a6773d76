"""Writing the terms down: version 1 with the contract, one more with every change both sides agreed on."""

from collections.abc import Sequence
from datetime import datetime

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import terms
from nakadachi.market.contracts.models import Contract, Milestone, Terms
from nakadachi.money.documents.canonical import sha256_of


def write_terms(contract: Contract, milestones: Sequence[Milestone], *, by: Actor, at: datetime) -> Terms:
    """The next version, naming the one it replaces; milestones handed back are no longer in it. Contract locked."""
    last = Terms.objects.filter(contract=contract).order_by("-version").first()
    version = last.version + 1 if last else 1
    agreed = [milestone for milestone in milestones if milestone.status != Milestone.Status.HANDED_BACK]
    document = terms.document(contract, agreed, version=version, agreed_at=at, replaces=last)
    written = Terms.objects.create(
        contract=contract, version=version, document=document, sha256=sha256_of(document), agreed_at=at
    )
    record("terms.write", written, by=by, at=at, contract_id=contract.pk, version=version, sha256=written.sha256)
    return written
