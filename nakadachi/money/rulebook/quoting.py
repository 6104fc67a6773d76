"""The calculation: from an amount and a date to what everybody pays and receives.

One pure function, in whole yen. A `Quote` is frozen with the deal and carries its own inputs; shares of it are always
taken by difference, so that any sequence of parts adds up to the whole.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal, cast

from nakadachi.kernel.money import AMOUNT_YEN_MAX, Bps, Rounding, Yen, tax_inside
from nakadachi.money.rulebook.loading import current, preset
from nakadachi.money.rulebook.model import Base, NoRule, Tier, Tiers, base_of, marginal

WithheldBy = Literal["nobody", "client", "operator"]


@dataclass(frozen=True, slots=True)
class Withholding:
    """Who keeps income tax back from the worker's reward, and of which base."""

    by: WithheldBy = "nobody"
    base: Base = "without_tax"


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of an amount or of a share of it. Fees are tax-included; their tax is the part inside."""

    amount_yen: Yen
    worker_fee_yen: Yen
    client_fee_yen: Yen
    worker_fee_tax_yen: Yen
    client_fee_tax_yen: Yen
    withholding_yen: Yen
    withheld_by: WithheldBy

    @property
    def tax_yen(self) -> Yen:
        """Consumption tax inside both fees."""
        return self.worker_fee_tax_yen + self.client_fee_tax_yen

    @property
    def worker_receives_yen(self) -> Yen:
        """What becomes the worker's."""
        return self.amount_yen - self.worker_fee_yen - self.withholding_yen

    @property
    def client_pays_yen(self) -> Yen:
        """What the client pays us: what comes into the hold, and leaves it again with this share."""
        kept_by_client_yen = self.withholding_yen if self.withheld_by == "client" else 0
        return self.amount_yen + self.client_fee_yen - kept_by_client_yen

    def minus(self, other: "Part") -> "Part":
        """Every figure by difference."""
        return Part(
            amount_yen=self.amount_yen - other.amount_yen,
            worker_fee_yen=self.worker_fee_yen - other.worker_fee_yen,
            client_fee_yen=self.client_fee_yen - other.client_fee_yen,
            worker_fee_tax_yen=self.worker_fee_tax_yen - other.worker_fee_tax_yen,
            client_fee_tax_yen=self.client_fee_tax_yen - other.client_fee_tax_yen,
            withholding_yen=self.withholding_yen - other.withholding_yen,
            withheld_by=self.withheld_by,
        )

    def as_json(self) -> dict[str, Any]:
        """For the `calc` of a journal: the figures, derived ones included."""
        return asdict(self) | {
            "worker_receives_yen": self.worker_receives_yen,
            "client_pays_yen": self.client_pays_yen,
            "tax_yen": self.tax_yen,
        }


