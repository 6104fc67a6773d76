"""From a TOML file to a checked `Rulebook`.

The rulebook in force is the operator's own file (path in `NAKADACHI_RULEBOOK`), else the preset that
`NAKADACHI_SERVICE` names.
"""

import os
import tomllib
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import cast

from nakadachi.kernel.money import AMOUNT_YEN_MAX, Rounding
from nakadachi.money.rulebook import hourly, monthly, tasks
from nakadachi.money.rulebook.calendar import Bearer, HolidayShift, PayoutCalendar, Run, TransferFee
from nakadachi.money.rulebook.model import (
    BadRulebook,
    Base,
    DatedRate,
    Deal,
    FeeSchedule,
    FormatFees,
    Leaving,
    Mediation,
    NoRule,
    Period,
    Reminders,
    Rulebook,
    Silence,
    Talk,
    TaxTables,
    Tier,
    Tiers,
    Timers,
)
from nakadachi.money.rulebook.reading import Table

_PRESETS = Path(__file__).parent / "presets"
_TAX_FILE = "japan"
REVISIONS_LIMIT = 20
"""The most rounds of revision a milestone can have: endless work for one price is never agreed."""
_RATE_BPS_MAX = 5_000
"""A fee or a tax above half of the amount is a typing error."""


@lru_cache(maxsize=1)
def services() -> tuple[str, ...]:
    """The services that have a preset."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.toml") if path.stem != _TAX_FILE))


def current() -> Rulebook:
    """The rulebook in force."""
    own_file = os.environ.get("NAKADACHI_RULEBOOK")
    return load(Path(own_file)) if own_file else preset(os.environ.get("NAKADACHI_SERVICE") or "lancers")


def preset(service: str) -> Rulebook:
    """The preset of a service; `NoRule` when there is none."""
    if service not in services():
        raise NoRule(f"no preset for the service {service!r}: there are {', '.join(services())}")
    return load(_PRESETS / f"{service}.toml")


@lru_cache(maxsize=8)
def load(path: Path) -> Rulebook:
    """Read and check one file; `BadRulebook` names the first thing that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise BadRulebook(f"{path}: cannot be read ({problem.strerror})") from problem
    return parse(text, path.name)


def parse(text: str, place: str) -> Rulebook:
    """The same for a text; `place` stands in front of error messages."""
    table = _toml(text, place)
    rulebook = Rulebook(
        service=table.text("service"),
        name=table.text("name"),
        amount_minimum_yen=table.number("amount_minimum_yen", 1, 1_000_000),
        revisions_max=table.number("revisions_max", 0, REVISIONS_LIMIT),
        timers=_timers(table.table("timers")),
        tasks=tasks.read(table.table("tasks")),
        hourly=hourly.read(table.table("hourly")),
        monthly=monthly.read(table.table("monthly")),
        reminders=_reminders(table.table("reminders")),
        talk=_talk(table.table("talk")),
        silence=_silence(table.table("silence")),
        deal=_deal(table.table("deal")),
        mediation=_mediation(table.table("mediation")),
        leaving=_leaving(table.table("leaving")),
        payout=_payout(table.table("payout")),
        fees=table.tables("fees", _schedule),
        taxes=_taxes(),
    )
    table.finish()
    _no_overlap(f"{place}.fees", [(schedule.id, schedule.period) for schedule in rulebook.fees])
    if len({schedule.id for schedule in rulebook.fees}) < len(rulebook.fees):
        raise BadRulebook(f"{place}.fees: every schedule needs an id of its own")
    _within_60_days(rulebook, place)
    return rulebook


def _toml(text: str, place: str) -> Table:
    try:
        return Table(tomllib.loads(text), place)
    except tomllib.TOMLDecodeError as problem:
        raise BadRulebook(f"{place}: not valid TOML ({problem})") from problem


def _timers(table: Table) -> Timers:
    timers = Timers(
        auto_accept_days=table.number("auto_accept_days", 1, 365),
        offer_answer_days=table.number("offer_answer_days", 1, 60),
        change_answer_days=table.number("change_answer_days", 1, 60),
        end_answer_days=table.number("end_answer_days", 1, 60),
        proposal_answer_days=table.number("proposal_answer_days", 1, 365),
    )
    table.finish()
    return timers


def _mediation(table: Table) -> Mediation:
    mediation = Mediation(
        talk_days=table.number("talk_days", 1, 30),
        ruling_days=table.number("ruling_days", 1, 30),
        appeal_days=table.number("appeal_days", 1, 30),
        second_ruling_days=table.number("second_ruling_days", 1, 30),
        offers_max=table.number("offers_max", 1, 10),
    )
    table.finish()
    return mediation


def _leaving(table: Table) -> Leaving:
    leaving = Leaving(undo_days=table.number("undo_days", 0, 60))
    table.finish()
    return leaving


def _reminders(table: Table) -> Reminders:
    reminders = Reminders(
        inspection_days=table.number("inspection_days", 1, 30),
        offer_days=table.number("offer_days", 1, 30),
        funding_days=table.number("funding_days", 1, 30),
        month_days=table.number("month_days", 1, 20),
    )
    table.finish()
    return reminders


def _silence(table: Table) -> Silence:
    silence = Silence(
        nudge_after_days=table.number("nudge_after_days", 1, 90),
        nudge_hours=table.number("nudge_hours", 24, 1440),
        prompt_after_days=table.number("prompt_after_days", 1, 30),
        prompt_again_days=table.number("prompt_again_days", 1, 30),
    )
    table.finish()
    return silence


