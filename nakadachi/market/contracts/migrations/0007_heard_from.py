from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0006_revision_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="client_wrote_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="worker_wrote_at",
            field=models.DateTimeField(null=True),
        ),
    ]
