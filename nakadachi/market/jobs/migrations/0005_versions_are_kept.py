"""The texts of a posting that others replaced are added, never changed and never removed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION jobs_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'earlier versions of a job are never changed';
END $$;
CREATE TRIGGER job_version_append_only BEFORE UPDATE OR DELETE ON jobs_jobversion
    FOR EACH ROW EXECUTE FUNCTION jobs_refuse_change();
CREATE TRIGGER job_version_no_truncate BEFORE TRUNCATE ON jobs_jobversion
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_refuse_change();
"""
BACKWARD = """
DROP TRIGGER job_version_append_only ON jobs_jobversion;
DROP TRIGGER job_version_no_truncate ON jobs_jobversion;
DROP FUNCTION jobs_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_ways_of_working")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
