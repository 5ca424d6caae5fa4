from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_bodies_have_a_deputy"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="added_at",
            field=models.DateTimeField(null=True, verbose_name="added at"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changed at"),
        ),
    ]
