"""A cycle is found by name, year and alliance, whatever their capitals and marks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cycles", "0003_places_say_until_when_they_are_filled")]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="search_text",
            field=models.CharField(default="", editable=False, max_length=300),
            preserve_default=False,
        ),
    ]
