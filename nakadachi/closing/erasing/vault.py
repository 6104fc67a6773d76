"""The restricted place: legal names and bank accounts that tax law wants kept, readable one by one with a reason."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from nakadachi.closing.erasing.statements import run
from nakadachi.closing.models import Closing, Paper
from nakadachi.closing.register import Step, load
from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, require
from nakadachi.people.roles import areas
from nakadachi.people.standing import policy
from nakadachi.people.standing.disclosure import REASON_LENGTH_MAX

GROUND = "tax"
_IDENTITY = """
INSERT INTO closing_paper (closing_id, kind, ref, ground, until_on, document)
SELECT %(closing)s, 'identity', m.id, %(ground)s, %(until_on)s, jsonb_build_object(
    'legal_form', m.legal_form, 'family_name', m.family_name, 'given_name', m.given_name,
    'family_kana', m.family_kana, 'given_kana', m.given_kana, 'invoice_number', m.invoice_number)
FROM people_member m WHERE m.id = %(member)s AND m.family_name || m.given_name || m.invoice_number <> ''
AND (EXISTS (SELECT FROM payouts_payout p WHERE p.member_id = m.id)
    OR EXISTS (SELECT FROM escrow_hold h WHERE m.id IN (h.payee_id, h.payer_id) AND h.funded_at IS NOT NULL))
ON CONFLICT (closing_id, kind, ref) DO NOTHING
"""
_DESTINATIONS = """
INSERT INTO closing_paper (closing_id, kind, ref, ground, until_on, document)
SELECT %(closing)s, 'destination', p.id, %(ground)s, %(until_on)s, p.destination || jsonb_build_object(
    'pays_yen', p.pays_yen, 'pays_on', r.pays_on)
FROM payouts_payout p JOIN payouts_closingrun r ON r.id = p.run_id
WHERE p.member_id = %(member)s AND p.status IN ('sent', 'returned') AND p.destination->>'number' <> ''
ON CONFLICT (closing_id, kind, ref) DO NOTHING
"""


def put_away(closing: Closing, step: Step, values: dict[str, Any]) -> int:
    """A step of the erasure: only what money moved for. Whoever never earned or paid leaves nothing here."""
    assert closing.closed_at is not None
    until_on = (
        load()
        .grounds[GROUND]
        .until_on(jst_date(closing.closed_at), jst_date(values["at"]), settings.FISCAL_YEAR_END_MONTH)
    )
    told = {**values, "closing": closing.pk, "ground": GROUND, "until_on": until_on}
    return run(_IDENTITY, told) + run(_DESTINATIONS, told)


def papers_of(actor: Actor, member_id: int) -> list[Paper]:
    """What there is of somebody, without saying what stands in it; raises `NotVisible` for all but finance."""
    if policy.can_disclose(actor, areas.BANK) is not None:
        raise NotVisible
    return list(Paper.objects.select_related("closing").filter(closing__member=member_id).order_by("kind", "ref"))


@transaction.atomic
def read(*, paper: Paper, reason: str, by: Actor, at: datetime) -> dict[str, Any]:
    """One paper, this once; who, why and when stays in the audit trail. Refused without a reason."""
    require(policy.can_disclose(by, areas.BANK))
    words = tidy_line(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    event = record("closing.paper_read", paper.closing, by=by, at=at, paper=paper.pk, reason=words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT closing_read_paper(%s, %s)", [paper.pk, event.pk])
        document = cursor.fetchone()[0]
    return dict(json.loads(document)) if isinstance(document, str) else dict(document)


def purge(closing: Closing, values: dict[str, Any]) -> int:
    """Burn what is over its term."""
    return Paper.objects.filter(closing=closing, until_on__lt=jst_date(values["at"])).delete()[0]
