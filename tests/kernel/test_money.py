"""Amounts as people type them, and rounding by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakadachi.kernel.money import BadYen, Rounding, by_difference, format_yen, parse_yen, portion, tax_inside


@pytest.mark.parametrize(
    ("text", "amount_yen"),
    [
        ("10000", 10_000),
        ("10,000", 10_000),
        ("¥10,000", 10_000),
        ("１０，０００円", 10_000),
        (" 1,000円 ", 1_000),
        ("1", 1),
    ],
)
def test_amounts_people_type(text: str, amount_yen: int) -> None:
    assert parse_yen(text) == amount_yen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("0", "zero"),
        ("-5", "negative"),
        ("−５", "negative"),
        ("1.5", "fraction"),
        ("1e4", "shape"),
        ("0x10", "shape"),
        ("NaN", "shape"),
        ("1,00", "shape"),
        ("千円", "shape"),
        ("１０億", "shape"),
        ("1000000000000", "too_large"),
        ("9" * 400, "too_large"),
        ("1 000", "shape"),
        ("٣", "shape"),
    ],
)
def test_what_is_no_amount(text: str, code: str) -> None:
    with pytest.raises(BadYen) as refused:
        parse_yen(text)
    assert refused.value.code == code


def test_rounding_by_name() -> None:
    assert portion(7_500, 1650, Rounding.HALF_UP) == 1_238
    assert portion(7_500, 1650, Rounding.FLOOR) == 1_237
    assert portion(7_501, 1650, Rounding.CEIL) == 1_238
    assert tax_inside(10_000) == 909


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=12), st.integers(0, 10_000))
def test_parts_by_difference_add_up(parts: list[int], rate_bps: int) -> None:
    def fee(amount_yen: int) -> int:
        return portion(amount_yen, rate_bps, Rounding.HALF_UP)

    done, total = 0, 0
    for part in parts:
        total += by_difference(fee, done, part)
        done += part
    assert total == fee(sum(parts))


@given(st.integers(1, 10**12 - 1))
def test_what_we_print_we_read(amount_yen: int) -> None:
    assert parse_yen(format_yen(amount_yen)) == amount_yen
