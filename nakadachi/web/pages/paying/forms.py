"""Which card pays."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.money.payments import policy as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.web.ui.fields import RequestKeyField

USUAL_CARDS = ("success", "declined", "insufficient_funds", "challenge")


class CardForm(forms.Form):
    """Which card pays. The built-in provider takes test cards only: no real money moves."""

    request_key = RequestKeyField()
    card_number = forms.ChoiceField(
        label=_("Test card"),
        error_messages={
            "required": _(payments.CARD_MISSING.sentence),
            "invalid_choice": _(payments.CARD_MISSING.sentence),
        },
        widget=forms.RadioSelect,
        initial=cards.SUCCESS,
        help_text=_("This marketplace runs on the built-in test provider: no real card, no real money."),
        choices=[(card.number, f"{card.spaced} {card.says}") for card in cards.CARDS],
    )

    def groups(self) -> list[tuple[bool, list[tuple[forms.boundfield.BoundWidget, cards.Card]]]]:
        """The usual cards, then all others for a fold: (is it open, its buttons with their cards)."""
        buttons = list(zip(self["card_number"].subwidgets, cards.CARDS, strict=True))
        usual = [pair for pair in buttons if pair[1].name in USUAL_CARDS]
        others = [pair for pair in buttons if pair[1].name not in USUAL_CARDS]
        chosen = self["card_number"].value()
        return [(True, usual), (any(card.number == chosen for _button, card in others), others)]
