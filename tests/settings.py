"""The settings of the tests: production's, told by the environment that this is a test.

DATABASE_URL and REDIS_URL from outside run the same suite on PostgreSQL and Redis.
"""

import os
import tempfile
from urllib.parse import urlsplit, urlunsplit

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FOLDER = tempfile.mkdtemp(prefix="portal-tests-")

for name, value in {
    "SECRET_KEY": "known-to-every-reader-of-the-tests-and-used-nowhere-else",
    "PORTAL_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATABASE_URL": "sqlite:///",
    "REDIS_URL": "",
    "EMAIL_URL": "file:",
    "HASHED_STATIC": "no",
    "STAFF_NEED_SECOND_FACTOR": "no",
    "LOG_LEVEL": "WARNING",
}.items():
    os.environ.setdefault(name, value)
os.environ["DATA_DIR"] = FOLDER
if os.environ[
    "REDIS_URL"
]:  # clearing a cache empties its whole Redis database: one for each worker
    os.environ["REDIS_URL"] = urlunsplit(
        urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{WORKER}")
    )

from partnership.settings import *  # noqa: E402, F403 - after the environment, and all of them
from partnership.settings import BASE_DIR, STATIC_ROOT, TEMPLATES  # noqa: E402 - after the environment
from tests.undefined import Undefined  # noqa: E402 - with its neighbours

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined(BASE_DIR / "templates")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STATIC_ROOT.mkdir()
