"""The forms of hourly work; joined to `forms.FORMS`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import hours
from tests.every_page.world import World
from tests.hostile.values import ANY, BOX, CHOICE, COUNT, DAY, EITHER, ID, KEY, LINE, MISSING, READ, REFUSED, TEXT, Kind

CLOCK = Kind(
    "clock",
    "3:00",
    (
        (MISSING, EITHER),
        ("", EITHER),
        (" \u3000\t", EITHER),
        ("３：１５", READ),
        ("3時15分", READ),
        ("24:01", REFUSED),
        ("25:00", REFUSED),
        ("3:60", REFUSED),
        ("-3:00", REFUSED),
        ("3.5", REFUSED),
        ("0x3", REFUSED),
        ("午後3時", REFUSED),
        ("٣:00", REFUSED),
        ("3:00\x00", REFUSED),
        ("9" * 5_000, REFUSED),
        ("<script>alert(1)</script>", REFUSED),
        ("[]", REFUSED),
    ),
)
TIMES: dict[str, Kind] = {"day": CHOICE, "started_at": CLOCK, "ended_at": CLOCK, "memo": LINE}


def _day(world: World) -> str:
    """A day of the open week on which nothing is recorded."""
    return (world.hours.open.monday + timedelta(days=3)).isoformat()


def _running_contract(world: World) -> int:
    """The timer runs already, so that even a good start is refused."""
    return int(world.hours.running.week.engagement.contract_id)


def _review(world: World) -> dict[str, Kind]:
    first = hours.lines(world.hours.reported)[0].pk
    return {f"back_{first}": BOX, f"reason_{first}": LINE}


def _answer(world: World) -> dict[str, Kind]:
    line = _returned_line(world)
    return {f"text_{line}": LINE, f"started_{line}": CLOCK, f"ended_{line}": CLOCK}


def _returned_line(world: World) -> int:
    return next(one.pk for one in hours.lines(world.hours.returned) if one.decision == "returned")


def forms(form: Callable[..., Any]) -> list[Any]:
    """`form` is `forms.Form`."""
    given = {"day": _day, "started_at": "1:00", "ended_at": "2:00"}
    card = "4242424242424242"
    return [
        form(
            "hourly:offer",
            "client",
            {"scope": TEXT, "hours": COUNT, "starts_on": DAY, "holds_money": CHOICE, "request_key": KEY},
            {"holds_money": "yes"},
        ),
        form(
            "hourly:start",
            "worker",
            {"contract": ID, "memo": LINE, "request_key": KEY},
            {"contract": _running_contract},
            is_hidden=True,
            is_lenient=True,
            answer=409,
        ),
        form("hourly:finish", "client", {"reason": TEXT}),
        form("hourly:review", "client", _review, is_lenient=True),
        form("hourly:answer", "worker", _answer, is_lenient=True),
        form(
            "hourly:funding",
            "client",
            {"card_number": CHOICE, "hours": COUNT, "request_key": KEY},
            {"card_number": card},
        ),
        form("hourly:entry_new", "worker", {**TIMES, "request_key": KEY}, given),
        form("hourly:entry", "worker", TIMES, given),
        form("hourly:tracker", "worker", {"contract": ANY}, is_asked=True),
        form("hourly:contract", "client", {"after": ANY}, is_asked=True),
        form("hourly:history", "client", {"after": ANY}, is_asked=True),
    ]
