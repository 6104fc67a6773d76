"""What events are about, read once for all who are told."""

from collections.abc import Collection
from typing import Any

from nakadachi.infra.events.models import Event
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, Nudge, Prompt, TermsChange
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts.models import ClosingRun, Payout, Skip
from nakadachi.notifications.rows import Facts, named
from nakadachi.people.models import BankAccount
from nakadachi.people.roles.areas import MEDIATION, OPENS, PAYOUTS, REFUNDS
from nakadachi.people.roles.queries import staff
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.trust.mediation.models import Case
from nakadachi.trust.messaging.models import Thread


def of_job(event: Event) -> Facts:
    """A job, its client, and the workers whose proposals still wait."""
    job = Job.objects.select_related("client").get(pk=event.subject_id)
    waiting = Proposal.objects.filter(job=job, status__in=[Proposal.Status.SENT, Proposal.Status.CHOSEN])
    proposers: Collection[int] = list(waiting.values_list("worker_id", flat=True))
    words = {"job": job.title, "client": named(job.client)}
    return Facts({"client": [job.client_id], "proposers": proposers}, words, {"job_id": job.pk})


def of_proposal(event: Event) -> Facts:
    """A proposal, its worker, and the client of its job."""
    proposal = Proposal.objects.select_related("job__client", "worker").get(pk=event.subject_id)
    acting = {proposal.job.client_id: proposal.job.client, proposal.worker_id: proposal.worker}
    return Facts(
        {"client": [proposal.job.client_id], "worker": [proposal.worker_id]},
        {
            "job": proposal.job.title,
            "other": named(acting.get(event.actor_id or 0)),
            "client": named(proposal.job.client),
            "worker": named(proposal.worker),
            "amount_yen": proposal.amount_yen,
            "deliver_on": proposal.deliver_on.isoformat(),
        },
        {"job_id": proposal.job_id, "proposal_id": proposal.pk},
    )


def of_counter(event: Event) -> Facts:
    """A counter-proposal, and both sides of its proposal."""
    counter = Counter.objects.select_related("proposal__job__client", "proposal__worker").get(pk=event.subject_id)
    proposal = counter.proposal
    client, worker = proposal.job.client, proposal.worker
    acting = {client.pk: client, worker.pk: worker}
    return Facts(
        {"client": [client.pk], "worker": [worker.pk]},
        {
            "job": proposal.job.title,
            "other": named(acting.get(event.actor_id or 0)),
            "amount_yen": counter.amount_yen,
            "deliver_on": counter.deliver_on.isoformat(),
        },
        {"job_id": proposal.job_id, "proposal_id": proposal.pk},
    )


def _of(contract: Contract, **more: Any) -> Facts:
    return Facts(
        {"client": [contract.client_id], "worker": [contract.worker_id]},
        {
            "work": contract.title,
            "client": named(contract.client),
            "worker": named(contract.worker),
            **more,
        },
        {"contract_id": contract.pk},
    )


def of_this(contract: Contract, event: Event, **more: Any) -> Facts:
    """A contract that is loaded already, with what else is to be said; `other` is the one who acted."""
    return _of(contract, other=_acting(contract, event), **more)


def of_contract_id(contract_id: int, event: Event) -> Facts:
    """A contract by its number, for events about something of it."""
    return of_this(Contract.objects.select_related("client", "worker").get(pk=contract_id), event)


def of_contract(event: Event) -> Facts:
    """A contract and its two sides; `other` is the one who acted."""
    contract = Contract.objects.select_related("client", "worker").get(pk=event.subject_id)
    return _of(
        contract,
        other=_acting(contract, event),
        amount_yen=contract.amount_yen,
        answer_by_at=contract.answer_by.isoformat(),
        deal_ends_at=contract.deal_ends_at.isoformat() if contract.deal_ends_at else None,
    )


