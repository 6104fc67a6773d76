"""The ledger in words: what a journal was, whose account a line stands on, how a figure was worked out.

A reader sees their own accounts as theirs and everybody else's by role: no name, no number of another account.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger.queries import JournalLine
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Line:
    """One line of a journal as this reader sees it."""

    account: str
    meaning: str
    amount_yen: int
    own: bool


@dataclass(frozen=True)
class Sum:
    """One step of the calculation: what, how, and what came out."""

    label: str
    how: str
    amount_yen: int
    strong: bool = False


def title_of(kind: str) -> str:
    """What happened, in two or three words."""
    titles = {
        "hold.fund": pgettext("ledger", "Money set aside"),
        "hold.release": pgettext("ledger", "Reward confirmed"),
        "hold.refund": pgettext("ledger", "Refund"),
        "hold.split": pgettext("ledger", "Settled by agreement or ruling"),
        "hold.roll": pgettext("ledger", "Rolled on to a later week"),
        "refund.settle": pgettext("ledger", "Refund arrived"),
        "refund.transfer": pgettext("ledger", "Refunded by bank transfer"),
        "psp.settle": pgettext("ledger", "Paid in by the card company"),
        "operator.float": pgettext("ledger", "The operator's own money put in"),
        "dispute.open": pgettext("ledger", "Chargeback began"),
        "dispute.won": pgettext("ledger", "Chargeback ended: the payment stands"),
        "dispute.lost": pgettext("ledger", "Taken back by the client's card company"),
        "payout.request": pgettext("ledger", "Payout started"),
        "payout.cancel": pgettext("ledger", "Payout taken back"),
        "payout.returned": pgettext("ledger", "Transfer sent back by the bank"),
    }
    return titles.get(kind) or pgettext("ledger", "Correction")


def meaning_of(kind: str) -> str:
    """One sentence on what such a journal does."""
    meanings = {
        "hold.fund": gettext("The client's payment was taken and is set aside for this work. Nobody can use it yet."),
        "hold.release": gettext(
            "The work was accepted. What was set aside became the worker's reward, the fees and the tax inside them."
        ),
        "hold.refund": gettext("What was set aside goes back to the client whole, the fee included."),
        "hold.split": gettext("As agreed, a part became the worker's reward and the rest goes back to the client."),
        "hold.roll": gettext("What was left of one week went on into a later week of the same contract."),
        "refund.settle": gettext("The card company has given the refund back to the card."),
        "refund.transfer": gettext(
            "The card could not take the refund, so the operator transferred it to a bank account."
        ),
        "psp.settle": gettext(
            "The card company transferred what it had taken to the client-money account, less its fee."
        ),
        "operator.float": gettext(
            "The operator put in money of its own, so that no fee of others is paid with members' money."
        ),
        "dispute.open": gettext(
            "The client objected at the card company, which keeps the payment until it has decided."
        ),
        "dispute.won": gettext("The card company decided for the payment and gave it back; the work goes on."),
        "dispute.lost": gettext(
            "The card company decided for the client. What was not delivered comes out of the hold, a refund on its "
            "way ends, and the rest is the operator's loss; the worker's reward is never touched."
        ),
        "payout.request": gettext("The confirmed reward left the balance for the registered bank account."),
        "payout.cancel": gettext("The payout was taken back before the bank executed it; the balance is as before."),
        "payout.returned": gettext("The bank could not deliver the transfer; the money is back on the balance."),
    }
    return meanings.get(kind) or gettext("An earlier booking was corrected by its mirror image.")


def line_of(line: JournalLine, *, viewer_id: int, hold: Hold | None) -> Line:
    """A journal line in the words of this reader."""
    kind, _, owner = line.account.partition(":")
    if kind == "member" and owner == str(viewer_id):
        return Line(pgettext("account", "Your balance"), gettext("Confirmed reward"), line.amount_yen, own=True)
    if kind == "member":
        return Line(
            pgettext("account", "The worker's balance"), gettext("Confirmed reward"), line.amount_yen, own=False
        )
    if kind == "hold":
        own = hold is not None and viewer_id in {hold.payer_id, hold.payee_id}
        meaning = gettext("Set aside for this work: amount and ordering fee")
        return Line(pgettext("account", "Set aside"), meaning, line.amount_yen, own=own)
    name, meaning = _system(kind)
    return Line(name, meaning, line.amount_yen, own=False)


def _system(kind: str) -> tuple[str, str]:
    known = {
        "psp_clearing": (pgettext("account", "With the card company"), gettext("Taken by card, on its way to us")),
        "chargeback_receivable": (
            pgettext("account", "Disputed with the card company"),
            gettext("Taken back by it, now decided"),
        ),
        "chargeback_loss": (
            pgettext("account", "The operator's loss"),
            gettext("Disputed after acceptance"),
        ),
        "psp_fee_expense": (pgettext("account", "Card company's fee"), gettext("Borne by the operator")),
        "operator_capital": (pgettext("account", "The operator's own money"), ""),
        "bank_client_money": (pgettext("account", "Client-money bank account"), gettext("Kept apart for members")),
        "refunds_in_transit": (pgettext("account", "Refunds on their way"), gettext("Back to the card it came from")),
        "payouts_in_transit": (pgettext("account", "Payouts on their way"), gettext("To the bank account of a member")),
        "consumption_tax_payable": (pgettext("account", "Consumption tax"), gettext("The tax inside the fees")),
        "fee_revenue_worker": (pgettext("account", "System fee"), gettext("Paid by the worker, without tax")),
        "fee_revenue_client": (pgettext("account", "Ordering fee"), gettext("Paid by the client, without tax")),
        "payout_fee_income": (pgettext("account", "Transfer fee"), gettext("Paid by the worker, without tax")),
        "withholding_payable": (pgettext("account", "Withheld income tax"), gettext("Owed to the tax office")),
    }
    return known.get(kind) or (pgettext("account", "The operator's account"), "")


def rate_words(tiers: list[list[int | None]]) -> str:
    """`16.5%`, or every step of a graduated rate."""
    words, before_yen = [], 0
    for up_to_yen, rate_bps in tiers:
        rate = figures.percent(rate_bps or 0)
        if len(tiers) == 1:
            return rate
        if up_to_yen is None:
            words.append(gettext("%(rate)s above %(limit)s") % {"rate": rate, "limit": figures.yen(before_yen)})
        else:
            words.append(gettext("%(rate)s up to %(limit)s") % {"rate": rate, "limit": figures.yen(up_to_yen)})
            before_yen = up_to_yen
    return gettext(", ").join(words)


def rounding_words(rounding: str) -> str:
    """How a fraction of a yen was decided."""
    words = {
        "floor": pgettext("rounding", "rounded down"),
        "half_up": pgettext("rounding", "rounded half up"),
        "ceil": pgettext("rounding", "rounded up"),
    }
    return words[rounding]


def sums_of(rates: dict[str, Any], part: dict[str, Any], *, before_yen: int = 0) -> list[Sum]:
    """The whole calculation of an amount, step by step, from the inputs that were frozen with it."""
    amount = figures.yen(part["amount_yen"])
    base = amount
    if rates["fee_base"] == "without_tax":
        base = gettext("%(amount)s without tax") % {"amount": amount}
    rounding = rounding_words(rates["fee_rounding"])

    def fee(side: str) -> str:
        rate = rate_words(rates[f"{side}_tiers"])
        tax = figures.yen(part[f"{side}_fee_tax_yen"])
        facts = {"base": base, "rate": rate, "rounding": rounding, "tax": tax}
        return gettext("%(base)s × %(rate)s, %(rounding)s; %(tax)s of it is consumption tax") % facts

    start = gettext("Tax included")
    if before_yen:
        earlier = {"before": figures.yen(before_yen)}
        start = gettext("After %(before)s; every figure is the difference to what was settled before") % earlier
    return [
        Sum(pgettext("sum", "Contract amount"), start, part["amount_yen"]),
        Sum(pgettext("sum", "System fee (worker)"), fee("worker"), part["worker_fee_yen"]),
        Sum(pgettext("sum", "Ordering fee (client)"), fee("client"), part["client_fee_yen"]),
        Sum(pgettext("sum", "Withheld income tax"), _withheld(rates), part["withholding_yen"]),
        Sum(
            pgettext("sum", "The worker receives"),
            gettext("Contract amount − system fee − withheld tax"),
            part["worker_receives_yen"],
            strong=True,
        ),
        Sum(
            pgettext("sum", "The client pays"),
            gettext("Contract amount + ordering fee − tax the client remits"),
            part["client_pays_yen"],
            strong=True,
        ),
    ]


def _withheld(rates: dict[str, Any]) -> str:
    if rates["withheld_by"] == "nobody":
        return gettext("Not withheld for this contract")
    base = {
        "without_tax": gettext("amount without tax"),
        "with_tax": gettext("amount with tax"),
    }[rates["withholding_base"]]
    who = {
        "client": gettext("remitted by the client"),
        "operator": gettext("remitted by the operator"),
    }[rates["withheld_by"]]
    facts = {"base": base, "rate": rate_words(rates["withholding_tiers"]), "who": who}
    return gettext("%(base)s × %(rate)s, rounded down; %(who)s") % facts
