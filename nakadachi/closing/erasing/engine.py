"""Doing the steps of the register for one closing. What is done is written down with it, so that an erasure that was
interrupted goes on where it stood, and one that is begun again changes nothing."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from nakadachi.closing.erasing import statements
from nakadachi.closing.erasing.by_hand import BY_NAME, OUTSIDE_TRANSACTION
from nakadachi.closing.models import Closing, ErasedStep, Kept
from nakadachi.closing.register import Step, load
from nakadachi.infra.crash_points import reached
from nakadachi.kernel.calendar import jst_date

ADDRESS = "left-%s@left.invalid"
"""No mail can ever be sent there (RFC 2606), and the real address is free for a new account."""


def values_of(closing: Closing, at: datetime) -> dict[str, Any]:
    """What the SQL of the register may speak of."""
    return {
        "member": closing.member_id,
        "at": at,
        "address": ADDRESS % secrets.token_hex(12),
        "unusable": make_password(None),
    }


def erase(closing: Closing, at: datetime, *, again: bool = False) -> int:
    """Every step that is not done yet (or all, `again`); returns how many rows changed. Never in a transaction."""
    done = set() if again else set(ErasedStep.objects.filter(closing=closing).values_list("name", flat=True))
    changed = 0
    for step in load().steps:
        if step.name not in done:
            changed += _do(closing, step, at)
            reached("erasing.step")
    return changed


def _do(closing: Closing, step: Step, at: datetime) -> int:
    values = values_of(closing, at)
    outside = BY_NAME[step.by](closing, step, values) if step.by in OUTSIDE_TRANSACTION else 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        cursor.execute("SELECT 1 FROM people_member WHERE id = %s FOR NO KEY UPDATE", [closing.member_id])
        cursor.execute("SELECT 1 FROM closing_closing WHERE id = %s FOR UPDATE", [closing.pk])
        rows = outside if step.by in OUTSIDE_TRANSACTION else _rows_of(closing, step, values)
        known, is_new = ErasedStep.objects.get_or_create(
            closing=closing, name=step.name, defaults={"rows": rows, "done_at": at}
        )
        if not is_new and rows:
            ErasedStep.objects.filter(pk=known.pk).update(rows=known.rows + rows)
    return rows


def _rows_of(closing: Closing, step: Step, values: dict[str, Any]) -> int:
    if step.by:
        return BY_NAME[step.by](closing, step, values)
    return statements.run(statements.of_step(step), values)


def note_kept(closing: Closing, at: datetime) -> None:
    """Write down what stays, on which ground and until when, table by table. In the caller's transaction."""
    assert closing.closed_at is not None
    register, values = load(), values_of(closing, at)
    closed_on, erased_on = jst_date(closing.closed_at), jst_date(at)
    for table in register.tables:
        rows = statements.count(table, values) if table.keep else 0
        for ground in table.keep if rows else ():
            until_on = register.grounds[ground].until_on(closed_on, erased_on, settings.FISCAL_YEAR_END_MONTH)
            Kept.objects.get_or_create(
                closing=closing, table=table.name, ground=ground, defaults={"rows": rows, "until_on": until_on}
            )
