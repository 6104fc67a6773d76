"""What a proposal said before it was changed is added, never changed and never removed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION sourcing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'earlier versions of a proposal are never changed';
END $$;
CREATE TRIGGER proposal_version_append_only BEFORE UPDATE OR DELETE ON sourcing_proposalversion
    FOR EACH ROW EXECUTE FUNCTION sourcing_refuse_change();
CREATE TRIGGER proposal_version_no_truncate BEFORE TRUNCATE ON sourcing_proposalversion
    FOR EACH STATEMENT EXECUTE FUNCTION sourcing_refuse_change();
"""
BACKWARD = """
DROP TRIGGER proposal_version_append_only ON sourcing_proposalversion;
DROP TRIGGER proposal_version_no_truncate ON sourcing_proposalversion;
DROP FUNCTION sourcing_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("sourcing", "0003_revise_key")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
