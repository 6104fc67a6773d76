"""The audit log is narrowed by the beginning of a kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["kind", "id"], name="event_by_kind", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
        ),
    ]
