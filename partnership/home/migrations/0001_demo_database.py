from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DemoDatabase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "demo database",
                "verbose_name_plural": "demo databases",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="a_database_is_marked_as_the_demo_once",
                        violation_error_message="This database is marked as the demo already.",
                    )
                ],
            },
        ),
    ]