@dataclass(frozen=True, slots=True)
class Rates:
    """All that a quote was computed from, besides the amount."""

    fee_base: Base
    fee_rounding: Rounding
    worker_tiers: Tiers
    client_tiers: Tiers
    tax_bps: Bps
    withheld_by: WithheldBy
    withholding_base: Base
    withholding_tiers: Tiers

    def client_fee_yen(self, amount_yen: Yen) -> Yen:
        """The client's fee alone, tax-included: what a batch asks at the boundary of each of its pieces."""
        return marginal(base_of(amount_yen, self.fee_base, self.tax_bps), self.client_tiers, self.fee_rounding)

    def figures(self, amount_yen: Yen) -> Part:
        """The figures of a whole amount from 0 up."""
        fee_base_yen = base_of(amount_yen, self.fee_base, self.tax_bps)
        worker_fee_yen = marginal(fee_base_yen, self.worker_tiers, self.fee_rounding)
        client_fee_yen = self.client_fee_yen(amount_yen)
        withholding_base_yen = base_of(amount_yen, self.withholding_base, self.tax_bps)
        return Part(
            amount_yen=amount_yen,
            worker_fee_yen=worker_fee_yen,
            client_fee_yen=client_fee_yen,
            worker_fee_tax_yen=tax_inside(worker_fee_yen, self.tax_bps),
            client_fee_tax_yen=tax_inside(client_fee_yen, self.tax_bps),
            withholding_yen=marginal(withholding_base_yen, self.withholding_tiers, Rounding.FLOOR),
            withheld_by=self.withheld_by,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """What a deal of `amount_yen` costs both sides, under the rule of one day."""

    service: str
    format: str
    on: date
    rule: str
    source: str
    amount_yen: Yen
    rates: Rates

    @property
    def whole(self) -> Part:
        """All figures of the whole amount."""
        return self.rates.figures(self.amount_yen)

    def part(self, before_yen: Yen, part_yen: Yen) -> Part:
        """The share of the next `part_yen` after `before_yen` of the amount have been settled."""
        assert before_yen >= 0, "nothing before the beginning"
        assert part_yen >= 0, "a part takes nothing back"
        assert before_yen + part_yen <= self.amount_yen, "parts never exceed the whole"
        return self.rates.figures(before_yen + part_yen).minus(self.rates.figures(before_yen))

    def unit_parts(self, before_yen: Yen, unit_yen: Yen, count: int) -> list[Part]:
        """The shares of the next `count` pieces of work at the same price, after `before_yen` have been settled.

        Everybody who did a piece pays the fee on that piece; the client's fee goes by difference over the whole. The
        tax inside each is that of the one journal. Equal parts are one object.
        """
        assert 0 <= before_yen <= self.amount_yen - unit_yen * count, "pieces never exceed the whole"
        piece = self.rates.figures(unit_yen)
        fees = [self.rates.client_fee_yen(before_yen + unit_yen * nth) for nth in range(count + 1)]
        shares = [after - before for before, after in pairwise(fees)]
        known = {
            share: replace(piece, client_fee_yen=share, client_fee_tax_yen=tax_inside(share, self.rates.tax_bps))
            for share in set(shares)
        }
        return [known[share] for share in shares]

    @property
    def client_pays_yen(self) -> Yen:
        """What the client pays us in all."""
        return self.whole.client_pays_yen

    @property
    def client_fee_yen(self) -> Yen:
        """The client's fee, tax-included."""
        return self.whole.client_fee_yen

    @property
    def worker_fee_yen(self) -> Yen:
        """The worker's fee, tax-included."""
        return self.whole.worker_fee_yen

    @property
    def worker_receives_yen(self) -> Yen:
        """What becomes the worker's in all."""
        return self.whole.worker_receives_yen

    @property
    def tax_yen(self) -> Yen:
        """Consumption tax inside both fees."""
        return self.whole.tax_yen

    @property
    def withholding_yen(self) -> Yen:
        """Income tax kept back."""
        return self.whole.withholding_yen

    @property
    def withheld_by(self) -> WithheldBy:
        """Who keeps it back."""
        return self.rates.withheld_by

    def as_json(self) -> dict[str, Any]:
        """Everything, figures included, in plain values; `from_json` gives the same quote again."""
        rates = asdict(self.rates)
        for name in ("worker_tiers", "client_tiers", "withholding_tiers"):
            rates[name] = [[tier.up_to_yen, tier.rate_bps] for tier in getattr(self.rates, name)]
        whole = self.whole.as_json()
        return {
            "service": self.service,
            "format": self.format,
            "on": self.on.isoformat(),
            "rule": self.rule,
            "source": self.source,
            "rates": rates | {"fee_rounding": str(self.rates.fee_rounding)},
            **whole,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Quote":
        """The quote that `as_json` wrote, computed again from its inputs and compared with what was frozen."""
        rates = data["rates"]
        quote = cls(
            service=data["service"],
            format=data["format"],
            on=date.fromisoformat(data["on"]),
            rule=data["rule"],
            source=data["source"],
            amount_yen=data["amount_yen"],
            rates=Rates(
                fee_base=cast(Base, rates["fee_base"]),
                fee_rounding=Rounding(rates["fee_rounding"]),
                worker_tiers=_tiers(rates["worker_tiers"]),
                client_tiers=_tiers(rates["client_tiers"]),
                tax_bps=rates["tax_bps"],
                withheld_by=cast(WithheldBy, rates["withheld_by"]),
                withholding_base=cast(Base, rates["withholding_base"]),
                withholding_tiers=_tiers(rates["withholding_tiers"]),
            ),
        )
        figures = quote.whole.as_json()
        if any(data[name] != figure for name, figure in figures.items()):
            raise ValueError("a frozen quote no longer gives the figures it was frozen with")
        return quote


def _tiers(rows: list[list[int | None]]) -> Tiers:
    return tuple(Tier(up_to_yen, cast(int, rate_bps)) for up_to_yen, rate_bps in rows)


NO_TIERS: Tiers = (Tier(None, 0),)
NOBODY_WITHHOLDS = Withholding()


def quote(
    *,
    format: str,
    amount_yen: Yen,
    on: date,
    service: str | None = None,
    withholding: Withholding = NOBODY_WITHHOLDS,
) -> Quote:
    """Price an amount under the rule of a day. Without `service`, or for its own: the rulebook in force.

    Raises `NoRule` when nothing is recorded for that service, format or day.
    """
    assert 0 < amount_yen < AMOUNT_YEN_MAX, "callers read amounts with kernel.money.parse_yen"
    in_force = current()
    rulebook = in_force if service in (None, in_force.service) else preset(str(service))
    schedule = rulebook.schedule(on)
    fees = schedule.formats.get(format)
    if fees is None:
        raise NoRule(f"{rulebook.service} has no fee for the format {format!r} on {on.isoformat()}")
    withheld = withholding.by != "nobody"
    return Quote(
        service=rulebook.service,
        format=format,
        on=on,
        rule=f"{schedule.id}/{format}",
        source=schedule.source,
        amount_yen=amount_yen,
        rates=Rates(
            fee_base=fees.base,
            fee_rounding=fees.rounding,
            worker_tiers=fees.worker,
            client_tiers=fees.client,
            tax_bps=rulebook.taxes.tax_bps(on),
            withheld_by=withholding.by,
            withholding_base=withholding.base,
            withholding_tiers=rulebook.taxes.withholding_tiers(on) if withheld else NO_TIERS,
        ),
    )


def payout_dates(on: date) -> tuple[date, date]:
    """Closing day and pay day of what is confirmed on that day, by the calendar in force."""
    return current().payout.dates(on)
