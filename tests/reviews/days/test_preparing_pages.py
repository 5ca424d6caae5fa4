from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.audit.models import Event
from reviews.cycles.services.holding import call_off_day
from reviews.days.models import Review, ReviewFile, TeamStep, TimetableEntry
from reviews.days.services.dating import keep_dates
from tests.factories.days import (
    ReviewFileFactory,
    ReviewPersonFactory,
    TeamStepFactory,
    TimetableEntryFactory,
)
from tests.factories.reviews import (
    CycleReviewerFactory,
    DayPlaceFactory,
    FrameworkFactory,
    ReviewDayFactory,
    ThemeFactory,
)
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.own_school import NOW, make_host

pytestmark = pytest.mark.django_db
SECRET = "Is phonics taught by Ms Quill?"
CONNECTION = "My niece works here"
OUTSIDE = ("colleague", "asked", "organiser", "officer", "other_host", "other_reviewer")
PAGES = ("preparation", "timetable", "pack", "pack_pdf")
FORMS = (
    "focus_edit",
    "planning_edit",
    "planning_call_off",
    "planning_agreed",
    "contact_edit",
    "file_add",
    "timetable_clear",
    "partners_edit",
    "entry_add",
)
PDF = b"%PDF-1.7 the school's plan"


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


@pytest.fixture
def others(host):
    day = ReviewDayFactory(cycle=host.review.cycle)
    keep_dates([day.pk], NOW)
    reviewer = CycleReviewerFactory(cycle=day.cycle)
    place = DayPlaceFactory(day=day, reviewer=reviewer, answer="accepted", is_lead=True)
    return {
        "other_host": SchoolPostFactory(school=day.school).person,
        "other_reviewer": place.person,
    }


def url(host, name, *more):
    return reverse(f"days:{name}", args=[host.review.day_id, *more])


def get(client, person, path):
    client.force_login(person)
    return client.get(path)


def post(client, somebody, path, **typed):
    client.force_login(somebody)
    return client.post(path, typed)


def page(client, person, host, name="preparation"):
    return get(client, person, url(host, name)).content.decode()


def prepared(host):
    Review.objects.filter(pk=host.review.pk).update(
        focus=SECRET, planning_agreed=SECRET, contact_name=SECRET, planning_place=SECRET
    )
    TimetableEntryFactory(review=host.review, title=SECRET)
    TeamStepFactory(
        review=host.review, person=host.reviewer, declared_at=NOW, connection=CONNECTION
    )
    return ReviewFileFactory(review=host.review, title=SECRET, added_by=host.head)


def test_nobody_outside_finds_a_page_or_a_document(client, host, others):
    file = prepared(host)
    people = {name: getattr(host, name, None) or others[name] for name in OUTSIDE}
    paths = [url(host, name) for name in (*PAGES, *FORMS, "declaration")]
    paths += [url(host, "file_download", file.pk), url(host, "file_remove", file.pk)]

    found = {
        (name, path)
        for name, person in people.items()
        for path in paths
        if get(client, person, path).status_code != 404
    }

    assert found == set()
    assert SECRET in page(client, host.head, host)


def test_the_organisers_pages_have_no_word_of_it(client, host):
    prepared(host)
    for path in (host.review.day.get_absolute_url(), host.review.cycle.get_absolute_url()):
        words = get(client, host.organiser, path).content.decode()
        assert SECRET not in words
        assert CONNECTION not in words


def test_the_team_reads_and_changes_nothing(client, host):
    file = prepared(host)

    assert all(get(client, host.reviewer, url(host, name)).status_code == 200 for name in PAGES)
    assert all(get(client, host.reviewer, url(host, name)).status_code == 403 for name in FORMS)
    removing = get(client, host.reviewer, url(host, "file_remove", file.pk))
    assert removing.status_code == 403


def test_the_lead_too_writes_what_the_planning_meeting_agreed(client, host):
    typed = {"planning_agreed": "Two walks", "seen_version": host.review.version}

    assert get(client, host.lead, url(host, "planning_edit")).status_code == 403
    assert post(client, host.lead, url(host, "planning_agreed"), **typed).status_code == 302

    assert "Two walks" in page(client, host.reviewer, host)


