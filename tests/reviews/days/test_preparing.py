from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.uploads import checked
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import DayPlace
from reviews.cycles.services.holding import call_off_day, restore_day
from reviews.cycles.services.moving import move_by_hand
from reviews.days.course import facts_of, tasks_before
from reviews.days.models import Review, ReviewFile, ReviewPerson, TeamStep
from reviews.days.notices.preparing import (
    CONNECTION_SAID,
    FILES_CHANGED,
    FILES_THERE,
    FOCUS_CHANGED,
    FOCUS_GIVEN,
    PERSON_NAMED,
    PLANNING_MOVED,
    PLANNING_OFF,
    PLANNING_SET,
)
from reviews.days.services.declaring import NotInTheTeam, declare, say_read, take_reading_back
from reviews.days.services.documents import (
    FileHereAlready,
    NoFiles,
    add_file,
    remove_file,
    say_files_complete,
    say_files_incomplete,
)
from reviews.days.services.naming import CannotBeNamed, NamedAlready, end_naming, name_person
from reviews.days.services.opening import ReviewClosed
from reviews.days.services.preparing import (
    AfterTheDay,
    NoPlanningMeeting,
    arrange_planning,
    call_off_planning,
    name_contacts,
    word_focus,
    write_what_was_agreed,
)
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.own_school import NOW, make_host

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
MEETING = datetime(2027, 1, 7, 15, 30, tzinfo=LONDON)
HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=1)
SECRET = "How well is phonics taught by Ms Quill?"
PDF = b"%PDF-1.7 the school's plan"


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


def told(host, now=NOW):
    return {"review": host.review, "by": host.head, "now": now}


def now_of(host):
    return Review.objects.get(pk=host.review.pk)


def focus(host, words, now=NOW, lines=""):
    seen = now_of(host).version
    return word_focus(focus=words, lines=lines, seen_version=seen, **told(host, now))


def plan(host, starts_at=MEETING, now=NOW):
    hours = {"starts_at": starts_at, "ends_at": starts_at + HOUR, "place": "The library"}
    return arrange_planning(**hours, seen_version=now_of(host).version, **told(host, now))


def give(host, content=PDF, now=NOW, **more):
    upload = SimpleUploadedFile("plan.pdf", content)
    facts = {"title": "Plan", "is_reading": True, **more}
    seen = checked(upload, max_bytes=1_000)
    return add_file(upload=upload, checked=seen, **facts, **told(host, now))


def call(host, **more):
    facts = dict.fromkeys(("contact_name", "contact_telephone"), "") | more
    facts |= dict.fromkeys(("deputy_contact", "chair_contact", "lado_contact"), "")
    return name_contacts(**facts, seen_version=now_of(host).version, **told(host))


