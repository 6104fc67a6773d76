"""Fields that name columns are sent along with every form: nothing of them arrives anywhere."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from tests.every_page.undoing import undone
from tests.every_page.world import UNWATCHED
from tests.hostile.attack import Attacker
from tests.hostile.forms import FORMS, Form

POSTED = [form for form in FORMS if not form.is_asked]
CANARIES = {
    "number": "31337133",
    "text": "canary-31337133",
    "day": "2099-12-31",
    "key": "31337133-0000-4000-8000-313371330000",
}
HARMLESS = {"csrfmiddlewaretoken", "id"}


def columns() -> dict[str, str]:
    """Every column of every model, with a value of its kind that stands nowhere else."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            value = _canary(field)
            found |= {name: value for name in (field.name, field.attname) if name not in HARMLESS}
    return found | {
        "roles": "admin",
        "member_id": CANARIES["number"],
        "is_staff": "1",
        "is_superuser": "1",
        "at": "2099-12-31",
    }


def _canary(field: models.Field) -> str:
    if isinstance(field, models.BooleanField):
        return "1"
    if isinstance(field, models.DateField):
        return CANARIES["day"]
    if isinstance(field, models.UUIDField):
        return CANARIES["key"]
    is_number = isinstance(field, models.IntegerField | models.ForeignKey | models.DecimalField)
    return CANARIES["number"] if is_number else CANARIES["text"]


def written() -> set[tuple[str, str]]:
    """The tables that PostgreSQL has written to in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, relname FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd > 0 AND relname !~ %s",
            [UNWATCHED],
        )
        return set(cursor.fetchall())


def arrived() -> list[str]:
    """The tables in which a canary stands."""
    pattern = "|".join(CANARIES.values())
    found = []
    with connection.cursor() as cursor:
        for schema, table in sorted(written()):
            cursor.execute(f'SELECT count(*) FROM "{schema}"."{table}" t WHERE to_jsonb(t)::text ~ %s', [pattern])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def conditions() -> Counter[tuple[Any, ...]]:
    """How many rows of each model stand in which state, with which yes and no: what no canary can show."""
    counted: Counter[tuple[Any, ...]] = Counter()
    touched = {table for _schema, table in written()}
    for model in apps.get_models():
        if model._meta.db_table not in touched:
            continue
        told = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.BooleanField) or (field.choices and isinstance(field, models.CharField))
        ]
        for row in model._default_manager.values_list(*told) if told else ():
            counted[model._meta.label, *row] += 1
    return counted


@pytest.mark.parametrize("form", POSTED, ids=lambda form: form.name)
def test_columns_sent_along_arrive_nowhere(form: Form, world, browse) -> None:
    seen = []
    for extra in ({}, columns()):
        with undone():
            attacker = Attacker(form, world, browse(form.role))
            own = set(form.fields_in(world)) | set(attacker.good) | set(form.reads)
            sent = attacker.good | {name: value for name, value in extra.items() if name not in own}
            with attacker.kept(sent) as answer:
                assert answer.status_code < 500
                seen.append((answer.status_code, conditions()))
                assert not arrived()
    (plain_status, plain), (status, loaded) = seen
    assert status == plain_status
    assert loaded == plain, loaded - plain


def test_a_column_that_is_taken_would_be_noticed(world, browse) -> None:
    """The check itself: the same canary in a field of the form is found."""
    form = next(form for form in POSTED if form.address == "settings:profile")
    with undone():
        attacker = Attacker(form, world, browse(form.role))
        with attacker.kept(attacker.good | {"introduction": CANARIES["text"]}):
            assert "people_member" in arrived()
