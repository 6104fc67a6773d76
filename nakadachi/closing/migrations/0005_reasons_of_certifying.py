"""What the operator wrote when somebody was certified, or not any more, is erased with the rest. See `0003`."""

from django.db import migrations

FIELDS = {
    "member.profile_changed": "changes",
    "member.legal_name_changed": "changes",
    "member.invoice_number_changed": "changes",
    "member.avatar_changed": "changes",
    "member.email_changed": "changes",
    "bankaccount.registered": "changes",
    "session.started": "device,address",
    "session.ended": "device,address",
    "member.suspended": "reason",
    "member.suspension_lifted": "reason",
    "member.viewed": "reason",
    "member.check_refused": "reason",
    "member.made_operator": "reason",
    "member.operator_ended": "reason",
    "member.exported": "wanted",
    "file.stopped": "name",
    "job.edit": "changes",
    "job.close": "reason",
    "proposal.revise": "changes",
    "contract.end": "reason",
    "termschange.propose": "added",
}
CERTIFYING = {"member.certified": "reason", "member.certification_withdrawn": "reason"}


def declared(fields: dict[str, str]) -> str:
    """The function, saying exactly these."""
    rows = ", ".join(f"('{kind}', '{{{names}}}'::text[])" for kind, names in fields.items())
    return f"""
CREATE OR REPLACE FUNCTION closing_event_fields() RETURNS TABLE (kind text, fields text[])
LANGUAGE sql IMMUTABLE AS $$ VALUES {rows} $$;
"""  # noqa: S608  every name in it is written in this module


class Migration(migrations.Migration):
    dependencies = [("closing", "0004_receipts")]
    operations = [migrations.RunSQL(declared({**FIELDS, **CERTIFYING}), declared(FIELDS))]
