"""Migrations run once: every test database after the first is a copy of what they made.

The copy is kept beside pytest's cache or in the PostgreSQL cluster, named for all that was migrated.
"""

import hashlib
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

PREFIX = "test_migrated_"
IN_MEMORY = f"file:memorydb_{connection.alias}?mode=memory&cache=shared"


def fingerprint():
    """A name for everything that decides what the migrations make."""
    whole = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    migrations = MigrationLoader(None).disk_migrations
    for key in sorted(migrations):
        whole.update(Path(sys.modules[migrations[key].__module__].__file__).read_bytes())
    return whole.hexdigest()[:16]


def beside_the_test_database():
    return connection._nodb_cursor()  # noqa: SLF001 - as Django itself makes its test databases


class Migrated:
    """What the migrations made, for one run of the tests; who finds it missing keeps the others out."""

    def __init__(self, folder):
        self.name = f"{PREFIX}{fingerprint()}"
        self.file = folder / f"{self.name}.sqlite3"
        self.lock = sqlite3.connect(folder / "lock", timeout=1_200, isolation_level=None)
        self.held_open = None

    def begin(self):
        self.lock.execute("BEGIN EXCLUSIVE")
        is_kept = self.copy_postgresql() if self.is_postgresql else self.copy_sqlite()
        if is_kept:
            self.lock.rollback()

    def keep(self):
        """Keep what was migrated just now, unless it was a copy itself."""
        if self.held_open is not None:
            self.held_open.close()
        if self.lock.in_transaction:
            _ = self.keep_postgresql() if self.is_postgresql else self.keep_sqlite()
            self.lock.rollback()
        self.lock.close()

    @property
    def is_postgresql(self):
        return connection.vendor == "postgresql"

    def copy_sqlite(self):
        """SQLite forgets a database in memory with its last connection: this one waits for Django's."""
        if not self.file.exists():
            return False
        self.held_open = sqlite3.connect(IN_MEMORY, uri=True)
        with closing(sqlite3.connect(self.file)) as kept:
            kept.backup(self.held_open)
        return True

    def keep_sqlite(self):
        for older in self.file.parent.glob(f"{PREFIX}*"):
            older.unlink()
        half = self.file.with_suffix(".half")
        with closing(sqlite3.connect(half)) as kept:
            connection.connection.backup(kept)
        half.replace(self.file)

    def copy_postgresql(self):
        with beside_the_test_database() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            is_kept = cursor.fetchone() is not None
        if is_kept:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        return is_kept

    def keep_postgresql(self):
        made = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()
        with beside_the_test_database() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
            for (older,) in cursor.fetchall():
                cursor.execute(f"DROP DATABASE IF EXISTS {older}")
            cursor.execute(f"CREATE DATABASE {self.name} TEMPLATE {made}")
