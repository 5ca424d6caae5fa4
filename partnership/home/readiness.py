"""Whether the portal can do its work: database, broker, outbox and beat, told without details."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from partnership.notices.models import Notice

logger = logging.getLogger(__name__)

BEAT_KEY = "home:last-beat"
BEAT_MAY_BE_SILENT = timedelta(minutes=3)
NOTICES_MAY_WAIT = timedelta(minutes=15)
OUT_OF_REACH = (DatabaseError, OperationalError, RedisError, OSError)


@dataclass(frozen=True)
class Part:
    """One thing the portal depends on: whether it works, and how old it is in seconds."""

    is_ready: bool
    age: int | None = None


def record_beat(*, now: datetime) -> None:
    """Keep the moment of the last beat, for as long as nobody clears the cache."""
    cache.set(BEAT_KEY, now, timeout=None)


def readiness(*, now: datetime) -> dict[str, Part]:
    """Each part by name; a part that cannot be asked is not ready."""
    checks: dict[str, Callable[[datetime], Part]] = {
        "database": _database,
        "broker": _broker,
        "notices": _notices,
        "beat": _beat,
    }
    return {name: _asked(name, check, now) for name, check in checks.items()}


def _asked(name: str, check: Callable[[datetime], Part], now: datetime) -> Part:
    try:
        return check(now)
    except OUT_OF_REACH:
        logger.warning("Not ready: %s is out of reach", name)
        return Part(is_ready=False)


def _database(_now: datetime) -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Part(is_ready=True)


def _broker(_now: datetime) -> Part:
    with current_app.connection_for_write() as broker:
        broker.transport_options = {"socket_connect_timeout": 2, "socket_timeout": 2}
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        with broker.channel():
            return Part(is_ready=True)


def _notices(now: datetime) -> Part:
    age = Notice.objects.oldest_due_age(now)
    if age is None:
        return Part(is_ready=True)
    return Part(is_ready=age <= NOTICES_MAY_WAIT, age=int(age.total_seconds()))


def _beat(now: datetime) -> Part:
    last_beat: datetime | None = cache.get(BEAT_KEY)
    if last_beat is None:
        return Part(is_ready=False)
    age = now - last_beat
    return Part(is_ready=age <= BEAT_MAY_BE_SILENT, age=int(age.total_seconds()))
