from datetime import UTC, date, datetime

import pytest

from alliances.schools.models import School, SchoolPost
from alliances.schools.services import (
    PostEndsBeforeItStarts,
    PostHeldAlready,
    appoint_to_school,
    change_school_post,
    end_school_post,
    found_example_school,
)
from partnership.audit.models import Event
from tests.factories import AuthorityFactory, PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEAD = SchoolPost.Kind.HEAD


def test_appointment_is_kept_and_audited():
    school, person, staff = SchoolFactory(), PersonFactory(), PersonFactory(staff=True)

    post = appoint_to_school(
        school=school, person=person, kind=HEAD, starts_on=date(2026, 9, 1), by=staff, now=NOW
    )

    event = Event.objects.get()
    assert (event.action, event.actor_id, event.thing_id) == ("appointed", staff.pk, post.pk)
    assert event.school_id == school.pk
    assert event.values == {
        "person_id": person.pk,
        "kind": "head",
        "starts_on": "2026-09-01",
        "ends_on": None,
    }


def test_post_is_held_once_at_a_time():
    post = SchoolPostFactory()

    with pytest.raises(PostHeldAlready):
        appoint_to_school(school=post.school, person=post.person, kind=HEAD, by=None, now=NOW)

    assert SchoolPost.objects.count() == 1


def test_post_cannot_end_before_it_starts():
    post = SchoolPostFactory(starts_on=date(2026, 9, 1))

    with pytest.raises(PostEndsBeforeItStarts):
        end_school_post(post=post, last_day=date(2026, 8, 31), by=None, now=NOW)

    post.refresh_from_db()
    assert post.ends_on is None


def test_ended_post_holds_on_its_last_day_and_not_after():
    post = SchoolPostFactory(starts_on=date(2020, 9, 1))

    end_school_post(post=post, last_day=date(2026, 12, 31), by=None, now=NOW)

    assert list(SchoolPost.objects.on(date(2026, 12, 31))) == [post]
    assert list(SchoolPost.objects.on(date(2027, 1, 1))) == []
    assert Event.objects.get().fields == ["ends_on"]


def test_post_without_days_can_be_ended():
    post = SchoolPostFactory()

    end_school_post(post=post, last_day=date(2026, 12, 31), by=None, now=NOW)

    assert Event.objects.get().values["starts_on"] is None


def test_changing_nothing_writes_nothing():
    post = SchoolPostFactory(ends_on=date(2027, 7, 31))

    change_school_post(post=post, changes={"kind": HEAD}, by=None, now=NOW)
    end_school_post(post=post, last_day=date(2027, 7, 31), by=None, now=NOW)

    assert not Event.objects.exists()


def test_changed_post_is_audited():
    post = SchoolPostFactory()

    change_school_post(post=post, changes={"kind": "principal"}, by=None, now=NOW)

    post.refresh_from_db()
    assert (post.kind, post.version) == ("principal", 2)
    assert Event.objects.get().fields == ["kind"]


def test_example_schools_are_numbered_from_900001_up():
    authority = AuthorityFactory()

    made = [
        found_example_school(name=f"Example {n}", authority=authority, by=None, now=NOW)
        for n in range(2)
    ]

    assert [school.urn for school in made] == [900_001, 900_002]
    assert School.objects.filter(is_example=True).count() == 2
    assert Event.objects.filter(action="example school founded").count() == 2
