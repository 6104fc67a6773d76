"""Whole yen and rates in basis points, with every rounding named.

Nothing here knows a fee schedule; `money.rulebook` does. Amounts are `int` yen; there is no fraction of a yen.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

Yen = int
Bps = int

BPS_WHOLE = 10_000
AMOUNT_YEN_MAX = 1_000_000_000_000
"""No single amount reaches this (10^12): far above any contract, far below what a bigint holds."""

CONSUMPTION_TAX_BPS = 1_000
"""10 %, standard rate since 2019-10-01 (Consumption Tax Act)."""


class Rounding(StrEnum):
    """How a fraction of a yen is decided."""

    FLOOR = "floor"
    HALF_UP = "half_up"
    CEIL = "ceil"


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Divide two non-negative integers; `denominator` > 0."""
    assert numerator >= 0
    assert denominator > 0
    quotient, rest = divmod(numerator, denominator)
    if rounding is Rounding.CEIL:
        return quotient + (rest > 0)
    if rounding is Rounding.HALF_UP:
        return quotient + (2 * rest >= denominator)
    return quotient


def portion(amount_yen: Yen, rate_bps: Bps, rounding: Rounding) -> Yen:
    """`amount_yen` × `rate_bps` / 10,000, rounded as named."""
    return divide(amount_yen * rate_bps, BPS_WHOLE, rounding)


def tax_inside(amount_yen: Yen, tax_bps: Bps = CONSUMPTION_TAX_BPS) -> Yen:
    """The consumption tax contained in a tax-included amount, rounded down (10 % → amount × 10/110)."""
    return divide(amount_yen * tax_bps, BPS_WHOLE + tax_bps, Rounding.FLOOR)


def by_difference(figure: Callable[[Yen], Yen], before_yen: Yen, part_yen: Yen) -> Yen:
    """The share of `figure` that belongs to one part, such that the shares of all parts add up to the whole."""
    return figure(before_yen + part_yen) - figure(before_yen)


class BadYen(ValueError):
    """A text is not an amount. `code` says why: empty, shape, fraction, negative, zero, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
_FRACTION = re.compile(r"[0-9,]+\.[0-9]+")


def parse_yen(text: str, *, zero_ok: bool = False) -> Yen:
    """Read what a person types for an amount: `10000`, `10,000`, `¥10,000`, `１０，０００円`.

    Raises `BadYen`. Anything that could be meant in two ways (fractions, `1,00`, exponents, hex) is refused.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("円").strip()
    plain = plain.replace("、", ",")
    if not plain:
        raise BadYen("empty")
    if plain[0] in "-−‐–ー":
        raise BadYen("negative")
    if _FRACTION.fullmatch(plain):
        raise BadYen("fraction")
    if not _GROUPED.fullmatch(plain) or not plain.isascii():
        raise BadYen("shape")
    if len(plain) > 20:
        raise BadYen("too_large")
    amount_yen = int(plain.replace(",", ""))
    if amount_yen == 0 and not zero_ok:
        raise BadYen("zero")
    if amount_yen >= AMOUNT_YEN_MAX:
        raise BadYen("too_large")
    return amount_yen


def format_yen(amount_yen: Yen) -> str:
    """`¥1,234` and `−¥1,234` (a real minus sign)."""
    return f"¥{amount_yen:,}" if amount_yen >= 0 else f"−¥{-amount_yen:,}"
