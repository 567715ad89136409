"""Whoever listens is told that facts were appended, when they are there: once a transaction, whatever wrote it."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION fact_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('fact', '');
    RETURN NULL;
END $$;
CREATE TRIGGER fact_told AFTER UPDATE ON fact_head FOR EACH STATEMENT EXECUTE FUNCTION fact_told();
"""
BACKWARDS = """
DROP TRIGGER fact_told ON fact_head;
DROP FUNCTION fact_told();
"""


class Migration(migrations.Migration):
    dependencies = (("facts", "0004_of_subjects"),)
    operations = (migrations.RunSQL(FORWARDS, BACKWARDS),)
