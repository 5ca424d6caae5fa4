import json
import re
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from reviews.days.course import facts_of
from reviews.days.course.opening import Writing, notes_of, opens_at
from reviews.days.models import Note
from reviews.days.parts.evidence import NOTES_A_PAGE
from reviews.days.services.noting import (
    NotYetOpen,
    SentNote,
    StandsBehindFinding,
    State,
    WritingHasEnded,
    change_note,
    keep_notes,
    remove_note,
)
from tests.factories.days import FindingFactory, NoteFactory
from tests.reviews.days.moderated import make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 20, 11, tzinfo=UTC)
SECRET = "Three pupils of Year 5 wait for feedback."
QUERIES = 10


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_team(views=0)


def sent(text=SECRET, **facts):
    told = {"key": uuid4(), "activity": "Books", "theme": None, "written_at": NOW} | facts
    return SentNote(text=text, **told)


def keep(made, *notes, by=None, now=NOW):
    return keep_notes(review=made.review, notes=notes, by=by or made.lead, now=now)


def words(made):
    rows = made.review.notes.filter(removed_at=None).order_by("pk")
    return [(note.author_id, note.text) for note in rows]


def sync(client, made, *notes, person=None, signed_in=None):
    client.force_login(signed_in or made.lead)
    body = {"person": (person or signed_in or made.lead).pk, "notes": list(notes)}
    address = reverse("days:note_sync", args=[made.day.pk])
    return client.post(address, json.dumps(body), content_type="application/json")


def row(text=SECRET, **facts):
    return {
        "key": str(uuid4()),
        "text": text,
        "theme": None,
        "activity": "Books",
        "written_at": "2027-01-20T10:30:00Z",
        "seen": None,
        "removed": False,
    } | facts


def test_sending_a_note_again_and_again_keeps_one(made):
    note = sent()

    outcomes = [keep(made, note), keep(made, note), keep(made, note, note)]

    assert words(made) == [(made.lead.pk, SECRET)]
    assert [each.state for (each,) in outcomes] == [State.KEPT] * 3
    assert Event.objects.filter(action="notes of evidence kept").count() == 1


def test_two_reviewers_devices_may_choose_the_same_name_for_a_note(made):
    key = uuid4()

    keep(made, sent("One", key=key))
    keep(made, sent("Two", key=key), by=made.team[1])

    assert words(made) == [(made.lead.pk, "One"), (made.team[1].pk, "Two")]


def test_a_note_changed_before_the_answer_came_is_changed_and_not_doubled(made):
    key = uuid4()
    keep(made, sent("Half", key=key))

    (outcome,) = keep(made, sent("Half and whole", key=key))

    assert (outcome.state, outcome.note.version) == (State.KEPT, 2)
    assert words(made) == [(made.lead.pk, "Half and whole")]


def test_a_change_upon_an_older_version_is_shown_and_nothing_is_lost(made):
    key = uuid4()
    keep(made, sent("First", key=key))
    keep(made, sent("Second", key=key, seen=1))

    (outcome,) = keep(made, sent("Other", key=key, seen=1))

    assert (outcome.state, outcome.note.text) == (State.CHANGED, "Second")
    with pytest.raises(ChangedSince):
        change_note(
            note=Note.objects.get(), sent=sent("Other", key=key, seen=1), by=made.lead, now=NOW
        )


def test_a_removed_note_leaves_no_words_and_a_late_copy_does_not_bring_it_back(made):
    key = uuid4()
    keep(made, sent(key=key))

    (removed,) = keep(made, sent("", key=key, is_removed=True))
    (late,) = keep(made, sent(key=key))
    (never_came,) = keep(made, sent("", is_removed=True))

    assert {each.state for each in (removed, late, never_came)} == {State.REMOVED}
    assert words(made) == []
    assert set(Note.objects.values_list("text", "activity")) == {("", "")}


def test_a_note_behind_a_finding_stays(made):
    note = NoteFactory(review=made.review, author=made.lead)
    FindingFactory(review=made.review).evidence.add(note)

    with pytest.raises(StandsBehindFinding):
        remove_note(note=note, by=made.lead, now=NOW)

    note.refresh_from_db()
    assert note.removed_at is None


