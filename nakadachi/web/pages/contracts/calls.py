"""Whose turn it is, as a callout: the one sentence and the one button that a contract's page is about."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, Nudge, TermsChange
from nakadachi.market.contracts.turn import Turn
from nakadachi.money.payments.models import Dispute
from nakadachi.money.rulebook import Quote
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.contracts.money import PayDay
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Call:
    """What `{% callout %}` draws; `more` is a second, quiet way under it, `press` a button that does something at once,
    and `note` says when it may be pressed."""

    tone: str
    title: str
    text: str = ""
    href: str = ""
    label: str = ""
    more_href: str = ""
    more_label: str = ""
    press_href: str = ""
    press_label: str = ""
    note: str = ""


NOTHING = Call("info", "")


def call_of(turn: Turn, contract: Contract, *, viewer_id: int, now: datetime, quote: Quote, reason: str) -> Call:
    """The callout for a turn. `quote` is that of the milestone it is about; `reason` of the last wish for revision."""
    mine = turn.is_for(contract, viewer_id)
    facts = {
        "other": contract.other_side(viewer_id).display_name,
        "day": figures.short_day(turn.until),
        "milestone": turn.milestone.title if turn.milestone else contract.title,
        "amount": figures.yen(quote.amount_yen),
        "pays": figures.yen(quote.client_pays_yen),
        "days": contract.auto_accept_days,
        "reason": reason,
        "is_client": contract.client_id == viewer_id,
    }
    if turn.action == "frozen":
        return NOTHING
    late = turn.until is not None and now >= turn.until
    makers = {"confirm": _confirm, "fund": _fund, "deliver": _deliver, "accept": _accept, "wait": _wait}
    return makers[turn.action](contract, turn.milestone, facts, mine, late)


def confirm_call(turn: Turn, contract: Contract, *, viewer_id: int) -> Call:
    """The callout of an offer that waits for its answer."""
    facts: dict[str, object] = {
        "other": contract.other_side(viewer_id).display_name,
        "day": figures.short_day(turn.until),
    }
    return _confirm(contract, None, facts, turn.is_for(contract, viewer_id), late=False)


def _confirm(contract: Contract, milestone: Milestone | None, facts: dict[str, object], mine: bool, late: bool) -> Call:
    if not mine:
        return Call(
            "info",
            _("%(other)s's turn: an answer is due by %(day)s") % facts,
            _("The worker is reading the terms. Without an answer by then, the offer ends by itself.") % facts,
            reverse("contracts:offer_withdrawal", args=[contract.pk]),
            _("Take the offer back"),
        )
    return Call(
        "turn",
        _("Your turn: please answer the offer by %(day)s") % facts,
        _("Read the terms, then agree or decline. Without an answer by then, the offer ends by itself."),
        reverse("contracts:confirmation", args=[contract.pk]),
        _("Read the terms"),
        reverse("contracts:refusal", args=[contract.pk]),
        _("Decline the offer"),
    )


def _fund(contract: Contract, milestone: Milestone | None, facts: dict[str, object], mine: bool, late: bool) -> Call:
    assert milestone is not None
    silence = _unpaid_month(milestone)
    if not mine:
        return Call(
            "info",
            _("%(other)s's turn: the money is not set aside yet") % facts,
            _("Please start the work on “%(milestone)s” only after that. Your reward is safe then.") % facts + silence,
        )
    return Call(
        "turn",
        _("Your turn: please set the money aside"),
        _("“%(milestone)s”: we hold %(pays)s, fee included, until you accept the work. Work starts after that.") % facts
        + silence,
        reverse("contracts:funding", args=[contract.pk, milestone.pk]),
        _("Set the money aside"),
    )


def _unpaid_month(milestone: Milestone) -> str:
    """What becomes of a month that nobody pays for, and when, to be put behind a sentence; nothing for other work."""
    if milestone.fund_by is None:
        return ""
    at = figures.day_and_time(milestone.fund_by)
    return _(" If it is unpaid on %(at)s, the month does not begin, and none follows.") % {"at": at}


def _deliver(contract: Contract, milestone: Milestone | None, facts: dict[str, object], mine: bool, late: bool) -> Call:
    assert milestone is not None
    if not mine:
        return _awaited(contract, milestone, facts, late=late)
    title = _("Your turn: please deliver by %(day)s") if facts["day"] else _("Your turn: please deliver again")
    if late:
        title = _("The delivery was due on %(day)s: please deliver as soon as you can")
    text = _("%(amount)s is set aside. Without an answer within %(days)s days of delivery, it is accepted by itself.")
    if facts["reason"]:
        text = _("A revision is asked for: “%(reason)s”")
    return Call(
        "turn",
        title % facts,
        text % facts,
        reverse("contracts:delivery", args=[contract.pk, milestone.pk]),
        _("Deliver"),
        reverse("contracts:change_new", args=[contract.pk], query={"milestone": milestone.pk}) if late else "",
        _("Propose another date"),
    )


def _awaited(contract: Contract, milestone: Milestone, facts: dict[str, object], *, late: bool) -> Call:
    """For the client while the worker works: in time, without a date, or late, with what can be done about it."""
    if not late:
        title = _("%(other)s's turn: delivery by %(day)s") if facts["day"] else _("%(other)s's turn: working on it")
        return Call("info", title % facts, _("“%(milestone)s” is being worked on.") % facts)
    return Call(
        "warn",
        _("%(other)s's turn: the delivery was due on %(day)s") % facts,
        _("“%(milestone)s” can still be delivered. You can wait, agree on another date, or agree on an ending.")
        % facts,
        reverse("contracts:change_new", args=[contract.pk], query={"milestone": milestone.pk}),
        _("Propose another date"),
        reverse("contracts:end_new", args=[contract.pk]),
        _("Propose to end this contract"),
    )


def _accept(contract: Contract, milestone: Milestone | None, facts: dict[str, object], mine: bool, late: bool) -> Call:
    assert milestone is not None
    if not mine:
        return Call(
            "info",
            _("%(other)s's turn: inspection by %(day)s") % facts,
            _("Without an answer, it is accepted by itself on %(day)s at 23:59, and your reward is confirmed.") % facts,
        )
    return Call(
        "turn",
        _("Your turn: please inspect the delivery by %(day)s") % facts,
        _("Without an answer, it is accepted by itself on %(day)s at 23:59, and the reward is confirmed.") % facts,
        reverse("contracts:acceptance", args=[contract.pk, milestone.pk]),
        _("Accept the delivery"),
        reverse("contracts:revision", args=[contract.pk, milestone.pk]),
        _revision_label(contract, milestone),
    )


def _revision_label(contract: Contract, milestone: Milestone) -> str:
    """The button leads to the form, or, with no round left, to the other ways on."""
    left = contract.revisions_max - milestone.revisions_count
    if left <= 0:
        return _("If something is not right")
    return _("Ask for a revision (%(count)s left)") % {"count": left}


def _wait(contract: Contract, milestone: Milestone | None, facts: dict[str, object], mine: bool, late: bool) -> Call:
    assert milestone is not None
    if facts["is_client"]:
        return Call(
            "info",
            _("The payment is being processed"),
            _("The result arrives by itself. If the card company asks you to confirm, please do; never pay twice."),
            reverse("contracts:funding", args=[contract.pk, milestone.pk]),
            _("See the payment"),
        )
    return Call(
        "info",
        _("The payment is being processed"),
        _("The client has started the payment. Please begin the work once the money is set aside."),
    )


def frozen_call(milestone: Milestone, dispute: Dispute | None, *, viewer_id: int) -> Call:
    """What happened, why the money stands still, until when, and what each side is to do meanwhile."""
    facts = {
        "milestone": milestone.title,
        "day": figures.short_day(dispute.answer_by if dispute else None),
        "amount": figures.yen(dispute.amount_yen if dispute else 0),
    }
    if viewer_id == milestone.contract.client_id:
        text = _(
            "The card company was told that the payment of %(amount)s for “%(milestone)s” was not right. Until it has"
            " decided, the money can neither be released nor refunded. We answer it by %(day)s. If this is a mistake,"
            " please withdraw the objection at your card company."
        )
    elif milestone.status == Milestone.Status.DELIVERED:
        text = _(
            "The client's card company is asking back the payment of %(amount)s for “%(milestone)s”. Until it has"
            " decided, nobody can use the money; we answer it by %(day)s. You have delivered: you are paid, whatever it"
            " decides."
        )
    else:
        text = _(
            "The client's card company is asking back the payment of %(amount)s for “%(milestone)s”. Please stop the"
            " work until it has decided; we answer it by %(day)s. What you delivered before is paid, whatever it"
            " decides."
        )
    return Call("warn", _("On hold: the card company is deciding on an objection"), text % facts)


def mediation_call(case: Case, work: str) -> Call:
    """The money stands still because the two sides do not agree about it: where that goes on."""
    facts = {"milestone": work, "day": figures.short_day(case.due_at)}
    title, text = {
        Case.Status.TALKING: (
            _("Mediation: the two sides talk until %(day)s"),
            _("The money of “%(milestone)s” stands still. Write what happened, or make an offer under seal."),
        ),
        Case.Status.DECIDING: (
            _("Mediation: the operator rules by %(day)s"),
            _("The money of “%(milestone)s” stands still until then. Offers that meet settle it at once."),
        ),
        Case.Status.DECIDED: (
            _("Mediation: appeal against the ruling until %(day)s"),
            _("The operator has ruled about “%(milestone)s”. Without an appeal it takes effect."),
        ),
        Case.Status.APPEALED: (
            _("Mediation: the second ruling comes by %(day)s"),
            _("Somebody else of the operator rules for good about “%(milestone)s”."),
        ),
    }[Case.Status(case.status)]
    tone = "turn" if case.status in {Case.Status.TALKING, Case.Status.DECIDED} else "info"
    return Call(tone, title % facts, text % facts, reverse("mediation:detail", args=[case.pk]), _("To the mediation"))


def closing_call(contract: Contract, *, is_worker: bool, pay: PayDay | None, receives_yen: int) -> Call:
    """When there is nothing left to do."""
    day = {"day": figures.short_day(contract.closed_at)}
    if contract.status == Contract.Status.COMPLETED:
        if is_worker and pay is not None:
            facts = {"amount": figures.yen(receives_yen), "pays": figures.short_day(pay.pays_on)}
            return Call("good", _("Completed on %(day)s") % day, _("%(amount)s is transferred on %(pays)s.") % facts)
        return Call("good", _("Completed on %(day)s") % day, _("Everything was delivered and accepted. Thank you."))
    texts = {
        Contract.Status.ENDED: (_("Ended on %(day)s"), _("What became of the money stands beside each milestone.")),
        Contract.Status.DECLINED: (_("Declined on %(day)s"), _("No contract was made, and no money was moved.")),
        Contract.Status.WITHDRAWN: (
            _("Offer taken back on %(day)s"),
            _("No contract was made, and no money was moved."),
        ),
        Contract.Status.LAPSED: (_("The offer ended on %(day)s"), _("Nobody answered in time. No money was moved.")),
    }
    title, text = texts[Contract.Status(contract.status)]
    return Call("info", title % day, text)


def change_call(change: TermsChange, *, viewer_id: int) -> Call:
    """A proposal to change the terms that waits for an answer, or for the difference to be set aside."""
    address = [change.contract_id, change.pk]
    facts = {
        "other": change.proposed_by.display_name,
        "reason": change.reason,
        "day": figures.day_and_time(change.answer_by),
    }
    if change.status == TermsChange.Status.AGREED:
        return _top_up(change, address, is_client=change.contract.client_id == viewer_id)
    if change.proposed_by_id == viewer_id:
        return Call(
            "info",
            _("You proposed to change the terms"),
            _(
                "The other side is deciding. Without an answer by %(day)s it ends by itself, and the present terms"
                " go on."
            )
            % facts,
            reverse("contracts:change_withdrawal", args=address),
            _("See or withdraw the proposal"),
        )
    return Call(
        "turn",
        _("Your turn: %(other)s proposes to change the terms") % facts,
        _("The reason: “%(reason)s”. Without an answer by %(day)s it ends by itself, and the present terms go on.")
        % facts,
        reverse("contracts:change_acceptance", args=address),
        _("See the change and answer"),
    )


def _top_up(change: TermsChange, address: list[int], *, is_client: bool) -> Call:
    day = {"day": figures.day_and_time(change.answer_by)}
    drop = reverse("contracts:change_withdrawal", args=address), _("See or drop the change")
    if not is_client:
        return Call(
            "info",
            _("The higher price is agreed"),
            _("It holds once the client has set the difference aside. If it is unpaid on %(day)s, it ends by itself.")
            % day,
            *drop,
        )
    return Call(
        "turn",
        _("Your turn: please set the difference aside"),
        _(
            "Both agreed on a higher price. It holds once the difference is set aside. If it is unpaid on %(day)s, it"
            " ends by itself, and the present terms go on."
        )
        % day,
        reverse("contracts:change_funding", args=address),
        _("Set the difference aside"),
        *drop,
    )


def nudge_call(nudge: Nudge, *, viewer_id: int) -> Call:
    """A sign of life that is asked for: what happens by itself, and when."""
    contract = nudge.contract
    facts = {"other": contract.other_side(viewer_id).display_name, "moment": figures.day_and_time(nudge.due_at)}
    talk = reverse("messages:about", args=["contract", contract.pk])
    if nudge.asked_by_id == viewer_id:
        return Call(
            "info",
            _("You asked %(other)s for a sign of life") % facts,
            _(
                "If nothing happens until %(moment)s, the contract ends by itself: what is delivered is paid,"
                " everything else goes back to the client."
            )
            % facts,
        )
    return Call(
        "turn",
        _("Your turn: %(other)s asks for a sign of life") % facts,
        _(
            "Please write or act by %(moment)s; any message is enough. Otherwise the contract ends by itself: what is"
            " delivered is paid, everything else goes back to the client."
        )
        % facts,
        talk,
        _("Write a message"),
    )


def end_call(end: EndProposal, *, viewer_id: int) -> Call:
    """A proposal to end that waits for an answer."""
    address = [end.contract_id, end.pk]
    facts = {
        "other": end.proposed_by.display_name,
        "reason": end.reason,
        "day": figures.day_and_time(end.answer_by),
    }
    if end.proposed_by_id == viewer_id:
        return Call(
            "info",
            _("You proposed to end this contract"),
            _("The other side is deciding. Without an answer by %(day)s it ends by itself, and the contract goes on.")
            % facts,
            reverse("contracts:end_withdrawal", args=address),
            _("Withdraw the proposal"),
        )
    return Call(
        "turn",
        _("Your turn: %(other)s proposes to end this contract") % facts,
        _("The reason: “%(reason)s”. Without an answer by %(day)s it ends by itself, and the contract goes on.")
        % facts,
        reverse("contracts:end_acceptance", args=address),
        _("See the division and agree"),
        reverse("contracts:end_refusal", args=address),
        _("Do not agree"),
    )
