import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PROBLEM = {
    "school_days": ["2027-01-11", "2027-01-18", "2027-01-25"],
    "hosts": [{"id": "h1"}, {"id": "h2"}, {"id": "h3"}],
    "reviewers": [{"id": f"r{n}", "school": f"h{n}", "lead": True} for n in (1, 2, 3)],
    "team_size": "all",
    "gap_days": 7,
}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def files(tmp_path):
    return tmp_path / "problem.json", tmp_path / "rota.json"


def test_a_rota_is_planned_from_file_to_file(files, capsys):
    problem, rota = files
    problem.write_text(json.dumps(PROBLEM))

    call_command("plan_rota", str(problem), output=rota, seconds=2)

    written = json.loads(rota.read_text())
    assert (written["status"], len(written["days"]), written["unfilled"]) == ("optimal", 3, [])
    assert capsys.readouterr().out == (
        "optimal: 3 of 3 schools have a day; 0 points, none below 0\n"
    )


def test_a_replan_says_how_many_days_changed(files, capsys):
    problem, rota = files
    problem.write_text(json.dumps(PROBLEM | {"current": []}))

    call_command("plan_rota", str(problem), output=rota, seconds=2)

    assert capsys.readouterr().out.endswith("; 3 changed\n")


def test_an_impossible_host_is_no_fault(files):
    problem, rota = files
    problem.write_text(json.dumps(PROBLEM | {"gap_days": 8}))

    call_command("plan_rota", str(problem), output=rota, seconds=2)

    written = json.loads(rota.read_text())
    assert (written["status"], len(written["unfilled"])) == ("infeasible", 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"hosts": []', "The problem isn’t JSON"),
        (json.dumps(PROBLEM | {"team_size": None}), 'The problem: its "team_size" must be'),
        (None, "The file problem.json can’t be read: No such file or directory."),
    ],
)
def test_a_fault_is_said_and_nothing_is_written(files, content, sentence):
    problem, rota = files
    if content:
        problem.write_text(content)

    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("plan_rota", str(problem), output=rota)

    assert refused.value.returncode == 2
    assert not rota.exists()


def test_a_folder_that_is_not_there_is_said_before_the_search(files, tmp_path):
    problem, _rota = files
    problem.write_text(json.dumps(PROBLEM))

    with pytest.raises(CommandError, match="There is no folder"):
        call_command("plan_rota", str(problem), output=tmp_path / "nowhere" / "rota.json")


def test_no_time_at_all_is_refused(files):
    problem, rota = files

    with pytest.raises(CommandError, match="must be more than 0"):
        call_command("plan_rota", str(problem), "--output", str(rota), "--seconds", "0")


def test_the_portal_starts_without_the_solver():
    code = (
        "import sys, reviews.cycles.rota, reviews.cycles.management.commands.plan_rota;"
        "sys.exit('ortools' in sys.modules)"
    )

    started = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert started.returncode == 0
