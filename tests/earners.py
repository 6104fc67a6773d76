"""Members with a bank account and confirmed reward, for tests of payouts and their pages."""

from datetime import UTC, date, datetime
from itertools import count

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.ids import key_for
from nakadachi.money.ledger import book
from nakadachi.people import actions as people
from nakadachi.people.models import BankAccount, Member
from tests import logins

JOINED = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
STAFF = Actor.staff(1)

_numbers = count(1)


def jst(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JST)


def member(name: str = "はなこ", **fields) -> Member:
    """A new member; operators by `is_operator=True`."""
    number = next(_numbers)
    made = Member(email=f"m{number}-{name.encode().hex()}@example.jp", display_name=name, joined_at=JOINED, **fields)
    made.set_password("correct horse battery")
    made.save()
    if made.is_operator:
        logins.protect(made)
    return made


def with_account(person: Member, *, at: datetime = JOINED, **changes) -> BankAccount:
    """A current bank account, registered through the action."""
    details = {
        "bank_code": "0036",
        "branch_code": "201",
        "kind": "ordinary",
        "number": "12345",
        "holder": "やまだ はなこ",
        **changes,
    }
    return people.register_bank_account(member=person, **details, by=Actor.member(person.pk), at=at)


def earn(person: Member, amount_yen: int, on: date) -> None:
    """Confirmed reward of exactly this sum: a funded hold, released without fees."""
    hold_id = 1_000_000 + next(_numbers)
    hold = book.open_account("hold", "hold", hold_id)
    account = book.open_account("member", "member", person.pk)
    clearing = book.SYSTEM["psp_clearing"]
    fund = [book.Line(clearing, -amount_yen), book.Line(hold, amount_yen)]
    release = [book.Line(hold, -amount_yen), book.Line(account, amount_yen)]
    for kind, lines in (("hold.fund", fund), ("hold.release", release)):
        draft = book.Draft(kind=kind, lines=lines, effective_at=on, ref_type="hold", ref_id=hold_id)
        book.post(draft, key=key_for(f"test.{kind}", hold_id))


def hanako(amount_yen: int = 8_350, *, on: date = date(2026, 11, 10), **fields) -> Member:
    """A member with a bank account and reward."""
    person = member("はなこ", **fields)
    with_account(person)
    if amount_yen:
        earn(person, amount_yen, on)
    return person