def of_end(event: Event) -> Facts:
    """A proposal to end, and both sides of its contract."""
    end = EndProposal.objects.select_related("contract__client", "contract__worker").get(pk=event.subject_id)
    return _of(end.contract, other=_acting(end.contract, event))


def of_nudge(event: Event) -> Facts:
    """A nudge, the side that asked and the silent one, and until when."""
    nudge = Nudge.objects.select_related("contract__client", "contract__worker").get(pk=event.subject_id)
    contract = nudge.contract
    silent = contract.other_side(nudge.asked_by_id)
    asker = contract.other_side(silent.pk)
    facts = _of(contract, asker=named(asker), silent=named(silent), due_at=nudge.due_at.isoformat())
    return Facts({"asker": [asker.pk], "silent": [silent.pk]}, facts.words, facts.ids)


def of_prompt(event: Event) -> Facts:
    """A friendly word: who sent it to whom, about what, and what happens by itself."""
    prompt = Prompt.objects.select_related("contract__client", "contract__worker", "milestone").get(pk=event.subject_id)
    contract, milestone = prompt.contract, prompt.milestone
    asked = contract.other_side(prompt.asked_by_id)
    words = {
        "asker": contract.other_side(asked.pk).display_name,
        "milestone": milestone.title if milestone else "",
        "silent_at": milestone.auto_accept_at.isoformat() if milestone and milestone.auto_accept_at else None,
        "answer_by_at": contract.answer_by.isoformat(),
    }
    facts = _of(contract, **words)
    return Facts({"asked": [asked.pk]}, facts.words, facts.ids)


def of_change(event: Event) -> Facts:
    """A proposal to change the terms, and both sides of its contract."""
    change = TermsChange.objects.select_related("contract__client", "contract__worker").get(pk=event.subject_id)
    return _of(change.contract, other=_acting(change.contract, event))


def of_milestone(event: Event) -> Facts:
    """A milestone with what both sides pay and get, and both sides of its contract."""
    milestone = Milestone.objects.select_related("contract__client", "contract__worker", "hold").get(
        pk=event.subject_id
    )
    money = {}
    if milestone.hold is not None:
        quote = milestone.hold.terms
        money = {"reward_yen": quote.worker_receives_yen, "paid_yen": quote.client_pays_yen}
    silent_at = event.data.get("auto_accept_at")
    return _of(milestone.contract, milestone=milestone.title, silent_at=silent_at, **money)


def of_thread(event: Event) -> Facts:
    """A thread in which messages wait for one side, from the other."""
    thread = Thread.objects.select_related("job", "client", "worker").get(pk=event.subject_id)
    waiting_id = event.data["member_id"]
    words = {"other": named(thread.other_side(waiting_id)), "job": thread.job.title, "count": event.data["count"]}
    return Facts({"waiting": [waiting_id]}, words, {"thread_id": thread.pk})


def is_for_milestone(event: Event) -> bool:
    """A payment for a milestone of a contract."""
    return Milestone.objects.filter(hold__in=Payment.objects.filter(pk=event.subject_id).values("purpose_id")).exists()


def of_payment(event: Event) -> Facts:
    """A payment and who pays it."""
    payment = Payment.objects.get(pk=event.subject_id)
    milestone = Milestone.objects.select_related("contract").filter(hold_id=payment.purpose_id).first()
    return Facts(
        {"client": [payment.payer_id]},
        {"work": milestone.contract.title if milestone else "", "amount_yen": payment.amount_yen},
        {"contract_id": milestone.contract_id} if milestone else {},
    )


def of_refund(event: Event) -> Facts:
    """A refund, the client it goes to, and the operator's staff."""
    refund = Refund.objects.select_related("payment").get(pk=event.subject_id)
    roles = {"client": [refund.payment.payer_id], "staff": staff_of(REFUNDS)}
    return Facts(roles, {"amount_yen": refund.amount_yen, "refund": refund.pk})


