from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    operations = (
        migrations.RunSQL(
            """
            CREATE TABLE trial_household (
                number bigint GENERATED ALWAYS AS IDENTITY,
                subject uuid PRIMARY KEY,
                visits integer NOT NULL,
                last_temp_c double precision,
                closed boolean NOT NULL
            );
            CREATE INDEX trial_household_closed ON trial_household (closed, visits);
            """,
            "DROP TABLE trial_household",
        ),
    )
