"""One member on one page, put together from every package that knows something."""

from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from nakadachi.infra.events.queries import trail_of_member
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.escrow import queries as escrow
from nakadachi.money.payments.models import Refund
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.access.queries import factors_of, sessions_of
from nakadachi.people.models import Member
from nakadachi.people.queries import current_bank_account
from nakadachi.people.standing.queries import certified_by, loaded, notes_on
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.web.pages.earnings.paying import refund_status
from nakadachi.web.staff.audit.reading import lines_of
from nakadachi.web.staff.members.rows import chips_of, masked_address

SHOWN = 6


def facts_of(member: Member, staff: Actor, at: datetime) -> dict[str, Any]:
    """Everything the page draws."""
    standing = loaded(member)
    return {
        "member": member,
        "standing": standing,
        "certified_by": certified_by(member.pk) if standing.certified_at else None,
        "chips": chips_of(member, standing),
        "address": masked_address(member.email),
        "notes": notes_on(member.pk),
        "sessions": len(sessions_of(staff, member.pk, at)),
        "factors": factors_of(member.pk) if member.is_operator else 0,
        "inquiries": list(Inquiry.objects.filter(member=member).order_by("-id")[:SHOWN]),
        "trail": lines_of(trail_of_member("people.member", member.pk)),
        **_work(member),
        **_money(member),
    }


def _work(member: Member) -> dict[str, Any]:
    sides = Contract.objects.filter(Q(client=member) | Q(worker=member)).select_related("client", "worker")
    contracts = list(sides.order_by("-id")[: SHOWN + 1])
    return {
        "contracts": [(contract, contract.other_side(member.pk)) for contract in contracts[:SHOWN]],
        "has_more_contracts": len(contracts) > SHOWN,
        "jobs": list(Job.objects.filter(client=member, opened_at__isnull=False).order_by("-id")[:SHOWN]),
        "proposals": list(Proposal.objects.filter(worker=member).select_related("job").order_by("-id")[:SHOWN]),
    }


def _money(member: Member) -> dict[str, Any]:
    paid_yen, in_transit_yen = payouts.paid_and_in_transit_yen(member.pk)
    held = escrow.open_of(member.pk).aggregate(
        paid=Sum("client_pays_yen", filter=Q(payer=member)), awaited=Sum("amount_yen", filter=Q(payee=member))
    )
    refunds = Refund.objects.filter(payment__payer=member).select_related("payment")
    return {
        "balance_yen": payouts.balance_yen(member.pk),
        "in_transit_yen": in_transit_yen,
        "paid_yen": paid_yen,
        "held_paid_yen": held["paid"] or 0,
        "held_awaited_yen": held["awaited"] or 0,
        "account": current_bank_account(member.pk),
        "payouts": payouts.payouts_of(member.pk, limit=SHOWN).rows,
        "refunds": [(refund, refund_status(refund).label) for refund in refunds.order_by("-id")[:SHOWN]],
    }