def of_dispute(event: Event) -> Facts:
    """A dispute about a payment, for the operator's staff."""
    dispute = Dispute.objects.get(pk=event.subject_id)
    words = {"amount_yen": dispute.amount_yen, "payment": dispute.payment_id}
    return Facts({"staff": staff_of(REFUNDS)}, {**words, "answer_by_at": dispute.answer_by.isoformat()})


def of_payout(event: Event) -> Facts:
    """A payout and whose it is."""
    payout = Payout.objects.select_related("run").defer("run__file").get(pk=event.subject_id)
    words = {"pays_yen": payout.pays_yen, "amount_yen": payout.amount_yen, "reason": payout.return_reason}
    if payout.run is not None:
        words["pays_on"] = payout.run.pays_on.isoformat()
    return Facts({"member": [payout.member_id]}, words, {"payout_id": payout.pk})


def of_skip(event: Event) -> Facts:
    """A member whom a closing run passed over."""
    skip = Skip.objects.select_related("run").defer("run__file").get(pk=event.subject_id)
    words = {"amount_yen": skip.amount_yen, "closes_on": skip.run.closes_on.isoformat()}
    return Facts({"member": [skip.member_id]}, words)


def of_run(event: Event) -> Facts:
    """A closing run, for the operator's staff."""
    run = ClosingRun.objects.defer("file").get(pk=event.subject_id)
    words = {"closes_on": run.closes_on.isoformat(), "pays_on": run.pays_on.isoformat(), "total_yen": run.total_yen}
    return Facts({"staff": staff_of(PAYOUTS)}, words, {"run_id": run.pk})


def of_member(event: Event) -> Facts:
    """A member, told of their own account."""
    return Facts({"member": [event.subject_id]})


def of_member_and_reason(event: Event) -> Facts:
    """A member, told why something was decided against them."""
    return Facts({"member": [event.subject_id]}, {"reason": event.data["reason"]})


def of_inquiry(event: Event) -> Facts:
    """An inquiry and the member who asked; without an account nobody is told on the site."""
    asker_id = Inquiry.objects.values_list("member_id", flat=True).get(pk=event.subject_id)
    told = [asker_id] if asker_id is not None else []
    return Facts({"asker": told}, {"number": event.subject_id}, {"inquiry_id": event.subject_id})


def of_rest(event: Event) -> Facts:
    """A member whose payouts rest, and until when."""
    return Facts({"member": [event.subject_id]}, {"until_at": event.data["until"]})


def of_export(event: Event) -> Facts:
    """An archive of everything, whose it is, and until when it can be fetched."""
    words = {"until_at": event.data["expires_at"]} if "expires_at" in event.data else {}
    return Facts({"member": [event.data["member_id"]]}, words)


def of_bank_account(event: Event) -> Facts:
    """A bank account and whose it is; of its number only the end."""
    account = BankAccount.objects.get(pk=event.subject_id)
    masked = account.masked()
    words = {"bank": f"{masked['bank']} {masked['branch']} {masked['number']}"}
    return Facts({"member": [account.member_id]}, words)


def _acting(contract: Contract, event: Event) -> dict[str, int] | None:
    if event.actor_kind != "member" or event.actor_id not in {contract.client_id, contract.worker_id}:
        return None
    return named(contract.worker if event.actor_id == contract.worker_id else contract.client)


def staff_of(area: str) -> list[int]:
    """The operator's people who work in an area."""
    return [member.pk for member, role in staff() if area in OPENS[role]]


def of_case(event: Event) -> Facts:
    """A mediation, from the case itself or from what was written in it; its two sides."""
    case_id = event.data.get("case_id", event.subject_id)
    case = Case.objects.select_related("contract__client", "contract__worker").get(pk=case_id)
    until = case.due_at or case.closed_at
    assert until is not None
    figures = {"rest_yen": case.rest_yen, "result_yen": case.result_yen or 0, "case": case.pk}
    sides = _of(case.contract, due_at=until.isoformat(), **figures)
    return Facts({**sides.roles, "staff": staff_of(MEDIATION)}, sides.words, {"case_id": case.pk})
