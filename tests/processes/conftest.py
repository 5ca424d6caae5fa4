import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import Connection

from tests.partnership.notices.sink import Sink, free_port

ROOT = Path(__file__).resolve().parents[2]
WORKER = f"{sys.executable} -m celery -A partnership worker --pool solo --loglevel INFO".split(" ")


def wait_until(is_so, *, within=120, what="it"):
    end = time.monotonic() + within
    while not is_so():
        if time.monotonic() > end:
            pytest.fail(f"{what} did not come within {within} seconds")
        time.sleep(0.05)


class Redis:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers, what="Redis")

    def answers(self):
        command = ["redis-cli", "-p", str(self.port), "ping"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def kill(self):
        self.process.kill()
        self.process.wait()


class Processes:
    def __init__(self, folder, redis, sink):
        self.folder = folder
        self.redis = redis
        self.sink = sink
        self.workers = {}
        self.clock = None

    def environment(self):
        clock = {} if self.clock is None else {"TOLD_CLOCK": str(self.clock.path)}
        return (
            os.environ
            | clock
            | {
                "DJANGO_SETTINGS_MODULE": "partnership.settings",
                "SECRET_KEY": settings.SECRET_KEY,
                "PORTAL_URL": settings.PORTAL_URL,
                "DATABASE_URL": database_url(),
                "REDIS_URL": self.redis.url,
                "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
                "DATA_DIR": str(self.folder),
                "LOG_LEVEL": "INFO",
            }
        )

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def start_workers(self, *names):
        for name in names:
            with (self.folder / f"{name}.log").open("wb") as log:
                self.workers[name] = subprocess.Popen(
                    [*WORKER, "--hostname", f"{name}@test", *self.included()],
                    cwd=ROOT,
                    env=self.environment(),
                    stdout=log,
                    stderr=log,
                )
        for name in names:
            wait_until(lambda name=name: " ready." in self.log(name), what=name)

    def included(self):
        return [] if self.clock is None else ["--include", "tests.processes.told_clock"]

    def kill_worker(self, name):
        worker = self.workers.pop(name)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def fire(self, task, *, times=1):
        with Connection(self.redis.url) as broker:
            for _ in range(times):
                current_app.send_task(task, connection=broker)

    def wait_for_rest(self):
        wait_until(lambda: self.rests() and not time.sleep(0.3) and self.rests(), what="rest")

    def rests(self):
        with Connection(self.redis.url) as broker:
            queued = broker.default_channel.client.llen("celery")
        logs = [self.log(name) for name in self.workers]
        return not queued and all(
            log.count("] received") == log.count("] succeeded") for log in logs
        )

    def stop(self):
        for worker in self.workers.values():
            worker.kill()
        for worker in self.workers.values():
            worker.wait()


def database_url():
    known = connection.settings_dict
    who = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}@"
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgresql://{who}{port}/{known['NAME']}?host={quote(known['HOST'], safe='')}"


@pytest.fixture
def processes(transactional_db, tmp_path):
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server on PATH")
    redis, sink = Redis(tmp_path), Sink()
    redis.start()
    sink.start()
    running = Processes(tmp_path, redis, sink)
    yield running
    running.stop()
    sink.stop()
    redis.kill()
