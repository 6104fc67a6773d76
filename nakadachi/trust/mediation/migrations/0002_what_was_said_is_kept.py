"""Statements, sealed offers and rulings are added, never changed and never removed: the database sees to it."""

from django.db import migrations

KEPT = ("statement", "sealedoffer", "ruling")
FORWARD = """
CREATE FUNCTION mediation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said in a mediation is never changed';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON mediation_{name}
    FOR EACH ROW EXECUTE FUNCTION mediation_refuse_change();
CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON mediation_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION mediation_refuse_change();
"""
    for name in KEPT
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {name}_append_only ON mediation_{name}; DROP TRIGGER {name}_no_truncate ON mediation_{name};"
        for name in KEPT
    )
    + "DROP FUNCTION mediation_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
