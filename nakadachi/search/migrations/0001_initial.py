"""The index table; its two GIN indexes are written in SQL, since tsvector columns are our own field."""

from django.db import migrations, models

import nakadachi.search.models

GIN = """
CREATE INDEX search_words ON search_jobindex USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_pairs ON search_jobindex USING gin (pairs) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="JobIndex",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("words", nakadachi.search.models.TsVector()),
                ("pairs", nakadachi.search.models.TsVector()),
                ("plain", models.TextField()),
                ("format", models.CharField(max_length=12)),
                ("category", models.CharField(max_length=20)),
                ("budget_min_yen", models.BigIntegerField()),
                ("budget_max_yen", models.BigIntegerField()),
                ("no_experience_ok", models.BooleanField()),
                ("beginner_welcome", models.BooleanField()),
                ("continuing", models.BooleanField()),
                ("char_rate_sen", models.IntegerField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closes_on", models.DateField()),
                ("dictionary", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-opened_at", "-job_id"], name="search_newest"),
                    models.Index(fields=["-budget_max_yen", "-job_id"], name="search_pay"),
                    models.Index(fields=["closes_on", "job_id"], name="search_closing"),
                ],
            },
        ),
        migrations.RunSQL(GIN, "DROP INDEX search_words; DROP INDEX search_pairs;"),
    ]
