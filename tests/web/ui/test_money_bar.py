"""The bar of parts adds up to the whole, whatever the figures."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nakadachi.money import rulebook
from nakadachi.web.ui import moneybar
from nakadachi.web.ui.gallery.samples import PLAIN_QUOTE, SampleQuote


def drawn(bar: moneybar.MoneyBar) -> list[tuple[str, float, float]]:
    return [(part.kind, float(part.start.rstrip("%")), float(part.width.rstrip("%"))) for part in bar.segments]


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))
def test_segments_touch_and_fill_the_bar(receives: int, withheld: int, fee: int) -> None:
    whole = receives + withheld + fee
    quote = SampleQuote(whole, 0, whole, fee, receives, withholding_yen=withheld)
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


def test_a_real_quote_is_drawn_with_its_rate_and_its_own_tax() -> None:
    quote = rulebook.quote(service="lancers", format="project", amount_yen=10_000, on=date(2026, 11, 22))
    worker, client = moneybar.of(quote, "worker"), moneybar.of(quote, "client")
    assert [row.amount_yen for row in worker.rows] == [10_000, -1_650, 0, 8_350]
    assert [row.amount_yen for row in client.rows] == [10_000, 550, 10_550]
    assert worker.rows[1].label.endswith("16.5%")
    assert client.rows[1].label.endswith("5.5%")
    assert (worker.tax_yen, client.tax_yen) == (150, 50)


def test_what_the_client_withholds_is_not_paid_to_us() -> None:
    kept = rulebook.Withholding(by="client", base="without_tax")
    quote = rulebook.quote(
        service="lancers", format="project", amount_yen=10_000, on=date(2026, 11, 22), withholding=kept
    )
    rows = moneybar.of(quote, "client").rows
    assert sum(row.amount_yen for row in rows[:-1]) == rows[-1].amount_yen == quote.client_pays_yen
