"""All facts of some subjects. As in fact_held: neither a sequential scan nor one by ``seq`` is ever right here,
whatever the statistics of a table that grows fast say."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION fact_of(subjects uuid[]) RETURNS SETOF fact
LANGUAGE sql STABLE SET enable_seqscan = off
AS 'SELECT f.* FROM fact f WHERE f.subject = ANY (subjects)';
"""


class Migration(migrations.Migration):
    dependencies = (("facts", "0003_by_subject"),)
    operations = (migrations.RunSQL(FORWARDS, "DROP FUNCTION fact_of(uuid[])"),)
