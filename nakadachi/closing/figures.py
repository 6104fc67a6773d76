"""Why members leave, for the operator: counts and durations over closings, never anything about one of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Q
from django.db.models.functions import Coalesce, TruncMonth

from nakadachi.closing.models import Closing, Holdup
from nakadachi.kernel.calendar import JST

TENURES = ((30, "month"), (180, "half_year"), (365, "year"), (3 * 365, "three_years"))
"""Below so many days since joining; the last band is open."""


@dataclass(frozen=True)
class Bar:
    """One line of a chart: a code, how many, and its share of the longest in percent."""

    code: str
    count: int
    percent: int


@dataclass(frozen=True)
class Held:
    """How long obstacles of one code held closings up, in days."""

    code: str
    count: int
    average_days: float
    longest_days: float
    percent: int


@dataclass(frozen=True)
class Month:
    """What happened in one month."""

    first_on: date
    reserved: int
    closed: int
    undone: int
    percent: int


@dataclass(frozen=True)
class Figures:
    """Everything of the page. `undo_percent` is of all that were reserved."""

    reserved: int
    closed: int
    undone: int
    undo_percent: int
    reasons: list[Bar]
    tenures: list[Bar]
    bands: list[Bar]
    formats: list[Bar]
    held: list[Held]
    months: list[Month]


def figures(at: datetime) -> Figures:
    """Over all closings up to now, in a fixed number of queries."""
    counts = Closing.objects.aggregate(
        reserved=Count("pk"),
        closed=Count("pk", filter=~Q(closed_at=None)),
        undone=Count("pk", filter=~Q(undone_at=None)),
    )
    left = list(Closing.objects.exclude(closed_at=None).values_list("tenure_days", "earned_band", "formats"))
    tenures = Counter(tenure_band(days) for days, _band, _formats in left if days is not None)
    bands = Counter(band for _days, band, _formats in left if band)
    return Figures(
        **counts,
        undo_percent=percent(counts["undone"], counts["reserved"]),
        reasons=_bars(Counter(dict(Closing.objects.values_list("reason").annotate(n=Count("pk"))))),
        tenures=_bars(tenures, [*(name for _days, name in TENURES), "longer"]),
        bands=_bars(bands, [band for band in Closing.Band.values if band]),
        formats=_bars(Counter(name for _days, _band, formats in left for name in formats)),
        held=_held(at),
        months=_months(),
    )


def tenure_band(days: int) -> str:
    """The code of a band of `TENURES`."""
    return next((name for below, name in TENURES if days < below), "longer")


def percent(part: int, whole: int) -> int:
    """Rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _bars(counted: Counter[str], order: Sequence[str] | None = None) -> list[Bar]:
    """In a given order, or the most frequent first."""
    longest = max(counted.values(), default=0)
    codes: Iterable[str] = order or sorted(counted, key=lambda code: (-counted[code], code))
    return [Bar(code, counted[code], percent(counted[code], longest)) for code in codes]


def _held(at: datetime) -> list[Held]:
    lasted = ExpressionWrapper(Coalesce(F("cleared_at"), at) - F("seen_at"), output_field=DurationField())
    rows = Holdup.objects.values("code").annotate(n=Count("pk"), mean=Avg(lasted), top=Max(lasted)).order_by("code")
    days = [
        (row["code"], row["n"], row["mean"].total_seconds() / 86_400, row["top"].total_seconds() / 86_400)
        for row in rows
    ]
    longest = max((mean for _code, _n, mean, _top in days), default=0)
    return [
        Held(code, n, mean, top, percent(round(mean * 100), round(longest * 100)))
        for code, n, mean, top in sorted(days, key=lambda row: -row[2])
    ]


def _months(limit: int = 12) -> list[Month]:
    """The last months in which anything happened."""
    found: dict[date, Counter[str]] = {}
    for name, column in (("reserved", "asked_at"), ("closed", "closed_at"), ("undone", "undone_at")):
        rows = Closing.objects.exclude(**{column: None}).annotate(month=TruncMonth(column, tzinfo=JST))
        for month, n in rows.values_list("month").annotate(n=Count("pk")).order_by("month"):
            found.setdefault(month.date(), Counter())[name] = n
    longest = max((sum(counted.values()) for counted in found.values()), default=0)
    return [
        Month(
            day,
            found[day]["reserved"],
            found[day]["closed"],
            found[day]["undone"],
            percent(sum(found[day].values()), longest),
        )
        for day in sorted(found)[-limit:]
    ]
