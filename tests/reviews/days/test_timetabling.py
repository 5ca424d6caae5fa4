from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Cycle, DayPlace
from reviews.days.models import Review, TimetableEntry
from reviews.days.notices.preparing import TIMETABLE_THERE
from reviews.days.parts.given_timetable import given_parts
from reviews.days.parts.timetable import timetable_of, warnings_for
from reviews.days.services.timetabling import (
    PartGone,
    PartsChanged,
    TimetableThere,
    add_part,
    change_part,
    clear_timetable,
    name_partners,
    remove_part,
    use_given_timetable,
)
from tests.reviews.days.own_school import NOW, make_host

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WALK = {
    "number": 1,
    "starts_time": time(9),
    "ends_time": time(10),
    "kind": "walk",
    "title": "Learning walk",
    "place": "",
    "partner": "",
}


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


def told(host):
    return {"review": host.review, "by": host.head, "now": NOW}


def since(host):
    return Review.objects.get(pk=host.review.pk).timetable_at


def place_of(host, person):
    return DayPlace.objects.get(day=host.review.day, person=person, ended_at=None)


def add(host, *people, **more):
    chosen = [place_of(host, person).reviewer for person in people]
    return add_part(changes=WALK | more, reviewers=chosen, **told(host))


def name(host, keys, version=1):
    partners, seen = dict.fromkeys(keys, "Anna"), dict.fromkeys(keys, version)
    name_partners(partners=partners, seen_versions=seen, **told(host))


@pytest.mark.parametrize(
    ("length", "days", "begins", "ends"),
    [
        (Cycle.Length.HALF, 1, time(8, 30), time(12)),
        (Cycle.Length.ONE, 1, time(8, 45), time(15, 20)),
        (Cycle.Length.ONE, 1, time(9), time(9, 30)),
        (Cycle.Length.THREE, 3, time(8), time(16)),
    ],
)
def test_the_given_timetable_fills_the_hours_of_each_day_without_a_gap(
    host, length, days, begins, ends
):
    day = host.review.day
    day.cycle.length = length
    day.starts_at = datetime.combine(day.day, begins, tzinfo=LONDON)
    day.ends_at = datetime.combine(day.last_day, ends, tzinfo=LONDON)

    parts = given_parts(day)

    assert sorted({part.number for part in parts}) == list(range(1, days + 1))
    for number in range(1, days + 1):
        own = [part for part in parts if part.number == number]
        starts, until = [part.starts_time for part in own], [part.ends_time for part in own]
        assert (starts[0], until[-1]) == (begins, ends)
        assert starts[1:] == until[:-1]
        assert all(part.ends_time > part.starts_time for part in own)


def test_a_given_timetable_is_complete_once_each_part_has_a_partner_and_the_team_hears_once(host):
    made = use_given_timetable(day=host.review.day, **told(host))
    assert since(host) is None
    with pytest.raises(TimetableThere):
        use_given_timetable(day=host.review.day, **told(host))

    lonely = [part.pk for part in made if part.needs_partner]
    name(host, lonely[1:])
    assert since(host) is None
    name(host, lonely[:1])
    assert since(host) == NOW

    extra = add(host)
    assert since(host) is None
    remove_part(entry=extra, by=host.head, now=NOW)
    assert since(host) == NOW
    clear_timetable(**told(host))
    assert since(host) is None
    team = {host.lead.pk, host.reviewer.pk}
    assert set(Notice.objects.filter(kind=TIMETABLE_THERE).values_list("recipient", flat=True)) == (
        team
    )
    assert Notice.objects.filter(kind=TIMETABLE_THERE).count() == 2


def test_of_two_who_change_a_part_the_second_is_told_and_a_removed_part_is_gone(host):
    entry = add(host)
    facts = {"entry": entry, "by": host.head, "now": NOW}
    reviewer = place_of(host, host.lead).reviewer
    change_part(changes=WALK, reviewers=[reviewer], seen_version=1, **facts)

    with pytest.raises(ChangedSince):
        change_part(changes=WALK, reviewers=[], seen_version=1, **facts)
    change_part(changes=WALK, reviewers=[reviewer], seen_version=2, **facts)
    assert TimetableEntry.objects.get(pk=entry.pk).version == 2
    with pytest.raises(PartsChanged):
        name(host, [entry.pk])
    TimetableEntry.objects.all().delete()
    with pytest.raises(PartGone):
        change_part(changes=WALK, reviewers=[], seen_version=2, **facts)


def test_a_part_that_is_removed_twice_is_kept_in_the_audit_once(host):
    entry = add(host)
    again = TimetableEntry.objects.select_related("review__cycle").get()

    for each in (entry, again):
        remove_part(entry=each, by=host.head, now=NOW)

    assert Event.objects.filter(action="part of the timetable removed").count() == 1


def test_what_cannot_be_right_is_said(host):
    add(host, host.lead)
    add(host, host.reviewer, title="Books")
    assert warnings_for(timetable_of(host.review), host.review.day) == []

    add(host, host.lead, title="Pupils", starts_time=time(9, 30))
    add(host, title="Twilight", starts_time=time(16), ends_time=time(17))
    add(host, title="Lunch", kind="break", starts_time=time(9, 15))
    place_of(host, host.reviewer).delete()

    assert warnings_for(timetable_of(host.review), host.review.day) == [
        "Whoever was to go to “Books” at 9am is no longer in the team.",
        "“Twilight” at 4pm lies outside the hours of the review.",
        f"{host.lead} is in two places: “Learning walk” at 9am and “Pupils” at 9.30am.",
    ]
    assert {entry.title: entry.who for entry in timetable_of(host.review)} == {
        "Learning walk": str(host.lead),
        "Books": "Nobody yet",
        "Lunch": "All",
        "Pupils": str(host.lead),
        "Twilight": "All",
    }
