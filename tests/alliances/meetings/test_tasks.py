import pytest
import time_machine

from alliances.meetings import tasks
from partnership.celery import app
from tests.alliances.meetings.acts import LATER, call, forget_notices, head_of, told
from tests.factories import BodyFactory, MeetingFactory, SchoolFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_beat_runs_every_task_of_meetings_by_its_name():
    timetable = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {name for name in timetable if name.startswith("meetings.")} == {
        tasks.ask_those_who_took_over.name
    }


@time_machine.travel(LATER, tick=False)
def test_a_new_head_is_told_once_however_often_beat_asks():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    old = head_of(school)
    call(MeetingFactory(body=body))
    forget_notices()
    old.school_posts.update(ends_on=LATER.date())
    new = head_of(school)

    for _ in range(2):
        tasks.ask_those_who_took_over()

    assert told("called") == [new]
