"""The whole ledger from its SQL files, in order; then the unmanaged models that read it."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "01_schema",
    "02_account",
    "03_journal",
    "04_idempotency",
    "05_guards",
    "06_partitions",
    "07_accounts",
    "08_post",
    "09_post_batch",
    "10_reverse",
    "11_fold",
    "12_system_accounts",
    "13_snapshot",
    "14_audit",
)


def script(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        *(migrations.RunSQL(script(name), migrations.RunSQL.noop) for name in FILES),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("owner_type", models.TextField()),
                ("owner_id", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("posting_mode", models.CharField(max_length=1)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": '"ledger"."account"', "managed": False},
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("posted_at", models.DateTimeField()),
                ("effective_at", models.DateField()),
                ("kind", models.TextField()),
                ("ref_type", models.TextField()),
                ("ref_id", models.BigIntegerField(null=True)),
                ("calc", models.JSONField(null=True)),
            ],
            options={"db_table": '"ledger"."journal"', "managed": False},
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "journal_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("journal_id", models.BigIntegerField()),
                ("line", models.SmallIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("amount", models.BigIntegerField()),
                ("posted_at", models.DateTimeField()),
            ],
            options={"db_table": '"ledger"."entry"', "managed": False},
        ),
    ]
