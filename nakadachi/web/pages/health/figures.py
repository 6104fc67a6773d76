"""The state of the market in figures, for monitoring and for `doctor`: read in one go, with nobody's name in it."""

from datetime import datetime

from django.db import connection

_FIGURES = """
SELECT
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS jobs_waiting,
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing') AS jobs_running,
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS jobs_failed,
  (SELECT max(extract(epoch FROM %(at)s - coalesce(j.scheduled_at, e.at))) FROM procrastinate_jobs j
     CROSS JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) AS e
   WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= %(at)s)) AS jobs_oldest_due_seconds,
  (SELECT min(extract(epoch FROM %(at)s - last_heartbeat)) FROM procrastinate_workers) AS worker_heartbeat_age_seconds,
  (SELECT count(*) FROM payments_payment WHERE status = 'processing') AS payments_asked,
  (SELECT max(extract(epoch FROM %(at)s - created_at)) FROM payments_payment WHERE status = 'processing')
    AS payments_oldest_asked_seconds,
  (SELECT count(*) FROM payments_refund WHERE status = 'requested') AS refunds_asked,
  (SELECT count(*) FROM payments_refund WHERE status = 'refused') AS refunds_refused,
  (SELECT count(*) FROM payouts_payout WHERE status IN ('requested', 'batched')) AS payouts_waiting,
  (SELECT count(*) FROM escrow_hold WHERE status = 'funded') AS holds_funded,
  (SELECT count(*) FROM jobs_job WHERE status = 'open') AS jobs_open,
  (SELECT count(*) FROM contracts_contract WHERE status = 'active') AS contracts_active,
  (SELECT count(*) FROM people_member WHERE is_active) AS members,
  (SELECT -sum(balance) FROM ledger.current_balance b JOIN ledger.account a ON a.id = b.account_id
   WHERE a.kind IN ('psp_clearing', 'bank_client_money')) AS client_money_yen
"""


def figures(at: datetime) -> dict[str, float | None]:
    """Name → figure; None where there is nothing to measure."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"at": at})
        columns = [column.name for column in cursor.description]
        return {
            name: None if value is None else float(value)
            for name, value in zip(columns, cursor.fetchone(), strict=True)
        }
