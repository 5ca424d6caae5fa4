from django.db import migrations
from django.db.models import Q

from partnership.toolkit.folding import bare_words, folded

BATCH = 2_000
BEGINS = "schools_by_beginning"


def searchable(school):
    postcodes = f"{school.postcode} {school.postcode.replace(' ', '')}"
    words = folded(f"{school.name} {school.urn} {postcodes} {school.town} {school.head_name}")
    return f"{words} {bare_words(folded(school.name))}".strip()[:400]


def fill(apps, schema_editor):
    schools = apps.get_model("schools", "School").objects
    marked = (
        Q(search_text__contains="'") | Q(search_text__contains=".") | Q(search_text__contains="-")
    )
    waiting = schools.filter(marked | ~Q(head_name="")).order_by("pk")
    last = 0
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        for school in batch:
            school.search_text = searchable(school)
        schools.bulk_update(batch, ["search_text"])
        last = batch[-1].pk


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {BEGINS} ON schools_school (search_text text_pattern_ops)"
        )


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {BEGINS}")


class Migration(migrations.Migration):
    dependencies = [("schools", "0008_departures")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(add_index, remove_index),
    ]
