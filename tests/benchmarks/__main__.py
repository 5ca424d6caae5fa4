"""The promises of speed, measured: `python3 -m tests.benchmarks` prints the tables.

Speed is a ratio, because machines are noisy: a page's CPU (web workers and PostgreSQL, per request)
over that of the floor, in the same run, by the same server. Needs PostgreSQL and Redis from the
system's packages and the development packages; nothing of it is served to anybody.
"""

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parents[2] / ".venv" / "bin" / "python"


def arguments():
    parser = argparse.ArgumentParser(prog="python3 -m tests.benchmarks")
    parser.add_argument(
        "parts",
        nargs="*",
        help="assets, pages, planning, mails, importing, exporting; all without",
    )
    parser.add_argument("--schools", type=int, nargs="+", default=[1_000, 50_000])
    parser.add_argument("--port", type=int, default=8_900, help="the first of four free ports")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    return parser.parse_args()


def main():
    asked = arguments()
    if importlib.util.find_spec("psutil") is None:
        return subprocess.call([VENV_PYTHON, "-m", "tests.benchmarks", *sys.argv[1:]])
    from tests.benchmarks.exporting import measure_exporting
    from tests.benchmarks.importing import measure_importing
    from tests.benchmarks.machine import Machine
    from tests.benchmarks.reminders import measure_mails, measure_planning
    from tests.benchmarks.serving import measure_assets, measure_pages

    measures = {
        "assets": measure_assets,
        "planning": measure_planning,
        "mails": measure_mails,
        "importing": measure_importing,
        "exporting": measure_exporting,
    }
    with Machine(asked.port) as machine:
        for part in asked.parts or ["pages", *measures]:
            if part == "pages":
                for schools in asked.schools:
                    measure_pages(machine, schools, only=asked.only)
            else:
                measures[part](machine)
    return 0


sys.exit(main())
