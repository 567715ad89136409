from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("supplies", "0005_anew"),)
    operations = (
        migrations.AddIndex(
            "movementrow",
            models.Index(fields=["process", "-at"], condition=models.Q(late=True), name="supplies_movement_late"),
        ),
    )
