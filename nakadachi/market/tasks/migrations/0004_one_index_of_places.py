"""One index of the free places: of two, the planner may take the one that reads through all that were taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_one_claim_per_place")]
    operations = [
        migrations.RemoveConstraint(model_name="slot", name="slot_number_once"),
        migrations.RemoveIndex(model_name="slot", name="slot_free"),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_free", True)), fields=("task", "number"), name="slot_free"
            ),
        ),
    ]
