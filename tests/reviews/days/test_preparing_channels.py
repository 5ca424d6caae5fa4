from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from partnership.notices.services import plan_reminders, send_waiting
from partnership.toolkit.registers import DiaryWindow, Duty, DutyWindow, all_duties, diary
from reviews.cycles.services.holding import call_off_day
from reviews.cycles.services.moving import move_by_hand
from reviews.days.duties.preparing import PREPARING
from reviews.days.models import Review
from reviews.days.services.declaring import declare, say_read
from reviews.days.services.preparing import arrange_planning, call_off_planning, word_focus
from tests.factories import DiaryFeedFactory
from tests.factories.days import (
    CheckBackFactory,
    ReviewFileFactory,
    ReviewPersonFactory,
    WorkshopFactory,
)
from tests.factories.people import PersonFactory
from tests.reviews.days.own_school import NOW, make_host

pytestmark = pytest.mark.django_db
MEETING = datetime(2027, 1, 7, 15, 30, tzinfo=UTC)
FROM, UNTIL = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 8, 31, tzinfo=UTC)
HOST = {"days.focus", "days.files", "days.planning", "days.timetable", "days.contact"}
TEAM = {"days.declare", "days.read"}
EVERYBODY = (
    "head",
    "acting",
    "named",
    "colleague",
    "lead",
    "reviewer",
    "asked",
    "organiser",
    "officer",
    "champion",
)
SECRETS = ("Quill", "The library")


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    made = make_host()
    made.named = ReviewPersonFactory(review=made.review, named_by=made.head).person
    made.champion = PersonFactory()
    return made


def owed(now=NOW):
    kinds = [kind.key for kind in PREPARING]
    rows = all_duties(DutyWindow(kinds=kinds, now=now))
    return [Duty(*row) for row in rows.order_by("duty_kind", "duty_person_id")]


def by_person(now=NOW):
    found = {}
    for duty in owed(now):
        found.setdefault(duty.person_id, set()).add(duty.kind)
    return found


def plan(host, starts_at=MEETING):
    host.review.refresh_from_db()
    arrange_planning(
        review=host.review,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place="The library",
        seen_version=host.review.version,
        by=host.head,
        now=NOW,
    )


def entries(person, kind, now=NOW):
    window = DiaryWindow(person=person, starts_from=FROM, starts_until=UNTIL, on=now.date())
    return [entry for entry in diary(window, limit=50) if entry.kind == kind]


def whose_diary(host, kind, now=NOW):
    return {name for name in EVERYBODY if entries(getattr(host, name), kind, now)}


def test_host_and_team_owe_their_steps_until_the_review_begins(host):
    team = {host.lead.pk: TEAM, host.reviewer.pk: TEAM}
    assert by_person() == {host.head.pk: HOST, **team}

    begins = host.review.day.starts_at
    assert by_person(begins - timedelta(minutes=1)) == {host.head.pk: HOST, **team}
    assert by_person(begins) == {}


def test_each_duty_ends_with_its_step_and_comes_back_when_the_data_goes(host):
    focus = {"review": host.review, "lines": "", "by": host.head, "now": NOW}
    word_focus(focus="Quill", seen_version=host.review.version, **focus)
    plan(host)
    declare(review=host.review, connection="", by=host.lead, now=NOW)
    say_read(review=host.review, by=host.lead, now=NOW)
    assert by_person() == {
        host.head.pk: HOST - {"days.focus", "days.planning"},
        host.reviewer.pk: TEAM,
    }

    host.review.refresh_from_db()
    word_focus(focus="", seen_version=host.review.version, **focus)
    call_off_planning(review=host.review, by=host.head, now=NOW)
    ReviewFileFactory(review=host.review, added_at=NOW + timedelta(hours=1))
    assert by_person() == {
        host.head.pk: HOST,
        host.lead.pk: {"days.read"},
        host.reviewer.pk: TEAM,
    }


def test_who_leaves_the_team_and_a_day_called_off_owe_nothing_and_a_moved_one_is_owed_anew(host):
    host.review.day.places.filter(person=host.reviewer).update(ended_at=NOW)
    assert set(by_person()) == {host.head.pk, host.lead.pk}

    move_by_hand(day=host.review.day, to=date(2027, 2, 3), by=host.organiser, now=NOW)
    assert set(by_person()) == {host.head.pk}
    assert {duty.due_at.month for duty in owed()} == {1}

    call_off_day(day=host.review.day, because="Flood", by=host.organiser, now=NOW)
    assert owed() == []


