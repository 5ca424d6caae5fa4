import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
PORTAL_SERVICES = ("migrate", "web", "worker", "beat")
PRODUCTION = {
    "SECRET_KEY": "drawn-for-this-test-only-2Qv8xWmZ4rTn7LpKc9YbHs5DfGj3",
    "PORTAL_URL": "https://portal.example.org",
    "DATABASE_URL": "sqlite:///",
    "REDIS_URL": "redis://localhost",
    "EMAIL_URL": "smtp://localhost",
}


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def variables_read():
    settings = (ROOT / "partnership" / "settings.py").read_text()
    return set(re.findall(r'env(?:_switch|_list)?\(\s*"([A-Z_]+)"', settings))


def test_compose_runs_the_portal_and_what_it_needs():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis"}


def test_every_lasting_service_has_a_health_check():
    lasting = {name: service for name, service in SERVICES.items() if name != "migrate"}

    assert [name for name, service in lasting.items() if "test" not in service["healthcheck"]] == []


def test_no_service_runs_as_root():
    users = {name: str(service.get("user", "root")) for name, service in SERVICES.items()}
    final_stage = (ROOT / "Dockerfile").read_text().rsplit("\nFROM ", 1)[1]

    assert [name for name, user in users.items() if user in {"root", "0"}] == []
    assert re.findall(r"^USER (\S+)$", final_stage, re.MULTILINE) == ["10001"]


def test_portal_waits_for_migrations_and_healthy_stores():
    expected = {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }

    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"] == expected
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_no_secret_has_a_default():
    secret = re.compile(r"\$\{(\w*(?:SECRET|PASSWORD|EMAIL_URL)\w*)([^}]*)\}")
    used = dict(secret.findall(COMPOSE))
    elsewhere = {used.pop(name) for name in list(used) if name.endswith("_CLIENT_SECRET")}

    assert set(used) == {"SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL"}
    assert [name for name, rest in used.items() if not rest.startswith(":?Set ")] == []
    assert elsewhere == {":-"}
    assert re.findall(r"^ENV .*(?:SECRET|PASSWORD)", (ROOT / "Dockerfile").read_text(), re.M) == []


def test_data_outlives_the_containers():
    kept = [volume for service in SERVICES.values() for volume in service["volumes"]]

    assert set(kept) == {
        "uploads:/data/uploads",
        "database:/var/lib/postgresql/data",
        "broker:/data",
    }


def test_every_setting_needed_for_real_is_given_to_the_portal():
    for name in PORTAL_SERVICES:
        assert set(SERVICES[name]["environment"]) >= set(PRODUCTION)


def test_example_environment_explains_every_variable_and_holds_no_secret():
    example = (ROOT / ".env.example").read_text()
    explained = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))
    used_by_compose = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))

    assert set(explained) == variables_read() | used_by_compose
    assert {explained[name] for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL")} == {""}


def test_image_is_built_from_the_locked_packages_without_the_repository_s_rest():
    dockerfile = (ROOT / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()

    assert "pip install --require-hashes -r requirements.txt" in dockerfile
    assert ignored[0] == "*"
    assert not any(line in {"!.env", "!var", "!tests"} for line in ignored)


def test_production_settings_pass_every_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (checked.returncode, checked.stdout + checked.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_missing_variable_is_named_in_one_sentence(name):
    told = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})

    sentence = f"Set the environment variable {name}: .env.example says what it is for.\n"
    assert (told.returncode, told.stderr) == (1, sentence)
