"""One constraint instead of five: each is read anew for every statement that writes a claim."""

from django.db import migrations, models

REPLACED = (
    "claim_status_known",
    "claim_submitted_since",
    "claim_submitted_has_timer",
    "claim_rejected_has_reason",
    "claim_appealed_has_timer",
)
ANSWERED = (
    models.Q(status__in=["approved", "refused"])
    | models.Q(status="submitted", auto_approve_at__isnull=False)
    | (models.Q(status="rejected", appeal_by__isnull=False) & ~models.Q(reason=""))
    | (models.Q(status="appealed", decide_by__isnull=False) & ~models.Q(appeal_text=""))
)
WHOLE = models.Q(status__in=["reserved", "lapsed"], submitted_at__isnull=True) | (
    models.Q(submitted_at__isnull=False) & ANSWERED
)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_free_places")]
    operations = [
        *(migrations.RemoveConstraint(model_name="claim", name=name) for name in REPLACED),
        migrations.AddConstraint(
            model_name="claim", constraint=models.CheckConstraint(condition=WHOLE, name="claim_whole")
        ),
    ]
