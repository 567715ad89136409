"""Where the sender of what was set aside was at work: the area that was sent may be any."""

from django.db import migrations

FORWARDS = """
ALTER TABLE fact_set_aside ADD COLUMN sent_from text NOT NULL DEFAULT '';
UPDATE fact_set_aside SET sent_from = area;
ALTER TABLE fact_set_aside ALTER COLUMN sent_from DROP DEFAULT;
"""
BACKWARDS = "ALTER TABLE fact_set_aside DROP COLUMN sent_from;"


class Migration(migrations.Migration):
    dependencies = (("facts", "0001_record"),)
    operations = (migrations.RunSQL(FORWARDS, BACKWARDS),)
