from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("progress", "0006_late_actions_of_plans_are_found")]

    operations = [
        migrations.AddIndex(
            model_name="termreview",
            index=models.Index(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    ("shown_at__isnull", False),
                    models.Q(("differs", False), ("talked_at__isnull", False), _connector="OR"),
                ),
                fields=["shown_at", "id"],
                name="term_reviews_to_close",
            ),
        ),
    ]