def test_late_steps_go_up_to_the_organiser_but_for_the_reading(host):
    assert {duty.kind for duty in owed() if duty.spec.goes_up_after is None} == {"days.read"}
    assert {duty.goes_up_to_id for duty in owed()} == {host.organiser.pk}


def test_no_duty_and_no_mail_names_school_or_words_and_the_sender_may_run_twice(
    host, django_capture_on_commit_callbacks, time_machine
):
    word_focus(
        review=host.review,
        focus="Quill",
        lines="",
        seen_version=host.review.version,
        by=host.head,
        now=NOW,
    )
    plan(host)
    declare(review=host.review, connection="Quill", by=host.reviewer, now=NOW)
    late = host.review.contact_by + timedelta(days=2)
    time_machine.move_to(late, tick=False)
    plan_reminders(now=late)
    for _again in range(2):
        send_waiting(clock=lambda: late)
        sent = len(mail.outbox)

    assert len(mail.outbox) == sent > 0
    assert {
        "A planning meeting is arranged",
        "A connection is declared before a review day",
    } <= {each.subject for each in mail.outbox}
    said = [f"{each.subject} {each.body} {each.alternatives}" for each in mail.outbox]
    said += [f"{duty.title} {duty.line} {duty.spec.why(duty)}" for duty in owed()]
    for words in (*SECRETS, host.school.name):
        assert not any(words in each for each in said)
    outside = {host.colleague.email, host.officer.email, host.asked.email}
    told = [each for each in mail.outbox if each.subject == "A planning meeting is arranged"]
    assert outside.isdisjoint(address for each in told for address in each.to)


def test_a_planning_meeting_is_in_the_diaries_of_host_and_team_without_school_or_place(host):
    assert whose_diary(host, "days.planning") == set()
    plan(host)
    assert whose_diary(host, "days.planning") == {"head", "acting", "named", "lead", "reviewer"}
    [entry] = entries(host.lead, "days.planning")
    assert (entry.title, entry.place) == ("Planning meeting for a review day", "")
    assert entry.url == f"/reviews/days/{host.review.day_id}/preparation/"
    before = entry.sequence, entry.stamp

    plan(host, MEETING + timedelta(hours=1))
    [entry] = entries(host.lead, "days.planning")
    assert (entry.sequence, entry.stamp) > before

    call_off_planning(review=host.review, by=host.head, now=NOW)
    assert whose_diary(host, "days.planning") == set()
    plan(host)
    call_off_day(day=host.review.day, because="Flood", by=host.organiser, now=NOW)
    assert whose_diary(host, "days.planning") == set()


def test_workshop_and_check_back_are_in_the_diaries_of_host_champion_and_lead(host):
    plan(host)
    released = datetime(2027, 2, 1, 9, tzinfo=UTC)
    WorkshopFactory(
        review=host.review,
        champion=host.champion,
        starts_at=released + timedelta(days=10),
        ends_at=released + timedelta(days=10, hours=2),
    )
    check_back = CheckBackFactory(review=host.review)
    kinds = ("days.workshop", "days.check_back")
    assert [whose_diary(host, kind) for kind in kinds] == [set(), set()]

    Review.objects.update(moderated_at=released, released_at=released)
    inside = {"head", "named"}
    soon, late = released + timedelta(days=30), released + timedelta(days=120)
    assert whose_diary(host, "days.planning", soon) == inside
    assert whose_diary(host, "days.workshop", soon) == inside | {"champion", "lead"}
    assert whose_diary(host, "days.workshop", late) == inside | {"champion"}
    assert whose_diary(host, "days.check_back", late) == inside | {"lead"}
    [entry] = entries(host.head, "days.check_back")
    assert entry.ends_at == check_back.due_at

    check_back.given_at = late
    check_back.save()
    assert whose_diary(host, "days.check_back", late) == set()


def test_a_feed_of_the_lead_has_the_meeting_without_school_or_place(client, host):
    plan(host)

    def feed(person):
        return client.get(f"/diary/feeds/{DiaryFeedFactory(person=person).secret}.ics").content

    said = feed(host.lead)
    assert b"Planning meeting for a review day" in said
    assert b"library" not in said
    assert host.school.name.encode() not in said
    assert b"Planning meeting for a review day" not in feed(host.organiser)


def test_what_holds_no_longer_is_not_sent(host):
    plan(host)
    call_off_planning(review=host.review, by=host.head, now=NOW)
    send_waiting(clock=lambda: NOW)

    assert {each.subject for each in mail.outbox} == {"A planning meeting is called off"}
