#!/usr/bin/env python3
"""The portal's commands. On a machine with only Python the first run fetches the packages itself.

    python3 manage.py demo [--port 8000] [--no-browser] [--fresh]
    python3 manage.py test [pytest arguments]

Every other command is Django's or the portal's own: see `python3 manage.py help`.
Until the packages are there, nothing but the standard library is used.
"""

import argparse
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - said in a sentence where an older Python starts this
    sys.exit("The portal needs Python 3.11 or newer: try python3.11, python3.12 or python3.13.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUNTIME_LOCK = "requirements.txt"
DEVELOPMENT_LOCK = "requirements-dev.txt"
NEEDED = ("django", "celery", "allauth", "bootstrap_wrapper", "ortools")
NEEDED_FOR_TESTS = ("pytest", "pytest_django", "xdist")
ASKS_NOTHING = ("plan_rota",)  # reads a file and writes one, whatever the portal is set to
NO_INSTALLER = (
    "This Python can neither make a virtual environment nor install packages.\n"
    "Install what is missing and run the same command again:\n"
    "    sudo apt install python3-venv        (Debian, Ubuntu)\n"
    "    or install uv: https://docs.astral.sh/uv/"
)
NOT_FETCHED = (
    "The packages could not be fetched; the reason stands above.\n"
    "Run the same command again: it goes on where it stopped."
)


def main() -> int:
    """Run the command, in a virtual environment of its own if there is no other."""
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    lock = DEVELOPMENT_LOCK if command == "test" else RUNTIME_LOCK
    needed = NEEDED + NEEDED_FOR_TESTS if command == "test" else NEEDED
    if not all(importlib.util.find_spec(name) for name in needed):
        if not in_virtual_environment():
            fetch_packages(lock)
            return run_again_in_venv()
        if not is_our_own_venv():
            sys.exit(f"Packages are missing here: python -m pip install -r {ROOT / lock}")
        fetch_packages(lock)
        importlib.invalidate_caches()
    is_demo = os.environ.get("DEMO", "").lower() in {"1", "yes", "true", "on"}
    if command == "demo" or is_demo or (command in ASKS_NOTHING and "SECRET_KEY" not in os.environ):
        settle_demo(sys.argv[2:])
    if command == "test":
        return run_tests(sys.argv[2:])
    return run_django()


def in_virtual_environment() -> bool:
    return sys.prefix != sys.base_prefix


def is_our_own_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV and any(VENV.glob("*.sha256"))


def fetch_packages(lock: str) -> None:
    """Make .venv and install the lock there, unless its stamp says that this is done."""
    if is_installed(lock):
        return
    say(f"Preparing the packages in {VENV} (once; this takes a minute)")
    make_venv()
    tried = False
    for installer in installers():
        tried = True
        say(f"Installing {lock} with {installer[0]}")
        if run([*installer[1], "--require-hashes", "-r", str(ROOT / lock)]):
            stamp(lock).write_text(fingerprint(lock), encoding="ascii")
            say("The packages are ready")
            return
    sys.exit(NOT_FETCHED if tried else NO_INSTALLER)


def is_installed(lock: str) -> bool:
    """Whether this lock, or the development lock that contains it, was installed as it is now."""
    return VENV_PYTHON.exists() and any(
        stamp(name).exists() and stamp(name).read_text(encoding="ascii") == fingerprint(name)
        for name in {lock, DEVELOPMENT_LOCK}
    )


def stamp(lock: str) -> Path:
    return VENV / f"{lock}.sha256"


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make_venv() -> None:
    """Make .venv without pip, unless an earlier run got so far."""
    if VENV_PYTHON.exists() and run([str(VENV_PYTHON), "-c", ""], quiet=True):
        return
    makers = [[sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]]
    if uv := find_uv():
        makers.insert(0, [uv, "venv", "--clear", "--python", sys.executable, str(VENV)])
    if not any(run(maker, quiet=True) for maker in makers):
        sys.exit(NO_INSTALLER)


def installers() -> Iterator[tuple[str, list[str]]]:
    """What can install into .venv on this machine, the quickest first."""
    if uv := find_uv():
        yield "uv", [uv, "pip", "install", "--python", str(VENV_PYTHON)]
    options = ["--disable-pip-version-check", "--no-input"]
    own_pip = [str(VENV_PYTHON), "-m", "pip"]
    if run([*own_pip, "--version"], quiet=True) or run(
        [str(VENV_PYTHON), "-m", "ensurepip", "--default-pip"], quiet=True
    ):
        yield "pip", [*own_pip, "install", *options]
        return
    system_pip = [sys.executable, "-m", "pip"]
    if run([*system_pip, "--version"], quiet=True):
        yield "the system's pip", [*system_pip, "--python", str(VENV_PYTHON), "install", *options]


def find_uv() -> str | None:
    uv = shutil.which("uv")
    return uv if uv and run([uv, "--version"], quiet=True) else None


def run(command: list[str], *, quiet: bool = False) -> bool:
    """Run a step and say whether it worked; the certificates are the system's own."""
    told = subprocess.DEVNULL if quiet else sys.stderr
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    environment.pop("PYTHONHOME", None)
    try:
        done = subprocess.run(  # noqa: S603 - the commands above
            command, check=False, stdout=told, stderr=told, env=environment, cwd=ROOT
        )
    except OSError:
        return False
    return done.returncode == 0


def run_again_in_venv() -> int:
    """Run the same command in .venv, pass signals on and return its exit code."""
    child = subprocess.Popen([str(VENV_PYTHON), *sys.argv])  # noqa: S603 - this very command

    def pass_on(number: int, _frame: object) -> None:
        if os.name != "nt" and child.poll() is None:  # a Windows console tells both by itself
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on)
    code = child.wait()
    return code if code >= 0 else 128 - code


def settle_demo(arguments: list[str]) -> None:
    """Give the demo its own environment; a variable that is set already stays as it is."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", default="8000")
    port = parser.parse_known_args(arguments)[0].port
    folder = ROOT / "var" / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    database = urllib.parse.quote((folder / "portal.sqlite3").as_posix())
    environment = {
        "DEMO": "1",
        "PORTAL_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    for name, value in environment.items():
        os.environ.setdefault(name, value)
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        sys.argv += ["--no-browser"] if sys.argv[1] == "demo" else []
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = kept_secret(folder / "secret")


def kept_secret(file: Path) -> str:
    """The demo's own key, drawn once, so that a restart signs nobody out."""
    if not file.exists() or not file.read_text(encoding="ascii"):
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


def run_tests(arguments: list[str]) -> int:
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import pytest  # noqa: PLC0415 - only a developer's machine has it

    return int(pytest.main(["-n", "auto", *arguments]))


def run_django() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - fetched above
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - fetched above

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    return 0


def say(sentence: str) -> None:
    print(f"→ {sentence}", file=sys.stderr, flush=True)  # noqa: T201 - no logging yet


if __name__ == "__main__":
    sys.exit(main())
