"""The promises of the rota, measured: `python3 -m tests.benchmarks.rota` prints the table.

Fifteen of a hundred days are blocked at random, the same each time. Needs the installed packages
and nothing else; ends with 1 when a promise is broken.
"""

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parents[3] / ".venv" / "bin" / "python"


def main():
    parser = argparse.ArgumentParser(prog="python3 -m tests.benchmarks.rota")
    parser.add_argument("--only", default="", help="rows whose name has this in it")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    asked = parser.parse_args()
    if importlib.util.find_spec("ortools") is None:
        return subprocess.call([VENV_PYTHON, "-m", "tests.benchmarks.rota", *sys.argv[1:]])
    from reviews.cycles.rota import Effort
    from tests.benchmarks.rota.measuring import measure

    return measure(asked.only, asked.seeds, Effort().from_now())


sys.exit(main())
