"""The test cards: a number decides what becomes of a charge. Any other number is no card."""

import unicodedata

SUCCESS = "4242424242424242"
DECLINED = "4000000000000002"
INSUFFICIENT_FUNDS = "4000000000009995"
EXPIRED = "4000000000000069"

_DECLINES = {
    DECLINED: "declined",
    INSUFFICIENT_FUNDS: "insufficient_funds",
    EXPIRED: "expired_card",
}


def number(card_token: str) -> str:
    """The digits of what was typed: full-width digits, spaces and hyphens are accepted."""
    plain = unicodedata.normalize("NFKC", card_token)
    return "".join(letter for letter in plain if letter not in " -‐−ー")[:32]


def decline_code(card_token: str) -> str:
    """Why this card is refused; empty when it is good."""
    digits = number(card_token)
    return "" if digits == SUCCESS else _DECLINES.get(digits, "invalid_number")
