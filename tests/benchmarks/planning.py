"""Plan reminders once, in a process of its own; what it took as JSON."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from partnership.notices.services import plan_reminders  # noqa: E402 - after the set-up
from tests.benchmarks.moments import planned_moment  # noqa: E402


def peak_megabytes():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    began, used = time.perf_counter(), time.process_time()
    new = plan_reminders(now=planned_moment())
    took = {
        "new": new,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "megabytes": peak_megabytes(),
    }
    sys.stdout.write(json.dumps(took))
