from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as RedisConnectionError

from partnership.home.readiness import Part, readiness, record_beat
from partnership.home.tasks import record_beat_now
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db


def ready_parts(now):
    return {name for name, part in readiness(now=now).items() if part.is_ready}


def test_process_answers_without_asking_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_portal_is_ready_when_everything_works(client):
    record_beat_now()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "parts": {
            "database": {"ready": True},
            "broker": {"ready": True},
            "notices": {"ready": True},
            "beat": {"ready": True, "age_in_seconds": 0},
        },
    }
    assert "no-store" in response["Cache-Control"]


def test_portal_without_beat_is_not_ready_and_says_so(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["beat"] == {"ready": False}


def test_beat_silent_for_long_is_named():
    now = timezone.now()
    record_beat(now=now - timedelta(minutes=4))

    assert readiness(now=now)["beat"] == Part(is_ready=False, age=240)


def test_notice_that_waits_too_long_is_named():
    now = timezone.now()
    record_beat(now=now)
    NoticeFactory(send_after=now - timedelta(minutes=20))

    assert readiness(now=now)["notices"] == Part(is_ready=False, age=1200)
    assert ready_parts(now) == {"database", "broker", "beat"}


def test_notice_due_a_moment_ago_is_no_fault():
    now = timezone.now()
    NoticeFactory(send_after=now - timedelta(seconds=50))

    assert readiness(now=now)["notices"] == Part(is_ready=True, age=50)


@pytest.mark.parametrize("error", [DatabaseError, OperationalError, RedisConnectionError])
def test_part_out_of_reach_is_named_without_details(client, monkeypatch, error):
    def out_of_reach(_now):
        raise error("password for portal@10.0.0.5 refused")

    monkeypatch.setattr("partnership.home.readiness._broker", out_of_reach)
    record_beat_now()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["broker"] == {"ready": False}
    assert b"10.0.0.5" not in response.content