def test_a_connection_is_read_by_host_lead_and_whoever_declared_it(client, host):
    prepared(host)
    third = DayPlaceFactory(
        day=host.review.day,
        reviewer=CycleReviewerFactory(cycle=host.review.cycle),
        answer="accepted",
    ).person

    readers = {
        name
        for name, person in {
            "head": host.head,
            "acting": host.acting,
            "lead": host.lead,
            "herself": host.reviewer,
            "third": third,
        }.items()
        if CONNECTION in page(client, person, host)
    }

    assert readers == {"head", "acting", "lead", "herself"}
    assert CONNECTION not in page(client, host.head, host, "pack")


def test_a_day_that_was_called_off_has_no_pages_any_more(client, host):
    file = prepared(host)
    call_off_day(day=host.review.day, because="Flood", by=host.organiser, now=NOW)
    day = host.review.day_id

    for person in (host.head, host.lead):
        for name in PAGES:
            path = reverse(f"days:{name}", args=[day])
            assert get(client, person, path).status_code == 404
        path = reverse("days:file_download", args=[day, file.pk])
        assert get(client, person, path).status_code == 404


def test_a_head_chooses_a_focus_and_of_two_at_once_the_second_sees_both(client, host):
    seen = host.review.version
    typed = {"focus": "Mine", "lines": "", "seen_version": seen}

    assert post(client, host.head, url(host, "focus_edit"), **typed).status_code == 302
    again = post(client, host.acting, url(host, "focus_edit"), **typed | {"focus": "Yours"})

    words = again.content.decode()
    assert "Mine" in words
    assert "Yours" in words
    assert Review.objects.get(pk=host.review.pk).focus == "Mine"


def test_a_planning_meeting_is_arranged_before_the_review_and_one_after_it_is_pointed_out(
    client, host
):
    typed = {"starts": "15:30", "ends": "16:30", "place": "Library", "seen_version": 1}
    version = host.review.version
    path = url(host, "planning_edit")

    late = post(client, host.head, path, day="2027-01-20", **typed | {"seen_version": version})
    assert "Planning comes before the review" in late.content.decode()
    post(client, host.head, path, day="2027-01-07", **typed | {"seen_version": version})
    assert "comes after the day" not in page(client, host.head, host)

    begins = host.review.dated_for.replace(month=1, day=5)
    Review.objects.filter(pk=host.review.pk).update(dated_for=begins)
    assert "The planning meeting comes after the day" in page(client, host.lead, host)
    assert "The planning meeting comes after the day" in page(client, host.head, host)


