"""A declined place says by when somebody else is to be found; a day that was called off may stand again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cycles", "0002_versions_of_themes_and_labels")]

    operations = [
        migrations.AddField(
            model_name="dayplace",
            name="fill_by",
            field=models.DateTimeField(
                "somebody else to be found by",
                blank=True,
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="rotachange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("published", "Published"),
                    ("moved", "Moved"),
                    ("team", "Team changed"),
                    ("declined", "Visit declined"),
                    ("cancelled", "Called off"),
                    ("restored", "Takes place after all"),
                ],
                max_length=10,
            ),
        ),
    ]
