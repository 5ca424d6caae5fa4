from datetime import date, timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import Leaver
from partnership.toolkit.registers.handing import HeldRow
from reviews.days.handover import HANDOVER
from reviews.days.models import ReviewAction, ReviewPerson, Workshop
from reviews.days.services.leaving import ACTIONS, NAMED, WORKSHOPS
from tests.factories.days import ReviewActionFactory, WorkshopFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.followed import NOW, make_released

pytestmark = pytest.mark.django_db
KINDS = {kind.key: kind for kind in HANDOVER if kind.of == "person"}
LAST_DAY = date(2027, 2, 19)
DUE = NOW + timedelta(days=30)


@pytest.fixture
def made():
    return make_released()


def leaver(person, school, by):
    return Leaver(person, school, LAST_DAY, by, NOW.date())


def held(who, key):
    rows = [HeldRow(*row) for row in KINDS[key].held(who)]
    return [(KINDS[key].said(row), row.choices) for row in rows]


def test_host_asks_somebody_else_where_a_champion_leaves(made):
    workshop = WorkshopFactory(review=made.review, champion=made.people["cem"])
    school = made.cem.reviewer.school
    cem = made.people["cem"]

    for by in (cem, made.director):
        assert held(leaver(cem, school, by), WORKSHOPS) == [("Workshop after a review", "end,stay")]
    assert held(leaver(cem, school, PersonFactory()), WORKSHOPS) == []
    who = leaver(cem, school, made.director)
    moved = [KINDS[WORKSHOPS].pass_on(who, workshop.pk, to=None, now=NOW) for _each in range(2)]

    assert moved == [1, 0]
    assert Workshop.objects.get().given_up_at == NOW
    told = Notice.objects.filter(kind="days.workshop_alone")
    assert [notice.recipient for notice in told] == [made.head]


def test_action_passes_to_a_follower_who_may_see_the_review(made):
    due = {"review": made.review, "owner": made.named, "due_at": DUE}
    first, second = ReviewActionFactory(**due), ReviewActionFactory(**due)
    follows = SchoolPostFactory(school=made.school, kind="head").person
    who = leaver(made.named, made.school, made.head)

    said = ("Action after a review, due on 10 March 2027", "pass,end,stay")
    assert held(who, ACTIONS) == [said, said]
    assert held(leaver(made.named, made.school, made.director), ACTIONS) == []
    KINDS[ACTIONS].pass_on(who, first.pk, to=follows, now=NOW)
    KINDS[ACTIONS].pass_on(who, second.pk, to=PersonFactory(), now=NOW)

    owners = [action.owner for action in ReviewAction.objects.order_by("pk")]
    assert owners == [follows, None]


def test_whoever_was_named_sees_nothing_after_she_left(made):
    who = leaver(made.named, made.school, made.head)
    (named,) = ReviewPerson.objects.all()

    assert held(who, NAMED) == [("Review of the school", "end,stay")]
    KINDS[NAMED].pass_on(who, named.pk, to=None, now=NOW)

    assert held(who, NAMED) == []
    assert KINDS[NAMED].pass_on(who, named.pk, to=None, now=NOW) == 0
