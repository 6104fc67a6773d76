"""What the buttons beside obstacles say, by the name of the remedy; what they do is in `remedies`.

`DEEDS` are done there and then. `WAYS` lead to the page that asks what is needed for it: a text, files, a card.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.closing.obstacle import Text


@dataclass(frozen=True)
class Button:
    """`label` for one thing, `all_label` for all of a kind, `says` what happens to the money."""

    label: Text
    all_label: Text = ""
    says: Text = ""


DEEDS: dict[str, Button] = {
    "close_job": Button(
        pgettext_lazy("closing", "Close the job"),
        pgettext_lazy("closing", "Close all of them"),
    ),
    "withdraw_proposal": Button(
        pgettext_lazy("closing", "Withdraw the proposal"),
        pgettext_lazy("closing", "Withdraw all of them"),
    ),
    "decline_offer": Button(
        pgettext_lazy("closing", "Decline the offer"),
        pgettext_lazy("closing", "Decline all of them"),
    ),
    "take_offer_back": Button(
        pgettext_lazy("closing", "Take the offer back"),
        pgettext_lazy("closing", "Take all of them back"),
    ),
    "accept_delivery": Button(
        pgettext_lazy("closing", "Accept the delivery"),
        pgettext_lazy("closing", "Accept all of them"),
        _("%(yen)s becomes the worker's reward."),
    ),
    "hand_back": Button(
        pgettext_lazy("closing", "Hand the work back"),
        pgettext_lazy("closing", "Hand all of them back"),
        _("%(yen)s goes back to the client."),
    ),
    "remind": Button(""),  # says what is asked for: `reminding`
    "propose_end": Button(
        pgettext_lazy("closing", "Propose to end it"),
        pgettext_lazy("closing", "Propose to end all of them"),
        _("If the other side agrees, what is delivered is paid and the rest of %(yen)s goes back."),
    ),
    "end_contract": Button(
        pgettext_lazy("closing", "End the contract"),
        pgettext_lazy("closing", "End all of them"),
    ),
    "give_notice": Button(
        pgettext_lazy("closing", "Give notice"),
        pgettext_lazy("closing", "Give notice for all of them"),
    ),
    "finish_hours": Button(
        pgettext_lazy("closing", "Stop the work"),
        pgettext_lazy("closing", "Stop all of them"),
        _("Recorded hours are paid after approval; money for hours that were not worked goes back."),
    ),
    "accept_end": Button(
        pgettext_lazy("closing", "Agree to the end"),
        pgettext_lazy("closing", "Agree to all of them"),
        _("The money is divided as it was proposed."),
    ),
    "withdraw_end": Button(
        pgettext_lazy("closing", "Take the proposal back"),
        pgettext_lazy("closing", "Take all of them back"),
    ),
    "withdraw_change": Button(
        pgettext_lazy("closing", "Take the change back"),
        pgettext_lazy("closing", "Take all of them back"),
    ),
    "decline_change": Button(
        pgettext_lazy("closing", "Keep the terms as they are"),
        pgettext_lazy("closing", "Keep all terms as they are"),
    ),
    "drop_change": Button(
        pgettext_lazy("closing", "Drop the change"),
        pgettext_lazy("closing", "Drop all of them"),
    ),
    "withdraw_counter": Button(
        pgettext_lazy("closing", "Take the suggestion back"),
        pgettext_lazy("closing", "Take all of them back"),
    ),
    "decline_counter": Button(
        pgettext_lazy("closing", "Decline the suggestion"),
        pgettext_lazy("closing", "Decline all of them"),
    ),
    "close_task": Button(
        pgettext_lazy("closing", "Close the task"),
        pgettext_lazy("closing", "Close all of them"),
        _("What nobody answers goes back to you."),
    ),
    "approve_answers": Button(
        pgettext_lazy("closing", "Approve the answers"),
        pgettext_lazy("closing", "Approve all answers"),
        _("%(yen)s of the money set aside becomes the workers' reward."),
    ),
    "give_place_back": Button(
        pgettext_lazy("closing", "Give the place back"),
        pgettext_lazy("closing", "Give all places back"),
    ),
    "accept_rejection": Button(
        pgettext_lazy("closing", "Leave it at that"),
        pgettext_lazy("closing", "Leave all of them at that"),
        _("You get nothing for this answer."),
    ),
    "stop_timer": Button(pgettext_lazy("closing", "Stop the timer")),
    "report_week": Button(
        pgettext_lazy("closing", "Report the week"),
        pgettext_lazy("closing", "Report all weeks"),
    ),
    "approve_week": Button(
        pgettext_lazy("closing", "Approve the week"),
        pgettext_lazy("closing", "Approve all weeks"),
        _("The reported hours become the worker's reward: %(yen)s at most."),
    ),
    "accept_ruling": Button(
        pgettext_lazy("closing", "Accept the ruling"),
        pgettext_lazy("closing", "Accept all rulings"),
        _("When both sides have accepted, the money is divided as ruled."),
    ),
    "withdraw_case": Button(
        pgettext_lazy("closing", "Take the mediation back"),
        pgettext_lazy("closing", "Take all of them back"),
    ),
    "give_up_payment": Button(
        pgettext_lazy("closing", "Give the payment up"),
        pgettext_lazy("closing", "Give all of them up"),
        _("Your card is not charged."),
    ),
    "payout": Button(
        pgettext_lazy("closing", "Ask for a payout"),
        says=_("%(yen)s is transferred to your bank account with the next run."),
    ),
    "resign_role": Button(pgettext_lazy("closing", "Lay the role down")),
}

WAYS: dict[str, Button] = {
    "answer_offer": Button(pgettext_lazy("closing", "Read and answer it")),
    "inspect": Button(pgettext_lazy("closing", "Inspect it")),
    "look_at_week": Button(pgettext_lazy("closing", "Look at the week")),
    "look_at_answers": Button(pgettext_lazy("closing", "Look at the answers")),
    "deliver": Button(pgettext_lazy("closing", "Deliver")),
    "open_mediation": Button(pgettext_lazy("closing", "Ask for a mediation")),
    "see_case": Button(pgettext_lazy("closing", "See the mediation")),
    "answer_task": Button(pgettext_lazy("closing", "Write the answer")),
    "object": Button(pgettext_lazy("closing", "Object")),
    "answer_week": Button(pgettext_lazy("closing", "Answer the lines")),
    "pay_week": Button(pgettext_lazy("closing", "Pay for the week")),
    "register_account": Button(pgettext_lazy("closing", "Register an account")),
    "name_admin": Button(pgettext_lazy("closing", "Name another administrator")),
}
