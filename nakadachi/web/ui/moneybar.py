"""The one way money is drawn: the parts of an amount as a bar and as the table under it.

Pure: takes anything with the figures of a quote and returns what the template draws. Parts add up to the whole.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import pgettext

from nakadachi.web.ui.figures import percent

Side = Literal["worker", "client"]


@dataclass(frozen=True)
class Segment:
    """One part of the bar: where it begins and how wide it is, in percent of the whole."""

    kind: str
    start: str
    width: str


@dataclass(frozen=True)
class Row:
    """One line of the table. `kind` names its colour in the bar; `total` is the line that counts."""

    label: str
    amount_yen: int
    kind: str = ""
    total: bool = False


@dataclass(frozen=True)
class MoneyBar:
    """What `ui/money.html` draws."""

    segments: list[Segment]
    rows: list[Row]
    spoken: str
    tax_yen: int


def _fee_label(label: str, rate_bps: int | None) -> str:
    return f"{label} {percent(rate_bps)}" if rate_bps else label


def _segments(parts: list[tuple[str, int]]) -> list[Segment]:
    """Each part's place by cumulated amounts, so that rounding never opens a gap."""
    whole = sum(amount for _kind, amount in parts) or 1
    drawn, before = [], 0
    for kind, amount in parts:
        if amount > 0:
            start = before * 100 / whole
            width = (before + amount) * 100 / whole - start
            drawn.append(Segment(kind, f"{start:.2f}%", f"{width:.2f}%"))
        before += max(amount, 0)
    return drawn


def _only_rate(quote: Any, name: str) -> int | None:
    """The rate that stands beside a fee: given, or that of the one tier; several tiers have no one rate."""
    given: int | None = getattr(quote, f"{name}_fee_bps", None)
    tiers = getattr(getattr(quote, "rates", None), f"{name}_tiers", ())
    return tiers[0].rate_bps if given is None and len(tiers) == 1 else given


def of_worker(quote: Any) -> MoneyBar:
    """What becomes of the contract amount until it is in the worker's hands."""
    part = getattr(quote, "whole", quote)
    rows = [
        Row(pgettext("money", "Contract amount (tax included)"), part.amount_yen),
        Row(_fee_label(pgettext("money", "System fee"), _only_rate(quote, "worker")), -part.worker_fee_yen, "fee"),
        Row(pgettext("money", "Withholding tax"), -part.withholding_yen, "withheld"),
        Row(pgettext("money", "You receive"), part.worker_receives_yen, "own", total=True),
    ]
    parts = [("own", part.worker_receives_yen), ("withheld", part.withholding_yen), ("fee", part.worker_fee_yen)]
    return MoneyBar(_segments(parts), rows, pgettext("money", "Parts of the contract amount"), part.worker_fee_tax_yen)


def of_client(quote: Any) -> MoneyBar:
    """What the client pays, and of what it is made. What they withhold themselves, they do not pay to us."""
    part = getattr(quote, "whole", quote)
    rows = [
        Row(pgettext("money", "Contract amount (tax included)"), part.amount_yen, "own"),
        Row(_fee_label(pgettext("money", "Ordering fee"), _only_rate(quote, "client")), part.client_fee_yen, "fee"),
        Row(pgettext("money", "You pay"), part.client_pays_yen, total=True),
    ]
    kept_yen = part.amount_yen + part.client_fee_yen - part.client_pays_yen
    if kept_yen:
        rows.insert(2, Row(pgettext("money", "Withholding tax (you pay it to the tax office)"), -kept_yen))
    parts = [("own", part.client_pays_yen - part.client_fee_yen), ("fee", part.client_fee_yen)]
    return MoneyBar(_segments(parts), rows, pgettext("money", "Parts of what you pay"), part.client_fee_tax_yen)


def of(quote: Any, side: Side) -> MoneyBar:
    """The bar for one side of the contract."""
    return of_client(quote) if side == "client" else of_worker(quote)
