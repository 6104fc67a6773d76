"""Who may see which address of hourly work; joined to `table.ROWS`."""

from collections.abc import Callable
from typing import Any

from tests.every_page.rows import CLIENT, MEMBERS, PARTIES, STAFF, WORKER, Row
from tests.every_page.world import World


def week(name: str) -> Callable[[World], dict[str, Any]]:
    def arguments(world: World) -> dict[str, Any]:
        one = getattr(world.hours, name)
        return {"contract_id": one.engagement.contract_id, "week_id": one.pk}

    return arguments


def contract(world: World) -> dict[str, Any]:
    return {"contract_id": world.hours.open.engagement.contract_id}


def entry(world: World) -> dict[str, Any]:
    return week("open")(world) | {"entry_id": world.hours.entry.pk}


def running(world: World) -> dict[str, Any]:
    return {"entry_id": world.hours.running.pk}


def payment(world: World) -> dict[str, Any]:
    return week("open")(world) | {"payment_id": world.hours.payment_id}


def proposal(world: World) -> dict[str, Any]:
    return {"proposal_id": world.hours.proposal.pk}


ROWS: dict[str, Row] = {
    "hourly:tracker": Row(MEMBERS),
    "hourly:start": Row(MEMBERS, answer=405, is_page=False),
    "hourly:stop": Row(WORKER, running, answer=405, is_page=False),
    "hourly:sign": Row(WORKER, running, answer=405, is_page=False),
    "hourly:offer": Row(CLIENT, proposal, gone_for=WORKER | STAFF),
    "hourly:contract": Row(PARTIES, contract, gone_for=STAFF),
    "hourly:history": Row(PARTIES, contract, gone_for=STAFF),
    "hourly:csv": Row(PARTIES, contract, is_page=False, gone_for=STAFF),
    "hourly:finish": Row(PARTIES, contract, gone_for=STAFF),
    "hourly:week": Row(PARTIES, week("open"), gone_for=STAFF),
    "hourly:report": Row(WORKER, week("open"), gone_for=CLIENT | STAFF),
    "hourly:review": Row(CLIENT, week("reported"), gone_for=WORKER | STAFF),
    "hourly:answer": Row(WORKER, week("returned"), gone_for=CLIENT | STAFF),
    "hourly:funding": Row(CLIENT, week("unfunded"), gone_for=WORKER | STAFF),
    "hourly:funding_result": Row(CLIENT, payment, answer=302, gone_for=WORKER | STAFF, is_page=False),
    "hourly:funding_cancellation": Row(CLIENT, payment, answer=405, gone_for=WORKER | STAFF, is_page=False),
    "hourly:entry_new": Row(WORKER, week("open"), gone_for=CLIENT | STAFF),
    "hourly:entry": Row(PARTIES, entry, gone_for=STAFF),
    "hourly:entry_deletion": Row(WORKER, entry, gone_for=CLIENT | STAFF),
}
