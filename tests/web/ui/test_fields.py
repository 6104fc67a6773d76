"""What people type into our fields, and what comes of it."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from nakadachi.web.ui.fields import CountField, DayField, LineField, RateField, RequestKeyField, TextField, YenField


@pytest.mark.parametrize(
    "typed", ["1000", "1,000", "1,000円", "１０００", "１，０００円", "¥1,000", "￥１０００", " 1000 "]
)
def test_amounts_in_any_width(typed):
    assert YenField().clean(typed) == 1_000


@pytest.mark.parametrize(
    "typed",
    ["", " ", "0", "-1", "−１", "1.5", "１．５", "10^12", "1000000000000", "1e3", "0x10", "千円", "1,00", "9" * 400],
)
def test_what_is_no_amount_gets_a_sentence(typed):
    with pytest.raises(ValidationError) as caught:
        YenField().clean(typed)
    assert caught.value.messages[0].endswith(("。", "."))


def test_an_amount_from_the_program_has_commas_and_a_typed_one_stays():
    assert YenField().prepare_value(10_000) == "10,000"
    assert YenField().prepare_value("１万") == "１万"


@pytest.mark.parametrize(("typed", "sen"), [("1", 100), ("1.5", 150), ("０．８５円", 85), ("", None), ("12.30", 1230)])
def test_rates(typed, sen):
    assert RateField(required=False).clean(typed) == sen


@pytest.mark.parametrize("typed", ["0", "0.00", "1.555", "-1", "1,5", "約1円", "９" * 9])
def test_no_rates(typed):
    with pytest.raises(ValidationError):
        RateField(required=False).clean(typed)


def test_rates_are_shown_short():
    assert [RateField().prepare_value(sen) for sen in (150, 100, 85, "x")] == ["1.5", "1", "0.85", "x"]


@pytest.mark.parametrize("typed", ["2026-12-01", "2026/12/1", "2026年12月1日", "２０２６年１２月１日", "2026.12.01"])
def test_days(typed):
    assert DayField().clean(typed) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "typed", ["", "明日", "2026-02-30", "12-01", "0000-01-01", "2026-13-01", "20261201", "x" * 10_000]
)
def test_no_days(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_counts():
    assert CountField().clean("３") == 3
    for typed in ("", "-1", "1.5", "三", "1000000", "²"):
        with pytest.raises(ValidationError):
            CountField().clean(typed) if typed != "²" else CountField().clean("a²")


def test_texts_lose_what_nobody_sees():
    assert LineField().clean(" a\x00\u202eb \n c ") == "ab c"
    assert TextField().clean("a\r\nb\x07 ") == "a\nb"
    with pytest.raises(ValidationError):
        TextField().clean("\x00\u200b")


def test_a_lost_or_spoilt_key_is_replaced():
    key = UUID(int=7)
    assert RequestKeyField().clean(str(key)) == key
    assert RequestKeyField().clean("") != RequestKeyField().clean("no key")


@pytest.mark.parametrize(("zero_ok", "least"), [(False, "¥1"), (True, "¥0")])
def test_a_negative_amount_is_told_the_least_that_may_be_entered(zero_ok: bool, least: str) -> None:
    with pytest.raises(ValidationError, match=f"{least}以上"):
        YenField(zero_ok=zero_ok).clean("-5")
