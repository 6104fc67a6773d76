"""The test cards: a number decides what becomes of a charge, its webhooks, its refunds. Any other number is no card.

The table is the documentation: the funding page of a demo and `docs/test-cards.md` show it.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from nakadachi.kernel.refusal import N_


@dataclass(frozen=True)
class Card:
    """What is played on this card.

    `charge` is the first answer, `then` what a challenge or a delay ends in; `answer` is what the asker hears of it;
    `hooks` how webhooks go out; `refund` what becomes of refunds; `dispute` whether the card's owner complains, and how
    it is decided (`open`: by a button of the operator's, or after some days by the evidence); `days` how long a
    challenge or a delay takes, else seconds.
    """

    name: str
    number: str
    says: str
    charge: Literal["captured", "declined", "requires_action", "awaiting"] = "captured"
    then: Literal["captured", "declined"] = "captured"
    decline_code: str = ""
    answer: Literal["heard", "late", "lost", "none"] = "heard"
    hooks: Literal["once", "twice", "reordered", "forged", "altered", "lost"] = "once"
    refund: Literal["settled", "late", "late_refused", "refused"] = "settled"
    dispute: Literal["", "open", "won", "lost"] = ""
    days: int = 0

    @property
    def spaced(self) -> str:
        """The number in groups of four."""
        return " ".join(self.number[place : place + 4] for place in range(0, 16, 4))


_DELAY = "awaiting"
_DECLINES = "declined"

CARDS: tuple[Card, ...] = (
    Card("success", "4242424242424242", N_("The payment goes through.")),
    Card("declined", "4000000000000002", N_("The card company declines."), _DECLINES, decline_code="declined"),
    Card(
        "insufficient_funds",
        "4000000000009995",
        N_("The limit of the card is used up."),
        _DECLINES,
        decline_code="insufficient_funds",
    ),
    Card("expired", "4000000000000069", N_("The card has expired."), _DECLINES, decline_code="expired_card"),
    Card(
        "challenge",
        "4000002500003155",
        N_("The card company asks the owner to confirm (3-D Secure)."),
        "requires_action",
    ),
    Card(
        "challenge_declined",
        "4000008400001629",
        N_("The owner confirms, then the card company declines."),
        "requires_action",
        then="declined",
        decline_code="declined",
    ),
    Card("delayed", "4000000000010019", N_("The money is promised and arrives 20 seconds later."), _DELAY),
    Card(
        "challenge_days",
        "4000000000010183",
        N_("The card company asks the owner to confirm, and waits three days for it."),
        "requires_action",
        days=3,
    ),
    Card("delayed_days", "4000000000010191", N_("The money is promised and arrives three days later."), _DELAY, days=3),
    Card(
        "delayed_fails",
        "4000000000010027",
        N_("The money is promised, and then it does not come."),
        _DELAY,
        then="declined",
        decline_code="settlement_failed",
    ),
    Card("hooks_twice", "4000000000010035", N_("Every webhook is sent twice."), hooks="twice"),
    Card(
        "hooks_reordered",
        "4000000000010043",
        N_("The older webhook comes after the newer one."),
        _DELAY,
        hooks="reordered",
    ),
    Card(
        "hooks_forged",
        "4000000000010050",
        N_("A forged webhook claims the money before it comes."),
        _DELAY,
        hooks="forged",
    ),
    Card("hooks_altered", "4000000000010068", N_("A webhook comes again with another amount."), hooks="altered"),
    Card(
        "hooks_lost", "4000000000010076", N_("The money comes later, and no webhook tells of it."), _DELAY, hooks="lost"
    ),
    Card(
        "answer_lost",
        "4000000000010084",
        N_("The card is charged, the answer is lost, a webhook tells."),
        answer="lost",
    ),
    Card(
        "all_lost",
        "4000000000010092",
        N_("The card is charged, and neither answer nor webhook tells of it."),
        answer="lost",
        hooks="lost",
    ),
    Card("down", "4000000000010100", N_("The provider is down: nothing is charged."), answer="none"),
    Card("slow", "4000000000010118", N_("The provider answers after three seconds."), answer="late"),
    Card("refund_late", "4000000000010126", N_("Refunds take 20 seconds to arrive."), refund="late"),
    Card("refund_late_refused", "4000000000010134", N_("Refunds are taken on, then refused."), refund="late_refused"),
    Card("refund_refused", "4000000000010142", N_("Refunds are refused at once."), refund="refused"),
    Card(
        "dispute",
        "4000000000010159",
        N_("The owner disputes the charge; the operator's page decides, or after seven days the evidence."),
        dispute="open",
    ),
    Card("dispute_won", "4000000000010167", N_("The owner disputes the charge and is not believed."), dispute="won"),
    Card(
        "dispute_lost", "4000000000010175", N_("The owner disputes the charge and gets the money back."), dispute="lost"
    ),
)

BY_NAME: dict[str, Card] = {card.name: card for card in CARDS}
_BY_NUMBER: dict[str, Card] = {card.number: card for card in CARDS}
NO_CARD = Card("none", "", "", "declined", decline_code="invalid_number")

SUCCESS = BY_NAME["success"].number
DECLINED = BY_NAME["declined"].number
INSUFFICIENT_FUNDS = BY_NAME["insufficient_funds"].number
EXPIRED = BY_NAME["expired"].number


def number(card_token: str) -> str:
    """The digits of what was typed: full-width digits, spaces and hyphens are accepted."""
    plain = unicodedata.normalize("NFKC", card_token)
    return "".join(letter for letter in plain if letter not in " -‐−ー")[:32]


def played_by(card_token: str) -> Card:
    """The card of that number; any other number is declined."""
    return _BY_NUMBER.get(number(card_token), NO_CARD)
