"""What an import of the register costs, over a bare read of the same file and a bulk insert.

Each part is a process of its own, so that its peak of memory is its own too.
"""

import csv
import io
import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.benchmarks.measuring import running_seconds
from tests.benchmarks.serving import say

ROWS = 22_000
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PARTS = ("bare", "first", "second")
FIRST_AT_MOST, AGAIN_AT_MOST, MEGABYTES_AT_MOST = 4, 0.5, 300
DAYS = ("opened_on",)
NUMBERS = ("urn", "establishment_number", "low_age", "high_age", "ukprn")


def measure_importing(machine):
    """Print the table; whether each promise is kept."""
    machine.new_database("importing")
    file = machine.folder / "all20250717.csv"
    machine.python("importing", "file", file)
    told = {part: json.loads(machine.python("importing", part, file)) for part in PARTS}
    first = told["first"]["seconds"] / told["bare"]["seconds"]
    second = told["second"]["seconds"] / told["first"]["seconds"]
    megabytes = max(each["megabytes"] for each in told.values())
    rows = (
        ("bare csv read and bulk insert", told["bare"]["seconds"], "1", ""),
        ("first import", told["first"]["seconds"], f"{first:.1f}", FIRST_AT_MOST),
        (
            "the same file again, over the first",
            told["second"]["seconds"],
            f"{second:.2f}",
            AGAIN_AT_MOST,
        ),
    )
    say(f"\n### Importing {ROWS:,} rows of the register\n")
    say("| part | seconds of CPU | ratio | at most |\n|---|---|---|---|")
    for part, seconds, ratio, most in rows:
        say(f"| {part} | {seconds:.2f} | {ratio} | {most} |")
    say(f"| memory at its peak | | {megabytes:.0f} MB | {MEGABYTES_AT_MOST} MB |")
    return first <= FIRST_AT_MOST and second <= AGAIN_AT_MOST and megabytes <= MEGABYTES_AT_MOST


def bare(content):
    """Read by csv and insert the same fields in bulk: what nobody can do without."""
    from django.db import transaction

    from alliances.schools.models import Authority, School
    from alliances.schools.register.layout import COLUMNS

    rows = csv.reader(io.StringIO(content.decode("cp1252"), newline=""))
    header = next(rows)
    fields = [
        (column.field, header.index(column.header))
        for column in COLUMNS
        if column.header in header and not column.field.startswith("authority")
    ]
    code, name = header.index("LA (code)"), header.index("LA (name)")
    authorities, made = {}, []
    with transaction.atomic():
        for row in rows:
            if row[code] not in authorities:
                told = {"name": row[name]}
                authorities[row[code]], _new = Authority.objects.get_or_create(
                    code=row[code], defaults=told
                )
            facts = {field: row[at] for field, at in fields}
            for field in NUMBERS:
                facts[field] = int(facts[field]) if facts[field] else None
            for field in DAYS:
                day = facts[field]
                facts[field] = f"{day[6:]}-{day[3:5]}-{day[:2]}" if day else None
            made.append(School(authority=authorities[row[code]], **facts))
        School.objects.bulk_create(made, batch_size=1_000)
        transaction.set_rollback(True)


def imported(content):
    from alliances.schools.services import import_register

    return import_register(content=content, name="all20250717.csv", by=None, now=NOW)


def measured(part, file):
    import django

    django.setup()
    from django.db import connection

    content = file.read_bytes()
    connection.ensure_connection()
    before, served = time.process_time(), _backend_seconds(connection)
    bare(content) if part == "bare" else imported(content)
    seconds = time.process_time() - before + _backend_seconds(connection) - served
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": peak}


def _backend_seconds(connection):
    """CPU of the PostgreSQL process that serves this connection."""
    return running_seconds(psutil.Process(connection.connection.info.backend_pid))


def make_file(file):
    import django

    django.setup()
    from tests.benchmarks.make_schools import make_extract

    file.write_bytes(make_extract(ROWS))


if __name__ == "__main__":
    asked, path = sys.argv[1], Path(sys.argv[2])
    if asked == "file":
        make_file(path)
    else:
        sys.stdout.write(json.dumps(measured(asked, path)))