def _deal(table: Table) -> Deal:
    deal = Deal(
        years=table.number("years", 1, 5),
        event_months=table.number("event_months", 1, 12),
        notice_months=table.number("notice_months", 1, 11),
    )
    if deal.notice_months >= deal.event_months:
        raise table.bad("notice_months", "the notice must come after the last step, so it is shorter than event_months")
    table.finish()
    return deal


def _talk(table: Table) -> Talk:
    talk = Talk(
        open_days=table.number("open_days", 7, 3650),
        tell_minutes=table.number("tell_minutes", 1, 1440),
        take_back_minutes=table.number("take_back_minutes", 0, 60),
    )
    table.finish()
    return talk


def _payout(table: Table) -> PayoutCalendar:
    payout = PayoutCalendar(
        minimum_yen=table.number("minimum_yen", 1, 1_000_000),
        hold_hours=table.number("hold_hours", 0, 240),
        holiday_shift=cast(HolidayShift, table.word("holiday_shift", "previous", "next")),
        runs=table.tables("runs", _run),
        fees=table.tables("fees", _transfer_fee),
    )
    table.finish()
    _no_overlap(f"{table.place}.fees", [(fee.borne_by, Period(fee.from_on, fee.until_on)) for fee in payout.fees])
    if len({run.closes_day for run in payout.runs}) < len(payout.runs):
        raise table.bad("runs", "two runs close on the same day")
    return payout


def _run(table: Table) -> Run:
    run = Run(
        closes_day=table.number("closes_day", 1, 31),
        pays_months_later=table.number("pays_months_later", 0, 2),
        pays_day=table.number("pays_day", 1, 31),
    )
    if run.pays_months_later == 0 and run.pays_day <= run.closes_day:
        raise table.bad("pays_day", "the pay day must come after the closing")
    return run


def _transfer_fee(table: Table) -> TransferFee:
    return TransferFee(
        from_on=table.day_or_none("from"),
        until_on=table.day_or_none("until"),
        borne_by=cast(Bearer, table.word("borne_by", "worker", "operator")),
        reduced_bank_codes=table.texts("reduced_bank_codes"),
        reduced_yen=table.number("reduced_yen", 0, 10_000),
        other_yen=table.number("other_yen", 0, 10_000),
        source=table.text("source"),
    )


def _schedule(table: Table) -> FeeSchedule:
    return FeeSchedule(
        id=table.text("id"),
        period=_period(table),
        source=table.text("source"),
        formats=table.named_tables("formats", _format_fees),
    )


def _period(table: Table) -> Period:
    period = Period(table.day_or_none("from"), table.day_or_none("until"))
    if period.from_on and period.until_on and period.until_on < period.from_on:
        raise table.bad("until", "the period ends before it begins")
    return period


def _format_fees(table: Table) -> FormatFees:
    return FormatFees(
        base=cast(Base, table.word("base", "with_tax", "without_tax")),
        rounding=Rounding(table.word("rounding", *Rounding)),
        worker=_tiers(table, "worker"),
        client=_tiers(table, "client"),
    )


def _tiers(table: Table, key: str) -> Tiers:
    tiers = table.tables(key, _tier)
    ceilings = [tier.up_to_yen for tier in tiers]
    if ceilings[-1] is not None:
        raise table.bad(key, "the last tier has no up_to_yen: it takes all the rest")
    limits = [ceiling for ceiling in ceilings[:-1] if ceiling is not None]
    if len(limits) < len(ceilings) - 1 or sorted(set(limits)) != limits:
        raise table.bad(key, "up_to_yen must rise from tier to tier")
    return tiers


def _tier(table: Table) -> Tier:
    return Tier(
        up_to_yen=table.number_or_none("up_to_yen", 1, AMOUNT_YEN_MAX),
        rate_bps=table.number("rate_bps", 0, _RATE_BPS_MAX),
    )


@lru_cache(maxsize=1)
def _taxes() -> TaxTables:
    place = f"{_TAX_FILE}.toml"
    table = _toml((_PRESETS / place).read_text(encoding="utf-8"), place)
    taxes = TaxTables(
        consumption_tax=table.tables("consumption_tax", _flat_rate),
        withholding=table.tables("withholding", _tiered_rate),
    )
    table.finish()
    for rows in (taxes.consumption_tax, taxes.withholding):
        days = [row.from_on for row in rows]
        if sorted(set(days)) != days:
            raise BadRulebook(f"{place}: the rows of a tax table must rise by date")
    return taxes


def _flat_rate(table: Table) -> DatedRate:
    tier = Tier(None, table.number("rate_bps", 0, _RATE_BPS_MAX))
    return DatedRate(from_on=table.day("from"), tiers=(tier,), source=table.text("source"))


def _tiered_rate(table: Table) -> DatedRate:
    return DatedRate(from_on=table.day("from"), tiers=_tiers(table, "tiers"), source=table.text("source"))


def _no_overlap(place: str, periods: list[tuple[str, Period]]) -> None:
    for (one, first), (other, second) in combinations(periods, 2):
        if first.overlaps(second):
            raise BadRulebook(f"{place}: the periods of {one} and {other} overlap")


def _within_60_days(rulebook: Rulebook, place: str) -> None:
    longest = rulebook.payout.auto_accept_days_max
    waits = {
        "timers.auto_accept_days": rulebook.timers.auto_accept_days,
        "tasks.answer_approve_days": rulebook.tasks.answer_approve_days,
        "hourly.review_days + answer_days + last_review_days": rulebook.hourly.longest_days,
    }
    for key, days in waits.items():
        if days > longest:
            raise BadRulebook(
                f"{place}.{key}: {days} days are too long; the longest "
                f"allowed value is {longest}, since pay must arrive within 60 days of delivery (the day itself counts) "
                f"and this payout calendar needs up to {rulebook.payout.worst_lag_days} days after acceptance"
            )
