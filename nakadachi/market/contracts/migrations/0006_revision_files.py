"""Files beside a request for changes belong to the delivery seen as that request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0005_ways_of_working")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("contracts.delivery",),
        )
    ]
