"""The first run on a bare machine, played with a tiny package in place of the real ones."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BARE_PYTHON = getattr(sys, "_base_executable", sys.executable)
PRETENDED_DJANGO = """
import os, sys, time

def execute_from_command_line(arguments):
    print(sys.prefix, *arguments[1:])
    print(*(f"{name}={os.environ.get(name)}" for name in ("DATABASE_URL", "PORTAL_URL", "DEMO")))
    if "sleep" in arguments:
        print("asleep", flush=True)
        try:
            time.sleep(30)
        except KeyboardInterrupt:
            sys.exit(7)
    sys.exit(3 if "fail" in arguments else 0)
"""
PRETENDED = {
    "django/__init__.py": "",
    "django/core/__init__.py": "",
    "django/core/exceptions.py": "class ImproperlyConfigured(Exception): pass",
    "django/core/management.py": PRETENDED_DJANGO,
    "celery.py": "",
    "allauth.py": "",
    "bootstrap_wrapper.py": "",
}


def bare_python_has(module):
    code = f"import importlib.util as u, sys; sys.exit(u.find_spec('{module}') is None)"
    return subprocess.run([BARE_PYTHON, "-c", code], check=False).returncode == 0


HAS_PIP = bare_python_has("pip")
pytestmark = pytest.mark.skipif(
    bare_python_has("django") or not (HAS_PIP or bare_python_has("ensurepip")),
    reason="this machine’s own Python has Django already, or nothing to install it with",
)


@pytest.fixture
def clone(tmp_path):
    return make_clone(tmp_path / "clone")


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    """What makes the installation quick: the system's pip, where there is one."""
    folder = tmp_path_factory.mktemp("quick") / "modules"
    return {"PYTHONPATH": without(folder, "ensurepip")} if HAS_PIP else {}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, quick):
    clone = make_clone(tmp_path_factory.mktemp("prepared") / "clone")
    assert manage(clone, "check", **quick).returncode == 0
    return clone


def make_clone(clone):
    """A clone whose lock asks for one tiny wheel beside it."""
    clone.mkdir()
    shutil.copy(ROOT / "manage.py", clone)
    wheel = clone / "pretended-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in PRETENDED.items():
            archive.writestr(name, text)
        info = "pretended-1.dist-info"
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: pretended\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = f"pretended @ {wheel.as_uri()} --hash=sha256:{digest}\n"
    (clone / "requirements.txt").write_text(lock)
    (clone / "requirements-dev.txt").write_text(lock)
    return clone


def bare_environment(**changes):
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR", "LANG") if name in os.environ}
    return kept | {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1"} | changes


def manage(clone, *arguments, **changes):
    return subprocess.run(
        [BARE_PYTHON, str(clone / "manage.py"), *arguments],
        env=bare_environment(**changes),
        capture_output=True,
        text=True,
        check=False,
        cwd=clone.parent,
    )


def without(folder, *modules):
    """A folder for PYTHONPATH in which these modules of the standard library are missing."""
    folder.mkdir()
    for name in modules:
        (folder / f"{name}.py").write_text(f"raise ImportError('no {name} here')\n")
    return str(folder)


def test_first_run_fetches_the_packages_and_the_second_is_instant(clone):
    first = manage(clone, "check")
    second = manage(clone, "check")

    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0] == f"{clone / '.venv'} check"
    assert "The packages are ready" in first.stderr
    assert (second.returncode, second.stderr) == (0, "")


def test_exit_code_is_passed_on(prepared):
    assert manage(prepared, "fail").returncode == 3


def test_changed_lock_is_installed_again(prepared, quick):
    with (prepared / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")

    assert "Installing requirements.txt" in manage(prepared, "check", **quick).stderr


def test_half_finished_first_run_goes_on(clone, quick):
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "pyvenv.cfg").write_text("half")

    assert manage(clone, "check", **quick).returncode == 0


def test_packages_that_cannot_be_fetched_are_said_and_fetched_later(clone, quick):
    lock = (clone / "requirements.txt").read_text()
    (clone / "requirements.txt").write_text(lock.replace("sha256:", "sha256:0000")[:-5] + "\n")
    refused = manage(clone, "check", **quick)
    (clone / "requirements.txt").write_text(lock)

    assert refused.returncode == 1
    assert refused.stderr.endswith("Run the same command again: it goes on where it stopped.\n")
    assert manage(clone, "check", **quick).returncode == 0


@pytest.mark.skipif(not HAS_PIP, reason="this machine’s own Python has no pip")
def test_without_ensurepip_the_systems_pip_installs(clone, tmp_path):
    crippled = without(tmp_path / "crippled", "ensurepip")

    done = manage(clone, "check", PYTHONPATH=crippled)

    assert done.returncode == 0, done.stderr
    assert "Installing requirements.txt with the system's pip" in done.stderr


def test_without_pip_the_missing_package_is_named(clone, tmp_path):
    crippled = without(tmp_path / "crippled", "ensurepip", "pip")

    refused = manage(clone, "check", PYTHONPATH=crippled)

    assert refused.returncode == 1
    assert "sudo apt install python3-venv" in refused.stderr


def test_without_venv_the_missing_package_is_named(clone, tmp_path):
    crippled = without(tmp_path / "crippled", "venv")

    refused = manage(clone, "check", PYTHONPATH=crippled)

    assert refused.returncode == 1
    assert "sudo apt install python3-venv" in refused.stderr


def test_demo_has_an_environment_of_its_own(prepared):
    told = manage(prepared, "demo", "--port", "8123").stdout.splitlines()[1]

    database = prepared / "var" / "demo" / "portal.sqlite3"
    assert told == f"DATABASE_URL=sqlite:///{database} PORTAL_URL=http://localhost:8123 DEMO=1"
    assert (prepared / "var" / "demo" / "secret").stat().st_mode & 0o077 == 0


def test_demo_keeps_a_database_that_is_given(prepared):
    told = manage(prepared, "demo", DATABASE_URL="postgresql:///demo").stdout

    assert "DATABASE_URL=postgresql:///demo " in told


def test_demo_keeps_its_secret(prepared):
    manage(prepared, "demo")
    drawn = (prepared / "var" / "demo" / "secret").read_text()
    manage(prepared, "demo")

    assert len(drawn) > 50
    assert (prepared / "var" / "demo" / "secret").read_text() == drawn


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 7), (signal.SIGTERM, 143)])
def test_signals_are_passed_on(prepared, number, code):
    running = subprocess.Popen(
        [BARE_PYTHON, str(prepared / "manage.py"), "sleep"],
        env=bare_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    while running.stdout.readline() != "asleep\n":
        time.sleep(0.01)
    running.send_signal(number)
    running.stdout.close()

    assert running.wait(timeout=60) == code
