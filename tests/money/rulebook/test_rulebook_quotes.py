"""Every figure of a quote: the known prices of both periods, the boundaries, and the identities for any amount."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakadachi.kernel.money import tax_inside
from nakadachi.money.rulebook import NoRule, Quote, Withholding, quote

OLD_LAST_DAY = date(2022, 9, 30)
NEW_FIRST_DAY = date(2022, 10, 1)
FORMATS = ["project", "task", "hourly", "monthly"]

N = Withholding()
W1 = Withholding("client", "without_tax")
W2 = Withholding("client", "with_tax")
B = Withholding("operator", "without_tax")
CASES = [N, W1, W2, B]

amounts = st.one_of(st.integers(1, 10**8), st.integers(1, 2_000), st.integers(1_099_000, 1_102_000))


def lancers(amount_yen: int, on: date = NEW_FIRST_DAY, withholding: Withholding = N, format: str = "project") -> Quote:
    return quote(service="lancers", format=format, amount_yen=amount_yen, on=on, withholding=withholding)


@pytest.mark.parametrize(
    ("amount_yen", "old_receives", "new_receives", "new_client_fee"),
    [
        (1_000, 800, 835, 55),
        (10_000, 8_000, 8_350, 550),
        (50_000, 40_000, 41_750, 2_750),
        (150_000, 125_000, 125_250, 8_250),
        (300_000, 265_000, 250_500, 16_500),
    ],
)
def test_known_prices(amount_yen: int, old_receives: int, new_receives: int, new_client_fee: int) -> None:
    old, new = lancers(amount_yen, OLD_LAST_DAY), lancers(amount_yen)
    assert (old.worker_receives_yen, old.client_fee_yen) == (old_receives, 0)
    assert (new.worker_receives_yen, new.client_fee_yen) == (new_receives, new_client_fee)
    assert new.client_pays_yen == amount_yen + new_client_fee


@pytest.mark.parametrize("format", FORMATS)
def test_all_formats_have_the_same_fees_since_october_2022(format: str) -> None:
    priced = lancers(10_000, date(2026, 11, 22), format=format)
    assert (priced.worker_receives_yen, priced.client_pays_yen, priced.tax_yen) == (8_350, 10_550, 200)
    assert priced.rule == f"lancers-2022-10/{format}"


def test_before_october_2022_only_hourly_had_a_client_fee() -> None:
    assert lancers(10_000, OLD_LAST_DAY, format="hourly").client_fee_yen == 300
    assert [lancers(10_000, OLD_LAST_DAY, format=other).client_fee_yen for other in ("project", "task", "monthly")] == [
        0
    ] * 3


@pytest.mark.parametrize(
    ("amount_yen", "fee"),
    [
        (100_000, 20_000),
        (100_001, 20_000),
        (100_004, 20_000),
        (100_005, 20_001),
        (200_000, 30_000),
        (200_001, 30_000),
        (200_009, 30_000),
        (200_010, 30_001),
        (250_000, 32_500),
    ],
)
def test_tiers_are_marginal_and_rounded_once(amount_yen: int, fee: int) -> None:
    assert lancers(amount_yen, OLD_LAST_DAY).worker_fee_yen == fee


@pytest.mark.parametrize(("amount_yen", "worker_fee", "client_fee"), [(1, 0, 0), (9, 1, 0), (10, 2, 1), (100, 17, 6)])
def test_half_a_yen_is_rounded_up(amount_yen: int, worker_fee: int, client_fee: int) -> None:
    priced = lancers(amount_yen)
    assert (priced.worker_fee_yen, priced.client_fee_yen) == (worker_fee, client_fee)


@pytest.mark.parametrize(
    ("case", "client_pays", "withholding", "receives"),
    [(N, 10_550, 0, 8_350), (W1, 9_622, 928, 7_422), (W2, 9_529, 1_021, 7_329), (B, 10_550, 928, 7_422)],
    ids=["N", "W1", "W2", "B"],
)
def test_the_four_withholding_cases(case: Withholding, client_pays: int, withholding: int, receives: int) -> None:
    priced = lancers(10_000, withholding=case)
    assert (priced.client_pays_yen, priced.withholding_yen, priced.worker_receives_yen) == (
        client_pays,
        withholding,
        receives,
    )
    assert priced.worker_fee_yen + priced.client_fee_yen == 2_200
    assert priced.tax_yen == 200


@pytest.mark.parametrize(
    ("amount_yen", "withheld"),
    [(50_000, 5_105), (1_000_000, 102_100), (1_000_001, 102_100), (1_000_005, 102_101), (2_000_000, 306_300)],
)
def test_withholding_doubles_above_a_million_and_drops_fractions(amount_yen: int, withheld: int) -> None:
    assert lancers(amount_yen, withholding=W2).withholding_yen == withheld


def test_the_tax_inside_follows_the_rate_of_the_day() -> None:
    assert lancers(13_500, date(2014, 6, 1)).worker_fee_yen == 2_700
    assert lancers(13_500, date(2014, 6, 1)).tax_yen == 200
    assert lancers(13_500, date(2019, 10, 1)).tax_yen == 245


@pytest.mark.parametrize(
    "asked",
    [
        {"service": "nobody", "format": "project", "on": NEW_FIRST_DAY},
        {"service": "lancers", "format": "contest", "on": NEW_FIRST_DAY},
        {"service": "lancers", "format": "project", "on": date(1980, 1, 1)},
    ],
)
def test_what_is_not_recorded_has_no_price(asked: dict[str, object]) -> None:
    with pytest.raises(NoRule):
        quote(amount_yen=10_000, **asked)  # type: ignore[arg-type]


@settings(max_examples=1_000, deadline=None)
@given(amount_yen=amounts, case=st.sampled_from(CASES), on=st.sampled_from([OLD_LAST_DAY, NEW_FIRST_DAY]))
def test_identities_hold_for_every_amount(amount_yen: int, case: Withholding, on: date) -> None:
    whole = lancers(amount_yen, on, case)
    kept_by_client = whole.withholding_yen if case.by == "client" else 0
    kept_by_us = whole.withholding_yen if case.by == "operator" else 0
    fees = whole.worker_fee_yen + whole.client_fee_yen
    assert whole.worker_receives_yen == amount_yen - whole.worker_fee_yen - whole.withholding_yen
    assert whole.client_pays_yen == amount_yen + whole.client_fee_yen - kept_by_client
    assert whole.client_pays_yen == whole.worker_receives_yen + fees + kept_by_us
    assert whole.tax_yen == tax_inside(whole.worker_fee_yen) + tax_inside(whole.client_fee_yen)
    assert 0 <= whole.tax_yen <= fees
    assert min(whole.worker_receives_yen, whole.withholding_yen, whole.client_fee_yen) >= 0


@given(
    cuts=st.lists(st.integers(1, 400_000), min_size=1, max_size=8),
    case=st.sampled_from(CASES),
    on=st.sampled_from([OLD_LAST_DAY, NEW_FIRST_DAY]),
)
def test_parts_always_add_up_to_the_whole(cuts: list[int], case: Withholding, on: date) -> None:
    whole = lancers(sum(cuts), on, case)
    parts, before_yen = [], 0
    for cut in cuts:
        parts.append(whole.part(before_yen, cut))
        before_yen += cut
    for figure in whole.whole.as_json():
        if figure != "withheld_by":
            assert sum(part.as_json()[figure] for part in parts) == whole.whole.as_json()[figure], figure


def test_three_thirds_by_difference() -> None:
    whole = lancers(10_000)
    parts = [whole.part(0, 3_333), whole.part(3_333, 3_333), whole.part(6_666, 3_334)]
    assert [part.client_fee_yen for part in parts] == [183, 184, 183]
    assert [part.worker_fee_yen for part in parts] == [550, 550, 550]
    assert [part.worker_receives_yen for part in parts] == [2_783, 2_783, 2_784]
    assert [part.client_pays_yen for part in parts] == [3_516, 3_517, 3_517]


@pytest.mark.parametrize(("case", "receives", "out"), [(N, 3_340, 4_220), (W1, 2_969, 3_849)], ids=["N", "W1"])
def test_forty_percent(case: Withholding, receives: int, out: int) -> None:
    whole = lancers(10_000, withholding=case)
    part = whole.part(0, 4_000)
    assert (part.worker_receives_yen, part.client_pays_yen, part.tax_yen) == (receives, out, 80)
    assert whole.client_pays_yen - part.client_pays_yen == {"nobody": 6_330, "client": 5_773}[case.by]


@given(amount_yen=amounts, case=st.sampled_from(CASES), on=st.sampled_from([OLD_LAST_DAY, NEW_FIRST_DAY]))
def test_a_frozen_quote_comes_back_the_same(amount_yen: int, case: Withholding, on: date) -> None:
    frozen = lancers(amount_yen, on, case)
    assert Quote.from_json(frozen.as_json()) == frozen


def test_a_frozen_quote_whose_figures_were_changed_is_refused() -> None:
    frozen = lancers(10_000).as_json() | {"worker_fee_yen": 1}
    with pytest.raises(ValueError, match="frozen"):
        Quote.from_json(frozen)
