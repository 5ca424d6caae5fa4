from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cycles", "0005_when_training_is_to_be_renewed")]

    operations = [
        migrations.AddField(
            model_name="rotadraft",
            name="findings",
            field=models.JSONField(blank=True, default=dict, verbose_name="rules that it breaks"),
        ),
    ]
