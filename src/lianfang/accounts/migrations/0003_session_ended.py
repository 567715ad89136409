"""Whoever listens is told which session ended: the line that it holds open ends with it."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION accounts_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('session', OLD.digest);
    RETURN NULL;
END $$;
CREATE TRIGGER accounts_session_ended AFTER DELETE ON accounts_session
FOR EACH ROW EXECUTE FUNCTION accounts_session_ended();
"""
BACKWARDS = """
DROP TRIGGER accounts_session_ended ON accounts_session;
DROP FUNCTION accounts_session_ended();
"""


class Migration(migrations.Migration):
    dependencies = (("accounts", "0002_acts"),)
    operations = (migrations.RunSQL(FORWARDS, BACKWARDS),)
