from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("progress", "0005_visits_without_their_note_are_found")]

    operations = [
        migrations.AddIndex(
            model_name="planaction",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True)),
                fields=["due_at"],
                name="plan_actions_to_do",
            ),
        ),
    ]
