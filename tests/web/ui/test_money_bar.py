"""The bar of parts adds up to the whole, whatever the figures."""

from hypothesis import given
from hypothesis import strategies as st

from nakadachi.web.ui import moneybar
from nakadachi.web.ui.gallery.samples import PLAIN_QUOTE, SampleQuote


def drawn(bar: moneybar.MoneyBar) -> list[tuple[str, float, float]]:
    return [(part.kind, float(part.start.rstrip("%")), float(part.width.rstrip("%"))) for part in bar.segments]


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))
def test_segments_touch_and_fill_the_bar(receives: int, withheld: int, fee: int) -> None:
    whole = receives + withheld + fee
    quote = SampleQuote(whole, 0, whole, fee, receives, 0, withheld)
    end = 0.0
    for _kind, start, width in drawn(moneybar.of(quote, "worker")):
        assert abs(start - end) <= 0.02
        end = start + width
    assert abs(end - 100) <= 0.02 or whole == 0


def test_worker_reads_down_to_what_is_received() -> None:
    rows = moneybar.of(PLAIN_QUOTE, "worker").rows
    assert [row.amount_yen for row in rows] == [30_000, -4_950, 0, 25_050]
    assert sum(row.amount_yen for row in rows[:-1]) == rows[-1].amount_yen
    assert rows[-1].total


def test_client_reads_down_to_what_is_paid() -> None:
    rows = moneybar.of(PLAIN_QUOTE, "client").rows
    assert [row.amount_yen for row in rows] == [30_000, 1_650, 31_650]


def test_rates_stand_beside_the_fee_only_when_known() -> None:
    assert moneybar.of(PLAIN_QUOTE, "worker").rows[1].label.endswith("16.5%")
    unknown = SampleQuote(1_000, 55, 1_055, 165, 835, worker_fee_bps=0)
    assert "%" not in moneybar.of(unknown, "worker").rows[1].label
