from django.db import migrations, models
from django.db.models import Q

FILL = """
UPDATE contracts_contract SET deal_ends_at = GREATEST(
    ((agreed_at AT TIME ZONE 'Asia/Tokyo')::date + interval '1 year' + interval '23 hours 59 minutes')
        AT TIME ZONE 'Asia/Tokyo',
    ((now() AT TIME ZONE 'Asia/Tokyo')::date + interval '3 months' + interval '23 hours 59 minutes')
        AT TIME ZONE 'Asia/Tokyo'
) WHERE agreed_at IS NOT NULL AND format <> 'hourly'
"""
"""Contracts that were agreed before there was a deadline have at least three months from this day on."""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0011_going_on")]

    operations = [
        migrations.AddField(model_name="contract", name="deal_ends_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["deal_ends_at"], condition=Q(status="active"), name="contract_by_deadline"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=Q(deal_ends_at__isnull=False) ^ (Q(format="hourly") | Q(agreed_at__isnull=True)),
                name="contract_has_deadline",
            ),
        ),
        migrations.AddField(model_name="termschange", name="deal_ends_on", field=models.DateField(null=True)),
        migrations.RemoveConstraint(model_name="termschange", name="terms_change_changes_something"),
        migrations.AddConstraint(
            model_name="termschange",
            constraint=models.CheckConstraint(
                condition=~Q(dates=[], added=[], prices=[], scope="", rate__isnull=True, deal_ends_on__isnull=True),
                name="terms_change_changes_something",
            ),
        ),
    ]
