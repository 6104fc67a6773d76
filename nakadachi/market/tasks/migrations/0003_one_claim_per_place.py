"""One living claim per place, again: dropping the plain index of the column took the unique one with it."""

from django.db import migrations

FORWARD = """
CREATE UNIQUE INDEX IF NOT EXISTS claim_slot_once ON tasks_claim (slot_id)
WHERE status IN ('reserved', 'submitted', 'approved', 'rejected', 'appealed');
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_fewer_indexes")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