def test_notes_open_at_eight_or_an_hour_before_and_close_with_the_moderation(made):
    early = datetime(2027, 7, 5, 7, 30, tzinfo=UTC)
    before = datetime(2027, 1, 20, 7, 29, tzinfo=UTC)

    assert opens_at(made.day.starts_at) == datetime(2027, 1, 20, 7, 30, tzinfo=UTC)
    assert opens_at(early) == datetime(2027, 7, 5, 6, 30, tzinfo=UTC)
    assert opens_at(NOW) == datetime(2027, 1, 20, 8, tzinfo=UTC)
    with pytest.raises(NotYetOpen):
        keep(made, sent(), now=before)
    made.review.moderated_at = NOW
    made.review.save()
    assert notes_of(facts_of(made.review), NOW) == Writing.ENDED
    with pytest.raises(WritingHasEnded):
        keep(made, sent())
    assert words(made) == []


def test_a_device_is_told_what_became_of_each_note(client, made):
    new, old = row(), row("Old")
    keep(made, sent("Old", key=UUID(old["key"])))

    told = sync(client, made, new, old | {"text": "", "removed": True}).json()

    assert told["person"] == made.lead.pk
    assert {(each["key"], each["state"]) for each in told["notes"]} == {
        (new["key"], "kept"),
        (old["key"], "removed"),
    }
    note = Note.objects.get(removed_at=None)
    assert (note.text, note.written_at.hour) == (SECRET, 10)


def test_what_somebody_else_typed_on_the_device_does_not_come_in_under_her_name(client, made):
    answer = sync(client, made, row(), person=made.lead, signed_in=made.team[1])

    assert (answer.status_code, answer.json()) == (409, {"person": made.team[1].pk})
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"key": "no key"},
        {"text": ""},
        {"text": "x" * 5_001},
        {"text": "half \ud800"},
        {"text": 3},
        {"activity": ["Books"]},
    ],
)
def test_what_no_device_of_the_portal_sends_is_refused(client, made, facts):
    answer = sync(client, made, row(**facts))

    assert answer.status_code == 400
    assert not Note.objects.exists()


def test_nonsense_beside_the_words_does_not_stop_them(client, made):
    clock, theme = "2099-01-01T00:00:00Z", 2**70

    sync(client, made, row(written_at=clock, theme=theme, seen=-4), row(written_at="soon"))

    assert list(Note.objects.values_list("written_at", "theme")) == [(NOW, None)] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_sending_many_costs_what_one_costs(client, made, count, django_assert_num_queries):
    address = reverse("days:note_sync", args=[made.day.pk])
    client.force_login(made.lead)
    client.get(address)
    body = {"person": made.lead.pk, "notes": [row() for _ in range(count)]}

    with django_assert_num_queries(QUERIES):
        client.post(address, json.dumps(body), content_type="application/json")

    assert Note.objects.count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_notes_costs_the_same_for_one_and_for_many(
    client, made, count, django_assert_num_queries
):
    for _ in range(count):
        NoteFactory(review=made.review, author=made.lead, theme=made.themes[0])
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])
    client.get(address)

    with django_assert_num_queries(6):
        page = client.get(address)

    assert page["Cache-Control"] == "private, no-store"
    assert page.text.count("Evidence ") >= count


def test_notes_stand_in_pages_and_each_row_leads_to_its_own_addresses(client, made):
    notes = [
        NoteFactory(review=made.review, author=made.lead, text=f"Number {n}.")
        for n in range(NOTES_A_PAGE + 1)
    ]
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])

    first, second = client.get(address).text, client.get(address, {"page": 2}).text

    shown = [text.count("data-portal-key=") for text in (first, second)]
    assert shown == [NOTES_A_PAGE, 1]
    for name in ("edit", "remove"):
        places = {
            urljoin(address, place)
            for text in (first, second)
            for place in re.findall(rf'href="(\d+/{name}/)"', text)
        }
        assert places == {
            reverse(f"days:note_{name}", args=[made.day.pk, note.pk]) for note in notes
        }


def test_without_a_script_a_note_is_kept_changed_and_removed(client, made):
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])
    key = str(client.get(address).context["form"]["key"].value())
    theme = made.themes[1]
    typed = {"text": SECRET, "theme": theme.pk, "activity": "Work scrutiny", "key": key}

    kept = [client.post(address, typed) for _ in range(2)]
    note = Note.objects.get()
    next_form = client.get(address).context["form"]
    edit = reverse("days:note_edit", args=[made.day.pk, note.pk])
    client.post(edit, typed | {"text": "Less", "seen_version": 1})
    both = client.post(edit, typed | {"text": "More", "seen_version": 1}).text
    note.refresh_from_db()
    changed = note.text
    client.post(reverse("days:note_remove", args=[made.day.pk, note.pk]))

    assert [answer.status_code for answer in kept] == [302, 302]
    assert (next_form["theme"].value(), next_form["activity"].value()) == (
        str(theme.pk),
        "Work scrutiny",
    )
    assert changed == "Less"
    assert "Saved meanwhile" in both
    assert words(made) == []


