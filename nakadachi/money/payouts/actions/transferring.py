"""From a closed run to the bank and back: the transfer file, its execution, and transfers that come back."""

import hashlib
from datetime import datetime

from django.db import transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import NotVisible, Refused, require
from nakadachi.money import rulebook
from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import journals, policy, sender, zengin
from nakadachi.money.payouts.actions.requesting import source_of
from nakadachi.money.payouts.lifecycle import PAYOUT, RUN
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.people.models import BankAccount, Member

REASON_LENGTH_MAX = 200
CHARGE_YEN_MAX = 100_000_000


@transaction.atomic
def make_file(*, run: ClosingRun, by: Actor, at: datetime) -> ClosingRun:
    """Write the transfer file of a run, once; it equals the ledger to the yen, or is not made."""
    run = ClosingRun.objects.select_for_update().get(pk=run.pk)
    require(policy.can_run(by))
    if run.status != ClosingRun.Status.OPEN:
        return run
    payouts = list(run.payouts.order_by("id"))
    require(None if payouts else policy.NOTHING_TO_SEND)
    try:
        file = zengin.TransferFile(sender.current(), run.pays_on, tuple(_transfer(payout) for payout in payouts))
        content = zengin.encode(file, line_end=sender.line_end())
    except (zengin.BadTransferFile, sender.BadSender) as problem:
        raise Refused(policy.FILE_REFUSED.with_params(place=problem.place, code=problem.code)) from problem
    if not (file.total_yen == run.total_yen == _posted_yen(payouts)):
        raise Refused(policy.TOTALS_DIFFER)
    digest = hashlib.sha256(content).hexdigest()
    reached("file.encoded")
    run = move(
        run,
        RUN,
        "file",
        by=by,
        at=at,
        event={"sha256": digest, "total_yen": file.total_yen},
        file=content,
        file_name=f"zengin-{run.pays_on:%Y%m%d}-{run.pk}.txt",
        file_sha256=digest,
        filed_at=at,
    )
    reached("file.stored")
    return run


def file_bytes(*, run: ClosingRun, by: Actor) -> bytes:
    """The kept bytes, the same at every download; a file that was touched in between is not handed out."""
    require(policy.can_run(by))
    if run.status == ClosingRun.Status.OPEN:
        raise NotVisible
    content = bytes(ClosingRun.objects.values_list("file", flat=True).get(pk=run.pk) or b"")
    if hashlib.sha256(content).hexdigest() != run.file_sha256:
        raise Refused(policy.TOTALS_DIFFER)
    return content


@transaction.atomic
def mark_sent(*, run: ClosingRun, bank_charge_yen: int, by: Actor, at: datetime) -> ClosingRun:
    """The bank executed the file: every transfer is settled on the pay day, and its charge is the operator's cost."""
    run = ClosingRun.objects.select_for_update().defer("file").get(pk=run.pk)
    require(policy.can_mark_sent(by, run))
    require(None if 0 <= bank_charge_yen <= CHARGE_YEN_MAX else policy.BAD_CHARGE)
    if run.status == ClosingRun.Status.SENT:
        require(None if run.bank_charge_yen == bank_charge_yen else policy.SENT_OTHERWISE)
        return run
    move(run, RUN, "send", by=by, at=at, bank_charge_yen=bank_charge_yen, sent_at=at)
    drafts = []
    for payout in run.payouts.select_for_update().order_by("id"):
        move(payout, PAYOUT, "send", by=by, at=at, sent_at=at)
        reached("run.sending")
        draft = journals.settle(payout_id=payout.pk, pays_yen=payout.pays_yen, on=run.pays_on)
        drafts.append((draft, key_for("payout.settle", payout.pk)))
    for start in range(0, len(drafts), book.BATCH_MAX):
        book.post_batch(drafts[start : start + book.BATCH_MAX])
    if bank_charge_yen:
        charge = journals.bank_charge(run_id=run.pk, charge_yen=bank_charge_yen, on=run.pays_on)
        book.post(charge, key=key_for("bank.charge", run.pk))
    reached("run.sent")
    return run


@transaction.atomic
def mark_returned(*, payout: Payout, reason: str, by: Actor, at: datetime) -> Payout:
    """The bank sent a transfer back: the money is on the balance again, and that account gets no more until the
    member registers one anew. A fee the member bore is given back the first time for the same account details.
    """
    Member.objects.select_for_update(no_key=True).get(pk=payout.member_id)
    payout = Payout.objects.select_for_update().get(pk=payout.pk)
    require(policy.can_mark_returned(by, payout))
    words = tidy_line(reason)[:REASON_LENGTH_MAX]
    require(None if words else policy.NO_REASON)
    fee_back_yen = 0 if _came_back_before(payout) else payout.bank_fee_yen
    move(payout, PAYOUT, "return", by=by, at=at, returned_at=at, return_reason=words)
    draft = journals.returned(
        payout_id=payout.pk,
        account_id=source_of(payout),
        pays_yen=payout.pays_yen,
        fee_back_yen=fee_back_yen,
        tax_bps=rulebook.current().taxes.tax_bps(jst_date(payout.requested_at)),
        on=jst_date(at),
    )
    book.post(draft, key=key_for("payout.returned", payout.pk))
    refused = BankAccount.objects.filter(pk=payout.destination["account_id"], refused_at=None)
    if refused.update(refused_at=at):
        record("bankaccount.refused", refused.model(pk=payout.destination["account_id"]), by=by, at=at)
    return payout


def _came_back_before(payout: Payout) -> bool:
    details = {name: value for name, value in payout.destination.items() if name != "account_id"}
    return Payout.objects.filter(
        member=payout.member_id, status=Payout.Status.RETURNED, destination__contains=details
    ).exists()


def _transfer(payout: Payout) -> zengin.Transfer:
    frozen = payout.destination
    kinds = {
        BankAccount.Kind.ORDINARY: zengin.DepositKind.ORDINARY,
        BankAccount.Kind.CHECKING: zengin.DepositKind.CHECKING,
        BankAccount.Kind.SAVINGS: zengin.DepositKind.SAVINGS,
    }
    account = zengin.Account(
        bank_code=frozen["bank_code"],
        bank_kana=frozen["bank_kana"],
        branch_code=frozen["branch_code"],
        branch_kana=frozen["branch_kana"],
        kind=kinds[BankAccount.Kind(frozen["kind"])],
        number=frozen["number"],
    )
    return zengin.Transfer(account, frozen["holder_kana"], payout.pays_yen, payout.pk)


def _posted_yen(payouts: list[Payout]) -> int:
    """What the ledger says is on its way for these payouts."""
    journals_of = ledger.lines_of([payout.journal_id for payout in payouts if payout.journal_id is not None])
    transit = book.SYSTEM["payouts_in_transit"]
    return sum(line.amount_yen for lines in journals_of.values() for line in lines if line.account_id == transit)
