"""Every table and column of the live schema is declared, once, and nothing is declared that is not there."""

import re
from datetime import date

import pytest
from django.db import connection

from nakadachi.closing.erasing import statements
from nakadachi.closing.erasing.by_hand import BY_NAME
from nakadachi.closing.erasing.purging import BY_TABLE
from nakadachi.closing.register import Ground, Table, load, years_later
from nakadachi.closing.register_words import GROUNDS, GROUPS

LIVE = """
SELECT n.nspname, c.relname, array_agg(a.attname::text) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname IN ('public', 'ledger') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY 1, 2
"""


def live() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(LIVE)
        return {
            table if schema == "public" else f"{schema}.{table}": set(columns)
            for schema, table, columns in cursor.fetchall()
        }


def faults(schema: dict[str, set[str]], tables: tuple[Table, ...]) -> list[str]:
    declared = {table.name: table.declared for table in tables}
    found = [f"{name}: undeclared table" for name in schema.keys() - declared.keys()]
    found += [f"{name}: no such table" for name in declared.keys() - schema.keys()]
    for name in schema.keys() & declared.keys():
        found += [f"{name}.{column}: undeclared" for column in schema[name] - declared[name]]
        found += [f"{name}.{column}: no such column" for column in declared[name] - schema[name]]
    return sorted(found)


def test_the_register_is_the_schema(db):
    assert faults(live(), load().tables) == []


def test_a_new_column_and_one_that_went_are_noticed(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    schema = live()
    schema["people_member"] = schema["people_member"] - {"avatar"} | {"shoe_size"}
    schema["people_dream"] = {"id"}
    assert faults(schema, load().tables) == [
        "people_dream: undeclared table",
        "people_member.avatar: no such column",
        "people_member.shoe_size: undeclared",
    ]


def test_no_column_says_two_things():
    for table in load().tables:
        elsewhere = set(table.kept) | {column for step in table.steps for column in step.erase}
        assert not set(table.none) & elsewhere, table.name
        assert len(table.none) == len(set(table.none)), table.name
        grounds = [column for columns in table.keep.values() for column in columns]
        assert len(grounds) == len(set(grounds)), table.name


def test_every_text_that_says_nothing_about_a_person_is_short_or_not_of_members(db):
    """`none` is no way round: a long text of a member's table is kept or erased, or named here with its reason."""
    fine = {
        "agreements_legaltext": "the operator's texts",
        "agreements_legaldraft": "the operator's texts",
        "sandbox_dispute": "what staff wrote to the provider that is built in",
        "closing_kept": "names of tables",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'text'"
        )
        texts = cursor.fetchall()
    tables = {table.name: table for table in load().tables}
    found = [
        (table, column)
        for table, column in texts
        if table in tables
        and column in tables[table].none
        and table not in fine
        and not table.startswith(("django_", "procrastinate_"))
    ]
    assert found == []


def test_every_step_can_be_said_in_sql(db):
    values = {"member": 0, "at": "2026-01-01T00:00:00Z", "address": "x", "unusable": "y"}
    for step in load().steps:
        if step.by:
            assert step.by in BY_NAME, step.name
        else:
            assert statements.run(statements.of_step(step), values) >= 0


def test_every_kept_column_can_be_purged(db):
    values = {"member": 0, "at": "2026-01-01T00:00:00Z"}
    for table in load().tables:
        for ground, columns in table.keep.items():
            assert ground in load().grounds, table.name
            assert statements.count(table, values) == 0 or table.name == "inquiries_inquiry"
            if table.name not in BY_TABLE and not table.stays:
                assert statements.run(statements.of_kept(table, columns), values) >= 0


def test_groups_and_grounds_have_words():
    assert {table.group for table in load().tables} == set(GROUPS)
    assert set(load().grounds) == set(GROUNDS)


def test_the_door_to_the_trail_opens_for_declared_fields_only(db):
    """What the database erases is short and known; a new field of an event is a new migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, fields FROM closing_event_fields()")
        fields = dict(cursor.fetchall())
    assert set().union(*fields.values()) == {"changes", "device", "address", "reason", "wanted", "name", "added"}
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", kind) for kind in fields)


@pytest.mark.parametrize(
    ("ground", "closed_on", "ends_in", "until_on"),
    [
        ("books", date(2026, 12, 7), 3, date(2037, 3, 31)),
        ("books", date(2027, 3, 31), 3, date(2037, 3, 31)),
        ("books", date(2027, 4, 1), 3, date(2038, 3, 31)),
        ("books", date(2027, 12, 7), 2, date(2038, 2, 28)),
        ("tax", date(2026, 12, 7), 3, date(2034, 5, 31)),
        ("tax", date(2027, 12, 7), 12, date(2035, 2, 28)),
        ("tax", date(2028, 12, 31), 12, date(2036, 2, 29)),
    ],
)
def test_terms_are_counted_as_the_law_counts(ground, closed_on, ends_in, until_on):
    assert load().grounds[ground].until_on(closed_on, closed_on, ends_in) == until_on


def test_a_term_from_a_leap_day_ends_on_the_28th():
    claims = load().grounds["claims"]
    assert claims.until_on(date(2028, 2, 20), date(2028, 2, 29), 3) == date(2033, 2, 28)
    assert years_later(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert Ground("x", "", "erased", days=90).until_on(date(2027, 11, 1), date(2027, 12, 1), 3) == date(2028, 2, 29)
