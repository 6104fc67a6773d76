"""The audit log is narrowed by days: the newest of an old day are found without passing everything since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0003_by_kind")]

    operations = [
        migrations.AddIndex(model_name="event", index=models.Index(fields=["at", "id"], name="event_by_time")),
    ]
