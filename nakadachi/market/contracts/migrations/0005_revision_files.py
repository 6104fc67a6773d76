"""Files beside a request for changes belong to the delivery seen as that request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_terms_change_and_revision_rounds")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("contracts.delivery",),
        )
    ]
