"""The member's own money as an obstacle: the balance, and payouts on their way."""

from collections.abc import Iterator
from datetime import datetime

from nakadachi.closing import words
from nakadachi.closing.buttons import DEEDS, WAYS
from nakadachi.closing.obstacle import Obstacle, Remedy, Text, Who
from nakadachi.market.contracts.timers import last_minute
from nakadachi.money.payouts import queries as payouts
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.people.models import Member
from nakadachi.people.standing.queries import standing_of


def of(member: Member, at: datetime) -> Iterator[Obstacle]:
    """The balance first: it is the member's turn."""
    offer = payouts.offer_for(member.pk, at)
    if offer.balance_yen > 0:
        yield _balance(member, offer)
    flying = Payout.objects.filter(member=member, status__in=payouts.IN_FLIGHT)
    for payout in flying.select_related("run").defer("run__file").order_by("pk"):
        yield _transit(payout)


def _balance(member: Member, offer: payouts.Offer) -> Obstacle:
    """A closing that is reserved asks for the last payout by itself, whatever its size."""
    is_small, is_leaving = payouts.is_too_little(offer), standing_of(member.pk).leaving_at is not None
    who: Who = "you"
    sentence: Text = words.BALANCE_SMALL if is_small else words.BALANCE
    said = DEEDS["payout"]
    yen = offer.amount_yen if is_leaving else offer.pays_yen
    remedies: tuple[Remedy, ...] = (Remedy("payout", said.label, says=said.says, yen=yen, thing_id=member.pk),)
    clears_by = None
    if offer.account is None or offer.account.refused_at:
        sentence = words.BALANCE_NO_ACCOUNT
        remedies = (Remedy("register_account", WAYS["register_account"].label, page="settings:bank_new"),)
    elif offer.rest is not None:
        who, sentence, clears_by, remedies = "time", words.BALANCE_RESTS, offer.rest.until, ()
    elif is_small and not is_leaving:
        who, remedies = "time", ()
    elif member.payout_mode == Member.PayoutMode.AUTO and not is_small:
        sentence, clears_by = words.BALANCE_AUTO, last_minute(offer.pays_on)
    return Obstacle(
        code="balance.lt_min" if is_small else "balance.ge_min",
        title=words.BALANCE_TITLE,
        sentence=sentence,
        who=who,
        page="earnings:board",
        arguments=(),
        remedies=remedies,
        amount_yen=offer.balance_yen,
        clears_by=clears_by,
        if_silent=words.BALANCE_SILENT,
        kind="balance",
    )


def _transit(payout: Payout) -> Obstacle:
    """Until the run is filed it is ours to do, then the bank's."""
    is_filed = payout.run is not None and payout.run.status != ClosingRun.Status.OPEN
    return Obstacle(
        code="payout.transit",
        title=words.PAYOUT_TITLE,
        sentence=words.PAYOUT,
        who="bank" if is_filed else "operator",
        page="earnings:payouts:detail",
        arguments=(payout.pk,),
        amount_yen=payout.pays_yen,
        clears_by=last_minute(payouts.goes_with(payout)[1]),
        if_silent=words.PAYOUT_SILENT,
        kind="payout.transit",
    )
