"""適格請求書発行事業者の登録番号: T and 13 digits.

A corporation's are its corporate number, whose first digit checks the other twelve (法人番号の指定等に関する省令 2条:
9 − Σ Pn·Qn mod 9). For persons the tax agency publishes no such rule, so only the shape of theirs is checked.
"""

import re
import unicodedata
from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import changed, record
from nakadachi.infra.text import digits
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal, require
from nakadachi.people.models import Member
from nakadachi.people.policy import can_change

SHOWN_DIGITS = 4
_SHAPE = re.compile(r"T[0-9]{13}")
NUMBER_MISSING = Refusal(
    "invoice_number_missing", N_("Please enter the number, or choose that you are not registered."), 422, field="number"
)
BAD_SHAPE = Refusal(
    "bad_invoice_number",
    N_("The number is T and 13 digits, as on the notice from the tax office. Please check it."),
    422,
    field="number",
)
BAD_CHECK_DIGIT = Refusal(
    "bad_check_digit",
    N_("This is not the number of a corporation: one of its digits is mistyped. Please check it against the notice."),
    422,
    field="number",
)


@transaction.atomic
def set_invoice_number(*, member: Member, registered: bool, number: str, by: Actor, at: datetime) -> Member:
    """Keep the number, or that there is none. Refused when it cannot be one."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(can_change(by, member))
    wanted = normal_form(number) if registered else ""
    if registered:
        require(number_refusal(wanted, is_corporation=member.legal_form == Member.LegalForm.CORPORATION))
    if member.invoice_number != wanted:
        changes = changed({"invoice_number": masked(member.invoice_number)}, {"invoice_number": masked(wanted)})
        member.invoice_number = wanted
        member.save(update_fields=["invoice_number"])
        record("member.invoice_number_changed", member, by=by, at=at, changes=changes)
    return member


def normal_form(typed: str) -> str:
    """`ｔ 1234-…` in any width becomes `T1234…`; a number typed without its T gets one."""
    plain = digits(unicodedata.normalize("NFKC", typed)).upper()
    return plain if plain.startswith("T") or not plain else f"T{plain}"


def number_refusal(number: str, *, is_corporation: bool) -> Refusal | None:
    """What is wrong with a number in its normal form."""
    if not number:
        return NUMBER_MISSING
    if not _SHAPE.fullmatch(number):
        return BAD_SHAPE
    return BAD_CHECK_DIGIT if is_corporation and int(number[1]) != check_digit(number[2:]) else None


def check_digit(twelve: str) -> int:
    """Of a corporate number; the weights 1 and 2 alternate from the right."""
    return 9 - sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(twelve))) % 9


def masked(number: str) -> str:
    """All but the last digits hidden; empty stays empty."""
    return f"T{'*' * (13 - SHOWN_DIGITS)}{number[-SHOWN_DIGITS:]}" if number else ""
