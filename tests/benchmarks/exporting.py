"""What the whole list of schools costs as a file, in time and memory.

Each part is a process of its own, so that its peak of memory is its own too.
"""

import json
import resource
import sys
import time
from datetime import date

from tests.benchmarks.serving import say

ROWS = 50_000
TODAY = date(2026, 11, 22)
KINDS = ("xlsx", "csv")
MEGABYTES_AT_MOST, SECONDS_AT_MOST = 300, 20


def measure_exporting(machine):
    """Print the table; whether the promise is kept."""
    machine.new_database("exporting")
    machine.python("exporting", "fill")
    told = {kind: json.loads(machine.python("exporting", kind)) for kind in KINDS}
    say(f"\n### {ROWS:,} schools as a file\n")
    say("| file | seconds | at most | memory at its peak | at most | size |")
    say("|---|---|---|---|---|---|")
    for kind, each in told.items():
        say(
            f"| {kind} | {each['seconds']:.1f} | {SECONDS_AT_MOST} | {each['megabytes']:.0f} MB "
            f"| {MEGABYTES_AT_MOST} MB | {each['bytes'] / 1e6:.1f} MB |"
        )
    return all(
        each["megabytes"] <= MEGABYTES_AT_MOST and each["seconds"] <= SECONDS_AT_MOST
        for each in told.values()
    )


def fill():
    from tests.benchmarks.make_schools import make_schools

    make_schools(ROWS)


def measured(kind):
    from alliances.schools.exporting import COLUMNS, export_rows
    from alliances.schools.filters import BY_NAME
    from alliances.schools.models import School
    from partnership.toolkit.exports import export

    before = time.perf_counter()
    rows = export_rows(School.objects.order_by(*BY_NAME), on=TODAY)
    answer = export(kind, name="schools", columns=COLUMNS, rows=rows, on=TODAY)
    size = sum(len(part) for part in answer.streaming_content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - before, "megabytes": peak, "bytes": size}


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        sys.stdout.write(json.dumps(measured(sys.argv[1])))
