"""Changes of the terms by agreement, counted rounds of revision, and when a milestone first came in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIRST_DELIVERED = """
UPDATE contracts_milestone SET first_delivered_at = (
    SELECT min(delivered_at) FROM contracts_delivery
    WHERE milestone_id = contracts_milestone.id AND withdrawn_at IS NULL
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0003_offers_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="revisions_max",
            field=models.PositiveSmallIntegerField(default=2),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="milestone",
            name="first_delivered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="TermsChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dates", models.JSONField(default=list)),
                ("added", models.JSONField(default=list)),
                ("reason", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("accepted", "Agreed"),
                            ("declined", "Not agreed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("request_key", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_changes",
                        to="contracts.contract",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")), fields=("contract",), name="terms_change_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "accepted", "declined", "withdrawn"])),
                        name="terms_change_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="terms_change_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("added", []), ("dates", []), _negated=True),
                        name="terms_change_changes_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), models.Q(("status", "open"), _negated=True), _connector="XOR"
                        ),
                        name="terms_change_answered_since",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FIRST_DELIVERED, migrations.RunSQL.noop),
    ]
