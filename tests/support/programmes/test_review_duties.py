from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.notices.models import Notice
from partnership.notices.notices import escalation_letters
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.services import judge_review, keep_view, look_again, reply_to_review
from tests.factories import (
    AlliancePostFactory,
    PersonFactory,
    ProgrammeFactory,
    SchoolPostFactory,
    SwiftReviewFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DUE = datetime(2026, 12, 4, 17, tzinfo=UTC)
KINDS = ("own_view", "assess", "reply", "judge", "look_again")


@pytest.fixture
def opened():
    programme = ProgrammeFactory(state="open", answered_at=NOW, director=PersonFactory())
    programme.head, programme.chair, assessor = PersonFactory(), PersonFactory(), PersonFactory()
    for kind in (SchoolPost.Kind.HEAD, SchoolPost.Kind.EXECUTIVE_HEAD):
        SchoolPostFactory(school=programme.school, person=programme.head, kind=kind)
    AlliancePostFactory(
        alliance=programme.alliance, person=programme.chair, kind=AlliancePost.Kind.CHAIR
    )
    programme.found = SwiftReviewFactory(programme=programme, assessor=assessor, due_at=DUE)
    return programme


def owed(**window):
    kinds = [f"programmes.{kind}" for kind in KINDS]
    rows = all_duties(DutyWindow(kinds=kinds, now=NOW, **window))
    return [Duty(*row) for row in rows]


def give(programme, side, by):
    keep_view(programme=programme, side=side, changes={}, needs={}, is_given=True, by=by, now=NOW)


def test_each_step_is_owed_by_one_and_only_while_it_is_the_turn(opened):
    seen = []

    def look():
        seen.append([(d.kind, d.person_id, d.due_at, d.goes_up_to_id) for d in owed()])

    look()
    give(opened, "school", opened.head)
    look()
    give(opened, "assessor", opened.found.assessor)
    look()
    reply_to_review(programme=opened, agrees=True, reply="", by=opened.head, now=NOW)
    look()
    told = {"programme": opened, "by": opened.director, "now": NOW}
    judge_review(approach="watch", reasons="Wait.", watch_on=date(2027, 3, 1), **told)
    look()
    look_again(**told)
    judge_review(approach="supportive", reasons="Go.", **told)
    look()

    week = NOW + timedelta(days=7)
    watched = datetime(2027, 3, 1, 17, tzinfo=UTC)
    head, director, chair = opened.head.pk, opened.director.pk, opened.chair.pk
    assert seen == [
        [("programmes.own_view", head, DUE, director)],
        [("programmes.assess", opened.found.assessor.pk, DUE, chair)],
        [("programmes.reply", head, week, director)],
        [("programmes.judge", director, week, chair)],
        [("programmes.look_again", director, watched, chair)],
        [],
    ]


def test_a_school_owes_in_each_of_its_programmes_only_what_waits_there(opened):
    other = ProgrammeFactory(
        school=opened.school, alliance=opened.alliance, state="open", answered_at=NOW
    )
    other.found = SwiftReviewFactory(programme=other, due_at=DUE + timedelta(days=7))
    give(other, "school", opened.head)

    assert [(d.thing_id, d.due_at) for d in owed(person_ids=[opened.head.pk])] == [(opened.pk, DUE)]


def test_mail_to_the_chair_names_nobody_and_leads_where_she_may_look(client, opened):
    late = DUE + timedelta(days=4)
    give(opened, "school", opened.head)

    plan_reminders(now=late)
    notice = Notice.objects.get(kind="notices.escalation", recipient=opened.chair)
    letter = escalation_letters([notice], late)[notice.pk]

    said = " ".join([letter.subject, letter.heading, letter.why, *letter.facts])
    assert opened.found.assessor.name not in said
    assert str(opened.school) not in said
    assert letter.button_url.endswith("/support/")


def test_duty_says_neither_school_nor_area(opened):
    (duty,) = owed(person_ids=[opened.head.pk])

    said = " ".join([duty.title, duty.line, duty.spec.why(duty)])
    assert str(opened.school) not in said
    assert str(opened.area) not in said
    assert duty.url == f"/support/{opened.pk}/"


@time_machine.travel(NOW, tick=False)
def test_desk_asks_for_steps_of_programmes_only_where_somebody_has_one(client, opened):
    def asked_and_said(person):
        asked = []

        def overheard(execute, sql, params, many, context):
            asked.append(f"{sql} {params}")
            return execute(sql, params, many, context)

        client.force_login(person)
        client.get("/desk/")
        with connection.execute_wrapper(overheard):
            page = client.get("/desk/").text
        owed = [each for each in asked if "duty_kind" in each]
        return len(owed), "programmes.own_view" in owed[0], "Say how you see your school" in page

    stranger = SchoolPostFactory(kind=SchoolPost.Kind.HEAD).person

    assert asked_and_said(opened.head) == (1, True, True)
    assert asked_and_said(stranger) == (1, False, False)
