"""Two members, the sandbox, and short ways to look at the ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid4

import pytest

from nakadachi.kernel.actor import Actor
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from nakadachi.money.rulebook import Quote, Withholding, quote
from nakadachi.people.models import Member

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
_numbers = count(1)


def member(name: str) -> Member:
    return Member.objects.create(
        email=f"{name}{next(_numbers)}-{uuid4().hex[:6]}@example.jp", display_name=name, joined_at=AT
    )


@dataclass
class Deal:
    """One client, one worker, one hold; what is done with it, in the words of the tests."""

    client: Member
    worker: Member
    hold: Hold

    @property
    def by_client(self) -> Actor:
        return Actor.member(self.client.pk)

    @property
    def by_worker(self) -> Actor:
        return Actor.member(self.worker.pk)

    def start(self, request_key: UUID | None = None) -> Payment:
        return payments.start(
            purpose=escrow.PURPOSE,
            purpose_id=self.hold.pk,
            payer=self.client,
            amount_yen=self.hold.client_pays_yen,
            request_key=request_key or uuid4(),
            by=self.by_client,
            at=AT,
        )

    def pay(self, card: str = SUCCESS) -> Payment:
        payment = payments.charge(payment_id=self.start().pk, card_token=card, by=self.by_client, at=AT)
        self.hold.refresh_from_db()
        return payment

    def balances(self) -> dict[str, int]:
        """Every account with money on it; this deal's own by kind."""
        own = {f"hold:{self.hold.pk}": "hold", f"member:{self.worker.pk}": "member"}
        return {
            own.get(row.account, row.account): row.balance_yen for row in queries.trial_balance() if row.balance_yen
        }


def price(amount_yen: int = 10_000, withholding: Withholding = Withholding(), on: date = ON) -> Quote:  # noqa: B008
    return quote(service="lancers", format="project", amount_yen=amount_yen, on=on, withholding=withholding)


def new_deal(amount_yen: int = 10_000, withholding: Withholding = Withholding()) -> Deal:  # noqa: B008
    client, worker = member("client"), member("worker")
    hold = escrow.open_hold(
        purpose="test",
        purpose_id=next(_numbers),
        payer=client,
        payee=worker,
        quote=price(amount_yen, withholding),
        by=Actor.member(client.pk),
        at=AT,
    )
    return Deal(client, worker, hold)


def lines(draft: book.Draft, **names: int) -> dict[str, int]:
    """A draft's lines by account name; `names` gives the numbers used for accounts with an owner."""
    known = {number: name for name, number in {**book.SYSTEM, **names}.items()}
    assert sum(line.amount_yen for line in draft.lines) == 0
    return {known[line.account_id]: line.amount_yen for line in draft.lines}


def assert_clean() -> None:
    """The whole audit, the checks of holds and payments included."""
    assert [str(offender) for offender in checks.run()] == []


@pytest.fixture
def deal(db: None) -> Deal:
    return new_deal()


@pytest.fixture
def make_deal(db: None) -> Callable[..., Deal]:
    return new_deal