def test_nobody_else_reads_a_note_or_its_page(client, made):
    note = NoteFactory(review=made.review, author=made.lead, text=SECRET)
    FindingFactory(review=made.review)
    names = [("note_list", []), ("note_edit", [note.pk]), ("note_remove", [note.pk])]
    people = [made.team[1], made.head, made.cycle.organiser, made.staff]

    seen = []
    for person in people:
        client.force_login(person)
        for name, more in names:
            answer = client.get(reverse(f"days:{name}", args=[made.day.pk, *more]))
            seen.append((answer.status_code, SECRET in answer.text))

    hers = [(200, False), (404, False), (404, False)]
    assert seen == hers + [(403, False)] * 3 + [(404, False)] * 6
    kept = Event.objects.filter(action="notes of evidence kept")
    assert SECRET not in str(list(kept.values()))


def test_what_the_audit_keeps_of_notes_are_counts(made):
    keep(made, sent())

    event = Event.objects.get(action="notes of evidence kept")

    assert event.values == {"added": 1, "changed": 0}
    assert SECRET not in str(vars(event))


def test_a_device_that_comes_too_early_or_too_late_is_told_why(client, made, time_machine):
    late = "The findings are agreed: notes stay as they are."
    time_machine.move_to(datetime(2027, 1, 20, 7, tzinfo=UTC), tick=False)
    early = sync(client, made, row())
    time_machine.move_to(NOW, tick=False)
    made.review.moderated_at = NOW
    made.review.save()

    answers = [early, sync(client, made, row())]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert [answer.json()["refused"] for answer in answers] == [
        "Notes open on the morning of the day.",
        late,
    ]
    assert late in client.get(reverse("days:note_list", args=[made.day.pk])).text


def test_without_a_script_a_note_that_comes_too_late_stays_in_its_box(client, made):
    made.review.moderated_at = NOW
    made.review.save()
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])

    words = client.post(address, {"text": SECRET}).text

    assert "The findings are agreed: notes stay as they are." in words
    assert SECRET in words.split("<textarea")[1].split("</textarea>")[0]
    assert "<textarea" not in client.get(address).text
    assert not Note.objects.exists()


def test_beside_the_box_stands_the_way_to_what_to_do_for_a_child_at_risk(client, made):
    client.force_login(made.lead)

    box = client.get(reverse("days:note_list", args=[made.day.pk])).text.split("<textarea")[1]

    assert f'href="{reverse("days:safeguarding", args=[made.day.pk])}"' in box.split("</form>")[0]


def test_after_the_moderation_the_page_looks_for_late_notes_until_the_release(client, made):
    made.review.moderated_at = NOW
    made.review.save()
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])

    before = client.get(address).text
    made.review.released_at = NOW
    made.review.save()
    after = client.get(address).text

    assert ["data-portal-notes=" in words for words in (before, after)] == [True, False]
    assert ["notes.js" in words for words in (before, after)] == [True, False]
    assert "You wrote no notes." in after


def test_a_message_that_holds_no_notes_is_refused(client, made):
    client.force_login(made.lead)
    address = reverse("days:note_sync", args=[made.day.pk])

    bodies = ["no json", "[]", '{"notes": [1]}', json.dumps({"notes": [row()] * 51})]
    answers = [client.post(address, body, content_type="application/json") for body in bodies]

    assert [answer.status_code for answer in answers] == [400] * 4


def test_removing_asks_first_and_says_why_it_can_not(client, made):
    note = NoteFactory(review=made.review, author=made.lead, text=SECRET)
    client.force_login(made.lead)
    address = reverse("days:note_remove", args=[made.day.pk, note.pk])

    asked = client.get(address).text
    finding = FindingFactory(review=made.review)
    finding.evidence.add(note)
    refused = client.post(address, follow=True).text
    finding.evidence.clear()
    removed = client.post(address, follow=True).text

    assert SECRET in asked
    assert "Take it from the finding first." in refused
    assert "Note removed." in removed


def test_before_the_day_the_page_says_when_notes_open(client, made, time_machine):
    time_machine.move_to(datetime(2027, 1, 19, 12, tzinfo=UTC), tick=False)
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])

    words = client.get(address).text
    client.post(address, {"text": SECRET})

    assert "Notes open on the morning of the day" in words
    assert "notes.js" not in words
    assert not Note.objects.exists()
