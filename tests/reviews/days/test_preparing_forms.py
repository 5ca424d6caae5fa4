from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.days.models import Review, ReviewFile, TimetableEntry
from reviews.days.services.documents import MOST_FILES
from reviews.days.services.timetabling import MOST_PARTS
from tests.factories.days import ReviewFileFactory, TeamStepFactory, TimetableEntryFactory
from tests.reviews.days.own_school import NOW, make_host

pytestmark = pytest.mark.django_db
MEETING = {"day": "2027-01-07", "starts": "15:30", "ends": "16:30", "place": "Library"}
WALK = {
    "number": 1,
    "starts_time": "09:00",
    "ends_time": "10:00",
    "kind": "walk",
    "title": "Learning walk",
    "partner": "Anna",
}


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


@pytest.fixture
def head(client, host):
    client.force_login(host.head)
    return client


def url(host, name, *more):
    return reverse(f"days:{name}", args=[host.review.day_id, *more])


def said(response):
    return response.content.decode()


def version(host):
    return Review.objects.get(pk=host.review.pk).version


def saves(head, host, name, **typed):
    told = typed | {"seen_version": typed.get("seen_version", version(host))}
    return head.post(url(host, name), told, follow=True)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("focus_edit", {"lines": "Books"}, "Say first what the focus is."),
        ("contact_edit", {"contact_name": "Jo"}, "Give the telephone, too."),
        ("contact_edit", {"contact_telephone": "0161"}, "Say whose telephone it is."),
        (
            "contact_edit",
            {"contact_name": "Jo", "contact_telephone": "the office"},
            "A telephone number has digits.",
        ),
        ("planning_edit", MEETING | {"ends": "15:00"}, "The meeting must end after it begins."),
        ("entry_add", WALK | {"ends_time": "08:00"}, "The end must be after the beginning."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(head, host, name, typed, sentence):
    assert sentence in said(saves(head, host, name, **typed))


def test_contacts_are_named_and_stand_beside_the_page(head, host):
    typed = {"contact_name": "Jo Firth", "contact_telephone": "0161 496 0123"}
    page = said(saves(head, host, "contact_edit", **typed, lado_contact="Lee, 0161 496 0000"))

    assert '<a href="tel:01614960123">0161 496 0123</a>' in page
    assert 'Lee, <a href="tel:01614960000">0161 496 0000</a>' in page


def test_of_two_who_arrange_the_planning_meeting_the_second_sees_both(head, host):
    seen = version(host)
    saves(head, host, "planning_edit", **MEETING)
    again = saves(head, host, "planning_edit", **MEETING | {"starts": "14:00"}, seen_version=seen)

    assert {(row.label, row.yours, row.theirs) for row in again.context["form"].both} == {
        ("Begins at", "2pm", "3.30pm")
    }
    fresh = again.context["form"].data["seen_version"]
    saves(head, host, "planning_edit", **MEETING | {"starts": "14:00"}, seen_version=fresh)
    assert Review.objects.get(pk=host.review.pk).planning_starts_at.hour == 14


def test_calling_the_planning_meeting_off_asks_first_and_twice_is_said(head, host):
    saves(head, host, "planning_edit", **MEETING)
    assert "Call off the planning meeting?" in said(head.get(url(host, "planning_call_off")))
    assert Review.objects.filter(planning_at__isnull=False).exists()

    assert "is called off" in said(head.post(url(host, "planning_call_off"), follow=True))
    again = said(head.post(url(host, "planning_call_off"), follow=True))
    assert "No planning meeting is arranged any more." in again


def test_documents_are_said_to_be_complete_removed_and_limited(head, host):
    complete = url(host, "files_complete")
    assert "Add a document first." in said(head.post(complete, {"complete": "yes"}, follow=True))
    file = ReviewFileFactory(review=host.review, title="Plan")
    assert "Complete since" in said(head.post(complete, {"complete": "yes"}, follow=True))
    more = said(head.post(complete, {"complete": "no"}, follow=True))
    assert "that these are all" in more
    assert "The documents aren’t complete now: more are to come." in more

    assert "Remove “Plan”?" in said(head.get(url(host, "file_remove", file.pk)))
    assert ReviewFile.objects.exists()
    head.post(url(host, "file_remove", file.pk))
    assert not ReviewFile.objects.exists()

    ReviewFileFactory.create_batch(MOST_FILES, review=host.review)
    sent = {"title": "Plan", "file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7 one more")}
    assert "There are 40 documents." in said(head.post(url(host, "file_add"), sent))


def test_parts_are_added_and_removed_and_limited(head, host):
    lead = host.review.day.places.get(person=host.lead).reviewer_id
    assert str(host.lead) in said(saves(head, host, "entry_add", **WALK, reviewers=[lead]))
    entry = TimetableEntry.objects.get()
    assert "Remove “Learning walk”?" in said(head.get(url(host, "entry_remove", entry.pk)))

    begun = said(head.post(url(host, "timetable_given"), follow=True))
    assert "There are parts already." in begun
    assert "Remove the whole timetable?" in said(head.get(url(host, "timetable_clear")))
    head.post(url(host, "timetable_clear"))
    assert not TimetableEntry.objects.exists()

    TimetableEntryFactory.create_batch(MOST_PARTS, review=host.review)
    assert "There are 60 parts." in said(saves(head, host, "entry_add", **WALK))


def test_of_two_who_change_a_part_the_second_sees_both_and_who_was_ticked_stays(head, host):
    entry = TimetableEntryFactory(review=host.review, title="Walk", starts_time=time(9))
    lead = host.review.day.places.get(person=host.lead).reviewer_id
    path = url(host, "entry_edit", entry.pk)
    head.post(path, WALK | {"seen_version": 1})

    again = head.post(path, WALK | {"title": "Books", "reviewers": [lead], "seen_version": 1})

    form = again.context["form"]
    assert {(row.label, row.yours, row.theirs) for row in form.both} == {
        ("What happens", "Books", "Learning walk"),
        ("Who goes", str(host.lead), "All"),
    }
    assert form.data.getlist("reviewers") == [str(lead)]
    head.post(path, form.data)
    entry.refresh_from_db()
    assert [each.pk for each in entry.reviewers.all()] == [lead]


def test_a_review_of_three_days_asks_on_which_a_part_is(head, host):
    host.review.cycle.length = "three"
    host.review.cycle.save()

    assert "Day 3" in said(head.get(url(host, "entry_add")))
    saves(head, host, "entry_add", **WALK | {"number": 2})
    assert "Day 2" in said(head.get(url(host, "timetable")))
    assert "Day 2" in said(head.get(url(host, "pack")))
    assert head.get(url(host, "pack_pdf")).status_code == 200


def test_a_declaration_is_shown_to_whoever_changes_it(client, host):
    TeamStepFactory(review=host.review, person=host.lead, declared_at=NOW, connection="My niece")
    client.force_login(host.lead)

    assert "My niece" in said(client.get(url(host, "declaration")))


def test_naming_asks_before_it_ends_and_offers_nobody_twice(head, host):
    typed = {"person": host.colleague.pk}
    assert str(host.colleague) in said(head.post(url(host, "person_name"), typed, follow=True))
    named = host.review.people.get()

    assert f"End it for {host.colleague}?" in said(head.get(url(host, "person_end", named.pk)))
    assert "Select a valid choice" in said(head.post(url(host, "person_name"), typed))