def test_a_document_goes_to_the_team_and_a_bad_one_doesnt(client, host):
    def give(name, content):
        file = SimpleUploadedFile(name, content)
        typed = {"title": "Plan", "file": file, "is_reading": "on"}
        return post(client, host.head, url(host, "file_add"), **typed)

    assert "Upload a PDF" in give("plan.pdf", b"MZ not a plan").content.decode()
    assert give("plan.pdf", PDF).status_code == 302
    assert "This file is here already" in give("other.pdf", PDF).content.decode()

    file = ReviewFile.objects.get()
    answer = get(client, host.reviewer, url(host, "file_download", file.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_another_review_is_not_found_here(client, host, others):
    other = ReviewFileFactory()

    path = url(host, "file_download", other.pk)

    assert get(client, host.head, path).status_code == 404


def test_a_reviewer_declares_and_reads_for_herself_alone(client, host):
    path = url(host, "declaration")
    refused = post(client, host.reviewer, path, has_connection="yes", promises="on")
    assert "Say which connection it is." in refused.content.decode()

    post(client, host.reviewer, path, has_connection="no", connection=CONNECTION, promises="on")
    post(client, host.reviewer, url(host, "reading"), read="yes")

    step = TeamStep.objects.get()
    assert (step.person, step.connection) == (host.reviewer, "")
    assert (step.declared_at, step.read_at) == (NOW, NOW)
    assert post(client, host.head, url(host, "reading"), read="yes").status_code == 403
    post(client, host.reviewer, url(host, "reading"), read="no")
    assert TeamStep.objects.get().read_at is None


def test_whom_the_head_names_prepares_with_her_until_it_ends(client, host):
    assert get(client, host.colleague, url(host, "preparation")).status_code == 404
    post(client, host.head, url(host, "person_name"), person=host.colleague.pk)
    assert get(client, host.colleague, url(host, "focus_edit")).status_code == 200
    assert get(client, host.colleague, url(host, "person_name")).status_code == 403

    named = host.review.people.get()
    post(client, host.head, url(host, "person_end", named.pk))

    assert get(client, host.colleague, url(host, "preparation")).status_code == 404


def test_the_timetable_begins_with_one_click_and_its_parts_are_changed(client, host):
    post(client, host.head, url(host, "timetable_given"))
    first = TimetableEntry.objects.earliest("starts_time", "pk")
    lead = host.review.day.places.get(person=host.lead).reviewer_id

    post(
        client,
        host.head,
        url(host, "entry_edit", first.pk),
        number=1,
        starts_time="08:30",
        ends_time="08:50",
        kind="meeting",
        title="Coffee",
        partner="Anna",
        reviewers=[lead],
        seen_version=1,
    )

    first.refresh_from_db()
    assert (first.title, first.ends_time) == ("Coffee", time(8, 50))
    assert [each.pk for each in first.reviewers.all()] == [lead]
    form = get(client, host.head, url(host, "partners_edit")).context["form"]
    boxes = {f"part_{part.pk}": part.partner or "Anna" for part in form.parts}
    old = post(client, host.head, url(host, "partners_edit"), **boxes, seen="1:1")
    assert "Somebody has changed the timetable meanwhile" in old.content.decode()
    post(client, host.head, url(host, "partners_edit"), **boxes, seen=form.initial["seen"])
    assert "Each part has a partner" in page(client, host.reviewer, host, "timetable")
    post(client, host.head, url(host, "entry_remove", first.pk))
    assert "Coffee" not in page(client, host.head, host, "timetable")


def test_of_two_who_name_partners_the_second_sees_what_the_first_named(client, host):
    changed, own = (TimetableEntryFactory(review=host.review, partner="") for _ in range(2))
    form = get(client, host.head, url(host, "partners_edit")).context["form"]
    TimetableEntry.objects.filter(pk=changed.pk).update(partner="Ben", version=2)
    new = TimetableEntryFactory(review=host.review, partner="Cleo")
    typed = {f"part_{changed.pk}": "Anna", f"part_{own.pk}": "Bea"}

    told = post(client, host.head, url(host, "partners_edit"), **typed, seen=form.initial["seen"])
    shown = told.context["form"]
    boxes = {field.html_name: field.value() for field in shown}
    post(client, host.head, url(host, "partners_edit"), **boxes)

    assert [(each.yours, each.theirs) for each in shown.both] == [("Anna", "Ben")]
    assert "Saved meanwhile" in told.content.decode()
    assert dict(TimetableEntry.objects.values_list("pk", "partner")) == {
        changed.pk: "Anna",
        own.pk: "Bea",
        new.pk: "Cleo",
    }


def test_the_pack_is_a_tagged_pdf_and_its_taking_is_audited_without_a_name(client, host):
    prepared(host)
    answer = get(client, host.reviewer, url(host, "pack_pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    event = Event.objects.filter(actor_id=host.reviewer.pk).latest("pk")
    assert host.school.name not in repr(vars(event))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("preparation", 6), ("timetable", 5), ("pack", 8)])
def test_pages_ask_as_often_for_one_row_as_for_three(
    client, host, count, name, queries, django_assert_num_queries
):
    cycle = host.review.cycle
    cycle.framework = FrameworkFactory(alliance=cycle.alliance)
    cycle.save()
    for _number in range(count):
        prepared_row(host)
        ThemeFactory(framework=cycle.framework)
    page(client, host.lead, host, name)

    with django_assert_num_queries(queries):
        client.get(url(host, name))


def prepared_row(host):
    place = DayPlaceFactory(
        day=host.review.day,
        reviewer=CycleReviewerFactory(cycle=host.review.cycle),
        answer="accepted",
    )
    entry = TimetableEntryFactory(review=host.review)
    entry.reviewers.add(place.reviewer)
    ReviewFileFactory(review=host.review)
    ReviewPersonFactory(review=host.review)
    TeamStepFactory(review=host.review, person=place.person)
