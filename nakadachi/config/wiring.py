"""The one place where upper packages are hooked into the registries of lower ones. Nothing imports it but `apps.py`."""

from nakadachi.closing import actions as closing
from nakadachi.closing.export import timers as export
from nakadachi.closing.export.models import Export
from nakadachi.infra import timers
from nakadachi.infra.events.record import subscribe
from nakadachi.infra.files import room
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import formats
from nakadachi.market.contracts import queries as contract_queries
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.format import Hourly
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs import places
from nakadachi.market.monthly import actions as monthly
from nakadachi.market.monthly.format import Monthly
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import checks as task_checks
from nakadachi.money import payments, rulebook
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import checks as escrow_checks
from nakadachi.money.escrow import purposes
from nakadachi.money.ledger import checks
from nakadachi.money.payments import actions as paying
from nakadachi.money.payments import checks as payments_checks
from nakadachi.money.payouts import checks as payouts_checks
from nakadachi.notifications.catalogue import OF_EVENT
from nakadachi.people.access import holding
from nakadachi.trust.mediation import actions as mediation
from nakadachi.trust.messaging import actions as messaging


def connect() -> None:
    """Called once at start."""
    places.takers["contracts"] = contract_queries.places_taken
    payments.on_captured[escrow.PURPOSE] = purposes.captured
    payments.on_disputed[escrow.PURPOSE] = purposes.HoldDisputes()
    purposes.on_captured["milestone"] = contracts.money_arrived
    purposes.on_disputed["milestone"] = contracts.MilestoneDisputes()
    purposes.on_claimed["milestone"] = contracts.MilestoneClaims()
    purposes.on_captured["week"] = hourly.money_arrived
    purposes.on_disputed["week"] = hourly.WeekDisputes()
    purposes.on_claimed["week"] = hourly.WeekClaims()
    formats.registry["hourly"] = Hourly()
    holding.hours[:] = [lambda: rulebook.current().payout.hold_hours]
    purposes.on_captured["task"] = tasks.money_arrived
    purposes.on_disputed["task"] = tasks.TaskDisputes()
    formats.registry["monthly"] = Monthly()
    timers.register(*contracts.TIMERS, *jobs.TIMERS, *tasks.TIMERS, *hourly.TIMERS, *monthly.TIMERS)
    timers.register(*messaging.TIMERS, *mediation.TIMERS, *closing.TIMERS, *export.TIMERS)
    room.uncounted.add(Export._meta.label_lower)
    timers.register(*paying.TIMERS, *sourcing.TIMERS)
    checks.register("clearing", payments_checks.clearing)
    checks.register("provider", payments_checks.provider)
    checks.register("holds", escrow_checks.holds)
    checks.register("escrow_liability", escrow_checks.escrow_liability)
    checks.register("task_pay", task_checks.paid)
    checks.register("task_places", task_checks.places)
    checks.register("payouts_in_transit", payouts_checks.in_transit)
    checks.register("payout_runs", payouts_checks.run_totals)
    for kind in ("job.open", "job.close", "job.expire", "job.fill", "job.reopen", "job.edit"):
        subscribe(kind, "search.index_job")
    for kind in ("member.suspended", "member.suspension_lifted", "member.leaving", "member.stayed"):
        subscribe(kind, "search.index_client")
    for kind in OF_EVENT:
        subscribe(kind, "notifications.spread")
