"""The subjects of a batch of which the log holds facts already, and what began them. As in fact_held: a sequential scan
is never right here, whatever the statistics of a table that grows fast say."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION fact_earlier(subjects uuid[], before bigint) RETURNS SETOF uuid
LANGUAGE sql STABLE SET enable_seqscan = off
AS 'SELECT DISTINCT f.subject FROM fact f WHERE f.subject = ANY (subjects) AND f.seq + 0 < before';
CREATE FUNCTION fact_begun(subjects uuid[], kinds text[]) RETURNS TABLE (subject uuid, id uuid, area text)
LANGUAGE sql STABLE SET enable_seqscan = off
AS 'SELECT f.subject, f.id, f.area FROM fact f WHERE f.subject = ANY (subjects) AND f.kind = ANY (kinds)';
"""
BACKWARDS = "DROP FUNCTION fact_earlier(uuid[], bigint); DROP FUNCTION fact_begun(uuid[], text[]);"


class Migration(migrations.Migration):
    dependencies = (("facts", "0002_sent_from"),)
    operations = (migrations.RunSQL(FORWARDS, BACKWARDS),)
