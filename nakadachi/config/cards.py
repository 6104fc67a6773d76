"""`docs/test-cards.md`: what each test card of the sandbox plays, from the table the sandbox runs on."""

from nakadachi.money.payments.gateways.sandbox.cards import CARDS, Card

_HEAD = """# Test cards

<!-- Made by `bin/nakadachi docs`. Change the cards.py of the sandbox, not this page. -->

Without a provider of its own an installation takes these cards and no others; the funding page of a demo shows the same
table. Spaces, hyphens and full-width digits are accepted; any other number is declined as no card. No expiry date and
no code is asked for.

| number | name | what happens | charge | asker hears | webhooks | refunds | dispute |
|---|---|---|---|---|---|---|---|
"""
_TAIL = """
**Charge**: the first answer, and what it becomes once it is confirmed or the money has arrived. **Asker hears**: what
reaches the market of that answer. **Webhooks**: how the news goes out. **Refunds**: what becomes of money on its way
back. **Dispute**: whether the owner of the card objects, and how it is decided; `open` waits for the button on the
operator's page. A dash stands for the ordinary: heard at once, one webhook, refunded, no objection.
"""
_ORDINARY = {"heard", "once", "settled", ""}


def render() -> str:
    """The whole page."""
    return _HEAD + "\n".join(_row(card) for card in CARDS) + "\n" + _TAIL


def _row(card: Card) -> str:
    cells = [f"`{card.spaced}`", f"`{card.name}`", card.says, _charge(card)]
    cells += ["–" if word in _ORDINARY else word for word in (card.answer, card.hooks, card.refund, card.dispute)]
    return f"| {' | '.join(cells)} |"


def _charge(card: Card) -> str:
    if card.answer == "none":
        return "never made"
    first = card.charge if card.charge in {"captured", "declined"} else f"{card.charge} → {card.then}"
    return f"{first} (`{card.decline_code}`)" if card.decline_code else first
