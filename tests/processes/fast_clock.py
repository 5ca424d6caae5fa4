"""A clock that runs fast, the same in every process: `FAST_CLOCK` holds where and when it began.

Celery loads it in a worker by `--include`, before the worker takes its first task.
"""

import os
import time
from datetime import datetime, timedelta

from django.utils import timezone


class FastClock:
    """Portal time that began at a moment of this machine's monotonic clock, so many times as fast."""

    def __init__(self, began_at, began, speed):
        self.began_at = began_at
        self.began = began
        self.speed = speed

    def __call__(self):
        return self.at(time.monotonic())

    def at(self, moment):
        return self.began_at + timedelta(seconds=(moment - self.began) * self.speed)

    def said(self):
        return f"{self.began_at.isoformat()} {self.began!r} {self.speed}"

    @classmethod
    def read(cls, said):
        began_at, began, speed = said.split(" ")
        return cls(datetime.fromisoformat(began_at), float(began), float(speed))


if said := os.environ.get("FAST_CLOCK"):
    timezone.now = FastClock.read(said)
