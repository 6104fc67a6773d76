"""A changed proposal remembers the form that changed it, so that the same form again changes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sourcing", "0002_versions_counters_and_reasons")]

    operations = [migrations.AddField(model_name="proposal", name="revise_key", field=models.UUIDField(null=True))]
