"""Is the database one that money can be kept in?"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nakadachi.config.doctor.finding import Finding, fault, judged, ok

VERSION_MIN = 150_000
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
CLOCK_SECONDS_MAX = 2
LEDGER_TABLES = ("account", "balance", "hot_balance", "journal", "entry", "idempotency", "reversal")


def server(at: datetime) -> Iterator[Finding]:
    """Version, durability, clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, version = cursor.fetchone()
        yield judged(
            number >= VERSION_MIN, "PostgreSQL", f"version {version}", f"version {version} is too old. Use 15 or newer."
        )
        for name in MUST_BE_ON:
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            yield judged(
                value != "off",
                name,
                value,
                f"{name} is off: a power cut can lose payments. Switch it on in postgresql.conf.",
            )
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        apart = abs(cursor.fetchone()[0] - at.timestamp())
        yield judged(
            apart <= CLOCK_SECONDS_MAX,
            "clock",
            f"database and program are {apart:.1f} s apart",
            f"the clocks of database and program are {apart:.0f} s apart. Let both be set by NTP.",
        )


def roles(at: datetime) -> Iterator[Finding]:
    """The serving role owns nothing and cannot write the ledger's tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        name, is_super, may_make_roles = cursor.fetchone()
        yield judged(
            not (is_super or may_make_roles),
            "role",
            f"the pages connect as {name}, without special rights",
            f"the pages connect as {name}, who may do anything. Give DATABASE_URL a plain role of its own.",
        )
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'ledger' AND relname = ANY(%s)"
            " AND (pg_get_userbyid(relowner) = current_user"
            "      OR has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))",
            [list(LEDGER_TABLES)],
        )
        writable = [row[0] for row in cursor]
        yield judged(
            not writable,
            "ledger's walls",
            "the pages can post, but not write the ledger's tables",
            f"the pages could change {', '.join(writable)}. Migrate with DATABASE_OWNER_URL, serve with another role.",
        )


def schema(at: datetime) -> Iterator[Finding]:
    """Every migration of this program is applied, and none of a newer one."""
    executor = MigrationExecutor(connection)
    waiting = [
        f"{step.app_label} {step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    if waiting:
        yield fault(
            "schema", f"{len(waiting)} migrations wait, first {waiting[0]}. Start with bin/run, or migrate first."
        )
        return
    unknown = {key for key in executor.loader.applied_migrations if key[0] in executor.loader.migrated_apps}
    unknown -= set(executor.loader.disk_migrations)
    yield (
        fault("schema", f"the database is of a newer version ({sorted(unknown)[0]}). Upgrade the program.")
        if unknown
        else ok("schema", "of this version")
    )
