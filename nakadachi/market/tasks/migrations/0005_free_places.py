"""A free place is a row and taking it deletes the row; a claim keeps the number. Claims are made by one function."""

from pathlib import Path

from django.db import migrations, models

TAKE = Path(__file__).resolve().parent.parent / "sql" / "take.sql"

NUMBERS = """
UPDATE tasks_claim claim SET slot_number = slot.number FROM tasks_slot slot WHERE slot.id = claim.slot_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
LIVE = ("reserved", "submitted", "approved", "rejected", "appealed")


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_one_index_of_places")]
    operations = [
        migrations.AddField("claim", "slot_number", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
        migrations.AlterField("claim", "slot_number", models.PositiveIntegerField()),
        migrations.RemoveConstraint("claim", "claim_slot_once"),
        migrations.RemoveField("claim", "slot"),
        migrations.AddConstraint(
            "claim",
            models.UniqueConstraint(
                fields=["task", "slot_number"], condition=models.Q(status__in=LIVE), name="claim_slot_once"
            ),
        ),
        migrations.RunSQL("DELETE FROM tasks_slot WHERE NOT is_free", migrations.RunSQL.noop),
        migrations.RemoveConstraint("slot", "slot_free"),
        migrations.RemoveField("slot", "is_free"),
        migrations.AddConstraint("slot", models.UniqueConstraint(fields=["task", "number"], name="slot_once")),
        migrations.RunSQL(TAKE.read_text(encoding="utf-8"), "DROP FUNCTION tasks_take_told; DROP FUNCTION tasks_take"),
    ]
