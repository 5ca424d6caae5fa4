"""A private PostgreSQL, Redis and web server on ports of their own, gone when the run ends."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POSTGRES, REDIS, WEB, SINK = range(4)
WEB_WORKERS = 2
STARTS_WITHIN = 30
STOPS_WITHIN = 10
QUIET = {"capture_output": True}


class Machine:
    """The servers of one run; as a context manager it starts the database and the cache."""

    def __init__(self, first_port):
        self.first_port = first_port
        self.folder = Path(tempfile.mkdtemp(prefix="portal-benchmarks-"))
        self.closing = ExitStack()
        self.postgres = self.web = None
        self.environment = {}

    def port(self, server):
        return self.first_port + server

    def __enter__(self):
        self.closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self.folder.chmod(0o711)
            self._start_redis()
            self._start_postgres()
            self.environment = self._environment()
        except BaseException:
            self.closing.close()
            raise
        return self

    def __exit__(self, *_):
        self.closing.close()

    def _environment(self):
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PORTAL_URL": f"http://127.0.0.1:{self.port(WEB)}",
            "REDIS_URL": f"redis://127.0.0.1:{self.port(REDIS)}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port(SINK)}",
            "DATA_DIR": str(self.folder / "data"),
            "LOG_LEVEL": "ERROR",
            "DEBUG": "no",
            "DEMO": "no",
            "HASHED_STATIC": "yes",
        }

    def _start_postgres(self):
        binaries = newest_postgres()
        cluster = self.folder / "cluster"
        cluster.mkdir()
        user = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = pwd.getpwnam("postgres")
            os.chown(cluster, account.pw_uid, account.pw_gid)
            user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        run(
            [binaries / "initdb", "-D", cluster, "-U", "portal", "-A", "trust", "-E", "UTF8"],
            **user,
        )
        command = [binaries / "postgres", "-D", cluster, "-p", str(self.port(POSTGRES))]
        options = ["-c", f"unix_socket_directories={cluster}", "-c", "listen_addresses=127.0.0.1"]
        self.postgres = self._start([*command, *options], "postgres", **user)
        self.stop_by(self.postgres, signal.SIGINT)
        wait_until(lambda: self.sql("SELECT 1", quiet=True), "PostgreSQL")

    def _start_redis(self):
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder]
        port = ["--port", str(self.port(REDIS))]
        self.stop_by(self._start(["redis-server", *port, *options], "redis"), signal.SIGTERM)
        ping = ["redis-cli", "-p", str(self.port(REDIS)), "PING"]
        wait_until(lambda: b"PONG" in subprocess.run(ping, check=False, **QUIET).stdout, "Redis")

    def _start(self, command, name, **options):
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, **{"cwd": "/"} | options)

    def stop_by(self, process, number):
        def stop():
            if process.poll() is None:
                process.send_signal(number)
                try:
                    process.wait(STOPS_WITHIN)
                except subprocess.TimeoutExpired:
                    process.kill()

        self.closing.callback(stop)
        return stop

    def sql(self, statement, *, database="postgres", quiet=False):
        server = ["-h", "127.0.0.1", "-p", str(self.port(POSTGRES)), "-U", "portal"]
        command = ["psql", *server, "-d", database, "-qAtc", statement]
        told = subprocess.DEVNULL if quiet else None
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=told)
        return done.returncode == 0

    def new_database(self, name):
        """An empty database with the portal's tables, and an empty cache; what follows uses both."""
        self.sql(f"CREATE DATABASE {name}")
        address = f"postgresql://portal@127.0.0.1:{self.port(POSTGRES)}/{name}"
        self.environment["DATABASE_URL"] = address
        run(["redis-cli", "-p", str(self.port(REDIS)), "FLUSHALL"])
        self.portal("migrate", "--verbosity", "0")

    def portal(self, *command):
        run([sys.executable, "-m", "django", *command], env=self.environment, cwd=ROOT)

    def python(self, module, *arguments):
        """Run a module of the benchmarks in a process of its own; what it printed."""
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
        done = subprocess.run(
            command, check=True, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    def start_web(self):
        """Gunicorn as it runs for real: two sync workers, hashed static files, no debugging."""
        address = f"127.0.0.1:{self.port(WEB)}"
        options = ["--workers", str(WEB_WORKERS), "--bind", address, "--timeout", "120"]
        self.web = self._start(
            [sys.executable, "-m", "gunicorn", "partnership.wsgi", *options],
            "gunicorn",
            env=self.environment,
            cwd=ROOT,
        )
        stop = self.stop_by(self.web, signal.SIGTERM)
        wait_until(lambda: answers(f"http://{address}/healthz"), "gunicorn")
        return stop

    def start_sink(self):
        command = [sys.executable, "-m", "tests.benchmarks.sink", str(self.port(SINK))]
        sink = self._start(command, "sink", env=self.environment, cwd=ROOT)
        self.stop_by(sink, signal.SIGTERM)
        time.sleep(1)


def newest_postgres():
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    if not found:
        sys.exit("The benchmarks need PostgreSQL's server: sudo apt install postgresql")
    return found[-1]


def run(command, **options):
    done = subprocess.run(
        command, check=False, capture_output=True, **{"cwd": "/", "text": True} | options
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return answer.status == 200
    except OSError:
        return False


def wait_until(is_ready, what):
    until = time.monotonic() + STARTS_WITHIN
    while not is_ready():
        if time.monotonic() > until:
            sys.exit(f"{what} did not start within {STARTS_WITHIN} seconds.")
        time.sleep(0.2)
