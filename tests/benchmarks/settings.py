"""The settings of production, with the floor's page and the count of SELECTs beside them."""

from partnership.settings import *  # noqa: F403 - all of them
from partnership.settings import BASE_DIR, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "tests.benchmarks.floor"
MIDDLEWARE = ["tests.benchmarks.floor.CountQueries", *MIDDLEWARE]
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests" / "benchmarks" / "templates"]