def recipients(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def declines(person):
    DayPlace.objects.filter(person=person).update(answer="declined")


def undone(host):
    return [task.key for task in tasks_before(facts_of(host.review)) if not task.is_there]


def test_a_focus_is_there_until_it_is_emptied_and_the_team_hears_of_it_without_a_word(host):
    focus(host, SECRET)
    assert now_of(host).focus_at == NOW
    assert "focus" not in undone(host)

    focus(host, f"{SECRET} And of spelling?", LATER)
    focus(host, f"{SECRET} And of writing?", LATER)
    assert now_of(host).focus_at == NOW

    focus(host, "", LATER)
    assert now_of(host).focus_at is None
    assert "focus" in undone(host)
    assert recipients(FOCUS_GIVEN) == {host.lead.pk, host.reviewer.pk}
    assert Notice.objects.filter(kind=FOCUS_CHANGED).count() == 2
    assert not any("Quill" in str(event.__dict__) for event in Event.objects.all())


def test_the_second_of_two_editors_is_told(host):
    seen = now_of(host).version
    focus(host, SECRET)

    with pytest.raises(ChangedSince):
        word_focus(focus="Mine", lines="", seen_version=seen, **told(host))


def test_a_planning_meeting_is_told_to_host_and_team_when_set_moved_and_called_off(host):
    named = name_person(person=host.colleague, **told(host))
    plan(host)
    plan(host)
    assert now_of(host).planning_at == NOW

    plan(host, MEETING + HOUR, LATER)
    assert now_of(host).planning_at == LATER
    end_naming(named=named, by=host.head, now=LATER)
    call_off_planning(**told(host, LATER))

    team = {host.lead.pk, host.reviewer.pk, host.acting.pk}
    assert recipients(PLANNING_SET) == team | {host.colleague.pk}
    assert recipients(PLANNING_MOVED) == team | {host.colleague.pk}
    assert recipients(PLANNING_OFF) == team
    review = now_of(host)
    assert (review.planning_at, review.planning_starts_at, review.planning_place) == (None,) * 2 + (
        "",
    )
    assert "planning" in undone(host)
    with pytest.raises(NoPlanningMeeting):
        call_off_planning(**told(host, LATER))


def test_planning_comes_before_the_review_and_what_was_agreed_stays_when_it_is_called_off(host):
    with pytest.raises(AfterTheDay):
        plan(host, host.review.day.starts_at)
    plan(host)
    write_what_was_agreed(
        planning_agreed="Two walks", seen_version=now_of(host).version, **told(host)
    )

    call_off_planning(**told(host))

    assert now_of(host).planning_agreed == "Two walks"


def test_the_safeguarding_lead_is_named_with_a_telephone(host):
    call(host, contact_name="Jo Firth", contact_telephone="0161 496 0123")
    assert now_of(host).contact_at == NOW

    call(host, contact_name="Jo Firth")
    assert now_of(host).contact_at is None
    assert "contact" in undone(host)
    assert not any("0161" in str(event.__dict__) for event in Event.objects.all())


def test_documents_are_complete_once_the_host_says_so_and_no_longer_when_the_last_is_gone(host):
    with pytest.raises(NoFiles):
        say_files_complete(**told(host))
    first = give(host)
    with pytest.raises(FileHereAlready):
        give(host)
    assert recipients(FILES_CHANGED) == set()

    say_files_complete(**told(host))
    say_files_complete(**told(host, LATER))
    assert now_of(host).files_at == NOW
    assert recipients(FILES_THERE) == {host.lead.pk, host.reviewer.pk}
    second = give(host, PDF + b"2", LATER)
    give(host, PDF + b"3", LATER)
    assert Notice.objects.filter(kind=FILES_CHANGED).count() == 2

    say_files_incomplete(**told(host))
    assert now_of(host).files_at is None
    say_files_complete(**told(host, LATER))
    for file in (first, second, ReviewFile.objects.latest("pk")):
        remove_file(file=file, by=host.head, now=LATER)
    assert now_of(host).files_at is None


def test_a_removed_document_leaves_no_file(host, django_capture_on_commit_callbacks):
    file = give(host)
    name = file.file.name
    again = ReviewFile.objects.select_related("review__cycle").get()

    with django_capture_on_commit_callbacks(execute=True):
        for each in (file, again):
            remove_file(file=each, by=host.head, now=NOW)

    assert not file.file.storage.exists(name)
    assert Event.objects.filter(action="document removed").count() == 1


def test_each_reviewer_declares_for_herself_and_a_connection_is_told_to_host_and_lead(host):
    declare(review=host.review, connection="", by=host.lead, now=NOW)
    assert recipients(CONNECTION_SAID) == set()
    declare(review=host.review, connection="My niece works here", by=host.reviewer, now=NOW)

    assert recipients(CONNECTION_SAID) == {host.head.pk, host.acting.pk, host.lead.pk}
    assert "declared" in undone(host)
    declines(host.asked)
    assert "declared" not in undone(host)
    assert not any("niece" in str(event.__dict__) for event in Event.objects.all())
    for somebody in (host.head, host.asked, host.organiser):
        with pytest.raises(NotInTheTeam):
            declare(review=host.review, connection="", by=somebody, now=NOW)


def test_who_has_read_reads_again_what_comes_later(host):
    give(host)
    for somebody in (host.lead, host.reviewer):
        say_read(review=host.review, by=somebody, now=NOW)
    declines(host.asked)
    assert "read" not in undone(host)

    give(host, PDF + b"to look up", LATER, is_reading=False)
    assert "read" not in undone(host)

    give(host, PDF + b"more", LATER)
    assert "read" in undone(host)
    assert TeamStep.objects.filter(read_at=NOW).count() == 2

    for somebody in (host.lead, host.reviewer):
        say_read(review=host.review, by=somebody, now=LATER)
    assert "read" not in undone(host)
    take_reading_back(review=host.review, by=host.lead, now=LATER)
    assert "read" in undone(host)


def test_people_of_the_school_are_named_but_for_heads_reviewers_and_strangers(host):
    for somebody in (host.head, host.organiser, host.lead):
        with pytest.raises(CannotBeNamed):
            name_person(person=somebody, **told(host))
    SchoolPostFactory(school=host.school, person=host.reviewer, kind="teacher")
    with pytest.raises(CannotBeNamed):
        name_person(person=host.reviewer, **told(host))

    named = name_person(person=host.colleague, **told(host))
    with pytest.raises(NamedAlready):
        name_person(person=host.colleague, **told(host))
    end_naming(named=named, by=host.head, now=LATER)
    name_person(person=host.colleague, **told(host, LATER))

    assert Notice.objects.filter(kind=PERSON_NAMED).count() == 2
    assert ReviewPerson.objects.filter(ended_at=None).count() == 1


def test_a_moved_day_keeps_what_was_prepared_and_one_called_off_is_not_prepared(host):
    focus(host, SECRET)
    plan(host)
    day = host.review.day
    move_by_hand(day=day, to=date(2027, 2, 3), by=host.organiser, now=NOW)
    assert (now_of(host).focus_at, now_of(host).planning_at) == (NOW, NOW)

    call_off_day(day=day, because="Flood", by=host.organiser, now=LATER)
    with pytest.raises(ReviewClosed):
        focus(host, "Anew")
    restore_day(day=day, by=host.organiser, now=LATER)
    host.review = now_of(host)
    assert focus(host, "Anew").focus_at == NOW
