from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_agenda_items_know_when_they_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="minutes_check_due_at",
            field=models.DateTimeField(null=True, verbose_name="minutes to be checked by"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_sent_back_because",
            field=models.CharField(
                blank=True,
                default="",
                max_length=500,
                verbose_name="what the chair asks to be put right",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="minute",
            name="changed_because",
            field=models.CharField(
                blank=True,
                default="",
                max_length=300,
                verbose_name="why it was changed after it was checked",
            ),
            preserve_default=False,
        ),
    ]
