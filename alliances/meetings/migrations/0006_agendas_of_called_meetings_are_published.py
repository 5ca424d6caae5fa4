from django.db import migrations
from django.db.models import F


def publish(apps, _schema_editor):
    """Until now an agenda was shown as soon as its meeting was called."""
    meetings = apps.get_model("meetings", "Meeting").objects
    with_items = apps.get_model("meetings", "AgendaItem").objects.values("meeting")
    called = meetings.exclude(state="draft").filter(agenda_published_at=None, pk__in=with_items)
    called.update(agenda_published_at=F("called_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_minutes_sent_back_and_changed_with_a_reason"),
    ]

    operations = [
        migrations.RunPython(publish, migrations.RunPython.noop, elidable=True),
    ]
