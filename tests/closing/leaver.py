"""Somebody who leaves, with a trace in every column: planted words, and what they did themselves."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image
from psycopg import sql

from nakadachi.closing.models import Closing
from nakadachi.closing.register import Step, load
from nakadachi.config.backup.taking import stored_names
from nakadachi.infra.mail import outbox
from nakadachi.kernel.ids import key_for
from nakadachi.people import actions as people
from nakadachi.people import avatars, veil
from nakadachi.people.access import actions as access
from nakadachi.people.models import Member
from nakadachi.people.standing import disclosure
from nakadachi.people.standing.certifying import certify, withdraw_certification
from nakadachi.people.standing.notes import add_note
from nakadachi.people.verification import actions as verification
from tests import cast, database, earners, walk

CANARY = "カナリア"
TOKEN = re.compile(CANARY + r"(\d+)x")
ADDRESS = "kanaria@example.jp"
NOT_TEXT = {"kind", "page", "token", "session_key", "cache_key", "content_type", "avatar", "sha256", "email", "to",
            "session_data", "headers", "holder_kana", "bank_code", "gateway_ref"}  # fmt: skip
PLANTED_LENGTH_MIN = 24


def live(member: Member, *, at: datetime) -> None:
    """What a member does about themselves, through the real actions."""
    by = cast.by(member)
    people.update_legal_name(
        member=member, legal_form="individual", family_name="鏑木", given_name="小夜", family_kana="カブラギ",
        given_kana="サヨ", by=by, at=at,
    )  # fmt: skip
    name = member.display_name
    people.update_profile(member=member, display_name=name, introduction="カナリアの自己紹介", by=by, at=at)
    member.refresh_from_db()
    verification.ask_phone(member=member, number="09011112222", by=by, at=at)
    verification.ask_identity(
        member=member, name="鏑木小夜", pictures=[walk.upload("免許証.jpg", photograph())], by=by, at=at
    )
    avatars.set_avatar(member=member, picture=io.BytesIO(photograph()), by=by, at=at)
    access.note_login(member=member, device="カナリアの端末", address="203.0.113.77", by=by, at=at)
    if not member.bank_accounts.exists():
        earners.with_account(member, at=at)
    support = cast.by(cast.offices()["support"])
    add_note(member=member, text="カナリアについての覚え書き", by=support, at=at)
    certify(member=member, reason="カナリアのよい仕事", by=support, at=at)
    withdraw_certification(member=member, reason="カナリアの規約違反", by=support, at=at)
    finance = cast.by(cast.offices()["finance"])
    disclosure.disclose_bank_account(member=member, reason="カナリアの口座の確認", by=finance, at=at)
    letter = outbox.Letter(
        key=key_for("canary", member.pk), kind="canary", to=member.email, subject="カナリアへ", text="カナリアさま",
        language="ja", headers={},
    )  # fmt: skip
    outbox.write([letter], at=at)


def photograph() -> bytes:
    """A JPEG that says in its EXIF who made it, and where."""
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x9286] = "KANARIA-EXIF"
    exif[0x013B] = "KANARIA-EXIF"
    Image.new("RGB", (300, 200), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def texts() -> Iterator[tuple[str, str, int | None]]:
    """Every column of the database that can hold words: table as the register calls it, column, most letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_schema, c.table_name, c.column_name, c.character_maximum_length"
            " FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema IN ('public', 'ledger') AND t.table_type = 'BASE TABLE' AND c.data_type IN"
            " ('text', 'character varying', 'jsonb', 'json', 'tsvector', 'USER-DEFINED')"
        )
        for schema, table, column, length in cursor.fetchall():
            yield (table if schema == "public" else f"{schema}.{table}"), column, length


def plant(name: str, member: Member) -> int:
    """A word of its own into each row of each text column that the register erases or keeps; returns how many."""
    lengths = {(table, column): length for table, column, length in texts()}
    values = {"member": member.pk, "at": "2000-01-01T00:00:00Z", "address": "", "unusable": ""}
    count = 0
    with database.owner_connection(name) as line:
        line.execute("SET session_replication_role = replica")
        kinds = {
            (table, column): kind
            for table, column, kind in line.execute(
                "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema='public'"
            ).fetchall()
        }
        for table in load().tables:
            wanted = [(table.rows, column) for column in table.kept] if table.rows else []
            wanted += [(step.rows, column) for step in table.steps if not _is_named(step) for column in step.erase]
            for rows, column in wanted:
                length = lengths.get((table.name, column))
                if (table.name, column) not in lengths or column in NOT_TEXT:
                    continue
                if kinds[table.name, column] not in {"text", "character varying"}:
                    continue
                if length is not None and length < PLANTED_LENGTH_MIN:
                    continue
                count += 1
                count += _plant(line, table.name, column, rows, values, count, length)
    return count


def _is_named(step: Step) -> bool:
    return step.by in {"events", "versions", "traces", "vault"}


def _plant(line: psycopg.Connection, table: str, column: str, rows: str, values, number: int, length) -> int:
    word = f"{CANARY}{number}x"
    kept = (length or 10_000) - len(word)
    text = sql.SQL("UPDATE {} SET {} = left({}, {}) || {} WHERE {} AND position({} in coalesce({}, '')) = 0").format(
        sql.Identifier(table), sql.Identifier(column), sql.SQL("coalesce({}, '')").format(sql.Identifier(column)),
        kept, word, sql.SQL(f"({rows})"), CANARY, sql.Identifier(column),
    )  # fmt: skip
    try:
        with line.transaction():
            return 1 if line.execute(text, values).rowcount else 0
    except psycopg.errors.CheckViolation:
        return 0


def found(words: str) -> dict[str, int]:
    """Where the whole database speaks of it: `table.column` → rows. Text, JSON, the search index, papers under lock."""
    hits = {}
    places = list(texts())
    with database.owner_connection(connection.settings_dict["NAME"]) as line:
        for table, column, _length in places:
            asked = f'SELECT count(*) FROM {table} WHERE "{column}"::text ~ %s'
            ((count,),) = line.execute(asked, [words]).fetchall()
            if count:
                hits[f"{table}.{column}"] = count
    return hits


def stored() -> dict[str, bytes]:
    """Every file of the store."""
    found = {}
    for name in stored_names(default_storage):
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


def closed(member: Member, *, at: datetime) -> Closing:
    """An account that closed eight days before `at`, hidden since."""
    before = at - timedelta(days=8)
    veil.draw(member)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    return Closing.objects.create(
        member=member,
        status="closed",
        reason="other",
        reason_text="カナリアの理由",
        asked_at=before,
        looked_at=before,
        look_at=before,
        closed_at=before,
        erase_at=before + timedelta(days=7),
    )


_SUMS = """
SELECT CASE a.owner_type WHEN 'closing' THEN 'member ' || c.member_id WHEN 'member' THEN 'member ' || a.owner_id
    ELSE 'account ' || a.id END AS whose, sum(b.balance)
FROM ledger.current_balance b JOIN ledger.account a ON a.id = b.account_id
LEFT JOIN closing_closing c ON a.owner_type = 'closing' AND c.id = a.owner_id
GROUP BY 1 ORDER BY 1
"""


def ledger_sums() -> list[tuple]:
    """Whose is how much; what stays behind as unclaimed still belongs to whom it belonged. And all entries: zero."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS)
        balances = cursor.fetchall()
        cursor.execute("SELECT sum(amount) FROM ledger.entry")
        return [*balances, cursor.fetchone()]
