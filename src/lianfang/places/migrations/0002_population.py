from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("places", "0001_places"),)

    operations = (
        migrations.CreateModel(
            name="Population",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("persons", models.PositiveBigIntegerField()),
                ("source", models.CharField(max_length=500)),
            ],
            options={
                "db_table": "place_population",
                "constraints": [models.UniqueConstraint(fields=("code", "day"), name="place_population_once")],
            },
        ),
    )
