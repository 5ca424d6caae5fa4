from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_programmes_in_a_state_are_found")]

    operations = [
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(fields=["director", "state"], name="programmes_looked_after"),
        ),
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(
                condition=models.Q(
                    ("judged_at__isnull", True), ("replied_at__isnull", False), ("state", "open")
                ),
                fields=["director"],
                name="programmes_to_judge",
            ),
        ),
    ]
