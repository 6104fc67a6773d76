"""登録番号: what is taken, what is refused and why, and that the log never holds all of it."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.people.invoicing import normal_form, number_refusal, set_invoice_number
from nakadachi.people.models import Member
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)
CORPORATE = ("4011001098993", "7123456789012", "7010705000725")


def keep(member: Member, number: str, *, registered: bool = True, by: Actor | None = None) -> Member:
    return set_invoice_number(member=member, registered=registered, number=number, by=by or cast.by(member), at=AT)


@pytest.mark.parametrize("digits", CORPORATE)
def test_a_corporate_number_checks_itself(digits):
    assert number_refusal(f"T{digits}", is_corporation=True) is None
    mistyped = str((int(digits[0]) + 1) % 9 + 1)
    assert number_refusal(f"T{mistyped}{digits[1:]}", is_corporation=True).code == "bad_check_digit"
    assert number_refusal(f"T{mistyped}{digits[1:]}", is_corporation=False) is None


@pytest.mark.parametrize(
    "typed", ["Ｔ４０１１００１０９８９９３", "t4011001098993", "4011001098993", " T4011-0010-98993 "]
)
def test_any_width_with_or_without_its_letter(typed):
    assert normal_form(typed) == "T4011001098993"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "invoice_number_missing"),
        ("　", "invoice_number_missing"),
        ("T123", "bad_invoice_number"),
        ("T40110010989931", "bad_invoice_number"),
        ("インボイスなし", "bad_invoice_number"),
    ],
)
def test_what_is_no_number_changes_nothing(typed, code):
    member = keep(cast.hanako(), "T4011001098993")
    with pytest.raises(Refused) as refused:
        keep(member, typed)
    assert refused.value.refusal.code == code
    assert Member.objects.get(pk=member.pk).invoice_number == "T4011001098993"
    assert Event.objects.count() == 1


def test_the_log_shows_the_end_of_it_only_and_nothing_twice():
    member = keep(cast.hanako(), "T4011001098993")
    keep(member, "T4011001098993")
    keep(member, "no matter", registered=False)
    kept, gone = Event.objects.filter(kind="member.invoice_number_changed").order_by("id")
    assert kept.data["changes"] == {"invoice_number": ["", "T*********8993"]}
    assert gone.data["changes"] == {"invoice_number": ["T*********8993", ""]}
    assert Member.objects.get(pk=member.pk).invoice_number == ""


def test_nobody_else_keeps_it():
    with pytest.raises(Refused):
        keep(cast.hanako(), "T4011001098993", by=cast.by(cast.ren()))
    assert cast.hanako().invoice_number == ""
