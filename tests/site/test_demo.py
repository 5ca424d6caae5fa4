import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUDGING = ("note", "view", "finding", "report", "reviewaction", "checkback")
WHOSE = (
    "SELECT DISTINCT school.name FROM days_{table} said JOIN days_review review"
    " ON review.id = said.review_id JOIN schools_school school ON school.id = review.school_id"
)
REACHED = (
    "SELECT COUNT(*), COUNT(shared_at), COUNT(files_at),"
    " COUNT(moderated_at), COUNT(released_at),"
    " (SELECT COUNT(given_at) FROM days_checkback) FROM days_review review"
    " JOIN schools_school school ON school.id = review.school_id WHERE school.urn >= 900000"
)

WHOSE_VIEW_IS_MISSING = (
    "SELECT person.email FROM cycles_dayplace place JOIN people_person person"
    " ON person.id = place.person_id JOIN cycles_reviewday day ON day.id = place.day_id"
    " JOIN days_review review ON review.day_id = day.id JOIN schools_school school"
    " ON school.id = review.school_id LEFT JOIN days_teamstep step"
    " ON step.review_id = review.id AND step.person_id = person.id"
    " WHERE school.urn >= 900000 AND day.state = 'held' AND review.moderated_at IS NULL"
    " AND place.ended_at IS NULL AND step.views_at IS NULL"
)


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "drawn-for-this-test",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "DATA_DIR": str(folder),
    }


@contextmanager
def demo(environment, port, *arguments):
    with subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--no-browser", "--port", str(port), *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def lines_until(running, last):
    lines = []
    while not lines or not lines[-1].startswith(last):
        line = running.stdout.readline()
        assert line, running.stderr.read()
        lines.append(line)
    return "".join(lines)


def test_demo_loads_answers_stops_and_never_touches_what_is_no_demo(environment, port):
    with demo(environment, port) as running:
        told = lines_until(running, "Stop with Ctrl-C.")
        front = urllib.request.urlopen(f"http://localhost:{port}/").status
        wait_until_ready(port)
        stopped_from = time.monotonic()
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
        stopped_for = time.monotonic() - stopped_from

    assert f"Ready at http://localhost:{port}/" in told
    assert "officer@demo.example" in told
    assert "stronger-together" in told
    assert front == 200
    assert running.returncode == 0
    assert stopped_for < 10

    with demo(environment, port) as running:
        told_again = lines_until(running, "Stop with Ctrl-C.")
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)

    assert "Loading the demo" not in told_again
    assert running.returncode == 0

    with closing(sqlite3.connect(f"{environment['DATA_DIR']}/portal.sqlite3")) as database:
        judged = [database.execute(WHOSE.format(table=table)).fetchall() for table in JUDGING]
        reached = database.execute(REACHED).fetchone()
        waited_for = database.execute(WHOSE_VIEW_IS_MISSING).fetchall()
        database.execute("DELETE FROM home_demodatabase")
        database.commit()
    with demo(environment, port, "--fresh") as refused:
        _told, sentence = refused.communicate(timeout=60)

    assert all(judged)
    assert {name.partition(" ")[0] for rows in judged for (name,) in rows} == {"Example"}
    assert reached == (14, 13, 12, 10, 8, 6)
    assert waited_for == [("supported@demo.example",)]
    assert refused.returncode == 1
    assert sentence.endswith("holds people and isn’t a demo: it stays as it is.\n")


def wait_until_ready(port):
    begun = time.monotonic()
    while (parts := unready_parts(port)) and time.monotonic() - begun < 60:
        time.sleep(0.2)
    assert parts == []


def unready_parts(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            told = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            told = json.load(error)
    return [name for name, part in told["parts"].items() if not part["ready"]]
