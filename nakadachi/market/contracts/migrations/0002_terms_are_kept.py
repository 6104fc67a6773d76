"""Written terms are added, never changed and never removed: the database sees to it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION contracts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'written terms are never changed';
END $$;
CREATE TRIGGER terms_append_only BEFORE UPDATE OR DELETE ON contracts_terms
    FOR EACH ROW EXECUTE FUNCTION contracts_refuse_change();
CREATE TRIGGER terms_no_truncate BEFORE TRUNCATE ON contracts_terms
    FOR EACH STATEMENT EXECUTE FUNCTION contracts_refuse_change();
"""
BACKWARD = """
DROP TRIGGER terms_append_only ON contracts_terms;
DROP TRIGGER terms_no_truncate ON contracts_terms;
DROP FUNCTION contracts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
