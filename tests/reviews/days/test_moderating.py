import logging
from datetime import timedelta

import pytest

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.services.holding import call_off_day
from reviews.days.models import AgreedLabel, Agreement, Finding, Note, TeamStep, View
from reviews.days.parts.moderation import findings_of
from reviews.days.services.agreeing import agree_to_findings, take_agreement_back
from reviews.days.services.deleting import delete_notes_of
from reviews.days.services.finding import (
    FindingGone,
    add_finding,
    change_finding,
    choose_evidence,
    remove_finding,
)
from reviews.days.services.labelling import give_label
from reviews.days.services.moderating import (
    ModeratedAlready,
    NotAgreed,
    NothingFound,
    NotModerated,
    SentAlready,
    ViewsMissing,
    end_moderation,
    open_moderation_again,
)
from reviews.days.services.noting import WritingHasEnded, add_note
from reviews.days.services.viewing import AllViewsAreIn, keep_view
from reviews.days.tasks import delete_notes_of_reviews
from tests.factories.days import FindingFactory, ReportFactory
from tests.reviews.days.moderated import AFTERWARDS, make_team, note_of
from tests.reviews.days.test_noting import sent

pytestmark = pytest.mark.django_db
WORDS = {"meaning": "strength", "words": "Pupils explain what they read.", "theme": None}


@pytest.fixture
def made():
    return make_team()


def worded(made, by=None, **words):
    told = {"review": made.review, "by": by or made.lead, "now": AFTERWARDS}
    return add_finding(words=WORDS | words, **told)


def agree(made, person, *findings):
    seen = {finding.pk: finding.version for finding in findings}
    return agree_to_findings(review=made.review, seen=seen, by=person, now=AFTERWARDS)


def who_agrees(finding):
    return set(Agreement.objects.filter(finding=finding).values_list("person", flat=True))


def end(made):
    return end_moderation(review=made.review, by=made.lead, now=AFTERWARDS)


def test_nothing_is_found_before_everybodys_view_is_in():
    made = make_team(views=2)

    with pytest.raises(ViewsMissing):
        worded(made)
    TeamStep.objects.create(review=made.review, person=made.team[2], excused_at=AFTERWARDS)

    assert who_agrees(worded(made)) == {made.lead.pk}


def test_change_of_words_asks_again_and_evidence_does_not(made):
    finding = worded(made)
    for person in made.team[1:]:
        agree(made, person, finding)
    note = note_of(made, made.team[1])
    told = {"finding": finding, "by": made.team[1], "now": AFTERWARDS}

    with_note = choose_evidence(shown=[note.pk], ticked=[note.pk], **told)
    everybody = who_agrees(finding)
    changed = change_finding(changes={"words": "Pupils explain."}, **told)

    assert (with_note.version, with_note.evidence_count, changed.version) == (2, 1, 3)
    assert everybody == {person.pk for person in made.team}
    assert who_agrees(finding) == {made.team[1].pk}
    again = Notice.objects.filter(kind="days.findings_changed")
    assert set(again.values_list("recipient", flat=True)) == {made.lead.pk, made.team[2].pk}


def test_whoever_left_the_team_is_not_asked_again(made):
    finding = worded(made)
    agree(made, made.team[2], finding)
    made.places[2].ended_at = AFTERWARDS
    made.places[2].save()

    change_finding(
        finding=finding, changes={"words": "Other."}, by=made.lead, now=AFTERWARDS, seen_version=1
    )

    assert not Notice.objects.filter(kind="days.findings_changed").exists()


def test_nobody_agrees_to_words_that_she_has_not_seen(made):
    finding, other = worded(made), worded(made, meaning="development")
    change_finding(finding=finding, changes={"words": "Other words."}, by=made.lead, now=AFTERWARDS)

    said = agree(made, made.team[1], finding, other)

    assert (said.count, said.changed) == (1, 1)
    assert who_agrees(finding) == {made.lead.pk}
    assert who_agrees(other) == {made.lead.pk, made.team[1].pk}


def test_second_of_two_editors_is_told(made):
    finding = worded(made)
    told = {"finding": finding, "seen_version": 1, "now": AFTERWARDS}
    change_finding(changes={"words": "First."}, by=made.lead, **told)

    with pytest.raises(ChangedSince) as changed:
        change_finding(changes={"words": "Second."}, by=made.team[1], **told)
    with pytest.raises(ChangedSince):
        remove_finding(by=made.team[1], **told)
    remove_finding(by=made.lead, **told | {"seen_version": 2})
    with pytest.raises(FindingGone):
        change_finding(changes={"words": "Third."}, by=made.lead, **told)

    assert changed.value.current.words == "First."


def test_evidence_is_of_this_review_and_only_what_was_shown_changes(made):
    finding = worded(made)
    mine, kept, gone = (note_of(made, made.lead) for _ in range(3))
    gone.removed_at = AFTERWARDS
    gone.save()
    other = note_of(make_team(), made.lead)
    told = {"finding": finding, "by": made.lead, "now": AFTERWARDS}
    choose_evidence(shown=[kept.pk], ticked=[kept.pk], **told)

    choose_evidence(shown=[mine.pk], ticked=[mine.pk, other.pk, gone.pk], **told)

    assert set(finding.evidence.values_list("pk", flat=True)) == {mine.pk, kept.pk}
    choose_evidence(shown=[mine.pk], ticked=[], **told)
    assert Finding.objects.get().evidence_count == 1


def test_moderation_ends_when_everybody_agrees_to_every_finding(made):
    with pytest.raises(NothingFound):
        end(made)
    findings = [worded(made), worded(made, meaning="development")]
    agree(made, made.team[1], *findings)
    agree(made, made.team[2], findings[0])
    with pytest.raises(NotAgreed):
        end(made)
    agree(made, made.team[2], findings[1])

    ended = end(made)

    assert (ended.moderated_at, ended.moderated_by) == (AFTERWARDS, made.lead)
    told = Notice.objects.filter(kind="days.findings_agreed")
    assert {each.recipient for each in told} == set(made.team[1:])
    with pytest.raises(ModeratedAlready):
        worded(made)
    with pytest.raises(ModeratedAlready):
        take_agreement_back(finding=findings[0], by=made.lead, now=AFTERWARDS)


def test_lead_goes_on_without_whom_she_excused(made):
    finding = worded(made)
    agree(made, made.team[1], finding)
    TeamStep.objects.filter(person=made.team[2]).update(excused_at=AFTERWARDS)

    assert end(made).moderated_at == AFTERWARDS


def test_agreement_that_was_taken_back_is_missing_again(made):
    finding = worded(made)
    for person in made.team[1:]:
        agree(made, person, finding)
    for _twice in range(2):
        take_agreement_back(finding=finding, by=made.team[1], now=AFTERWARDS)

    with pytest.raises(NotAgreed):
        end(made)
    assert Event.objects.filter(action="agreement taken back").count() == 1


def test_notes_that_their_authors_remove_do_not_count_in_the_end(made):
    finding = worded(made)
    notes = [note_of(made, made.lead) for _ in range(2)]
    keys = [note.pk for note in notes]
    told = {"finding": finding, "by": made.lead, "now": AFTERWARDS}
    finding = choose_evidence(shown=keys, ticked=keys, **told)
    for person in made.team[1:]:
        agree(made, person, finding)
    Note.objects.filter(pk=keys[0]).update(removed_at=AFTERWARDS)

    end(made)

    assert Finding.objects.get().evidence_count == 1


def test_moderation_is_opened_again_until_the_report_is_sent(made):
    told = {"review": made.review, "by": made.lead, "now": AFTERWARDS}
    with pytest.raises(NotModerated):
        open_moderation_again(**told)
    finding = worded(made)
    for person in made.team[1:]:
        agree(made, person, finding)
    end(made)
    report = ReportFactory(review=made.review)
    opened = open_moderation_again(**told)

    assert (opened.moderated_at, opened.moderated_by) == (None, None)
    assert who_agrees(finding) == {person.pk for person in made.team}
    assert Notice.objects.filter(kind="days.findings_open").count() == 2
    end(made)
    report.sent_at = AFTERWARDS
    report.save()
    with pytest.raises(SentAlready):
        open_moderation_again(**told)


def test_theme_has_one_label_and_a_second_hand_is_told(made):
    first, second = made.labels
    told = {"review": made.review, "theme": made.themes[0], "by": made.lead, "now": AFTERWARDS}
    give_label(judgement=first, changed_in_talk="Two saw it otherwise.", **told)
    with pytest.raises(ChangedSince) as changed:
        give_label(judgement=second, **told)
    give_label(judgement=second, seen_version=1, **told)

    assert changed.value.current.judgement == first
    kept = AgreedLabel.objects.get()
    assert (kept.judgement, kept.version) == (second, 2)
    give_label(judgement=None, seen_version=2, **told)
    assert not AgreedLabel.objects.exists()


def test_notes_and_views_go_ninety_days_after_the_release_once(made, caplog):
    finding = worded(made)
    note = note_of(made, made.lead, text="Words that go.")
    told = {"finding": finding, "by": made.lead, "now": AFTERWARDS}
    choose_evidence(shown=[note.pk], ticked=[note.pk], **told)
    other = note_of(make_team(), made.lead)
    release = AFTERWARDS + timedelta(days=1)
    made.review.moderated_at, made.review.released_at = AFTERWARDS, release
    made.review.save()
    due = release + timedelta(days=90)

    early = delete_notes_of(review=made.review, now=due - timedelta(seconds=1))
    caplog.set_level(logging.INFO)
    done = [delete_notes_of(review=made.review, now=due) for _twice in range(2)]

    assert (early, done) == (False, [True, False])
    assert list(Note.objects.all()) == [other]
    assert not View.objects.filter(review=made.review).exists()
    kept = Finding.objects.get()
    assert (kept.words, kept.evidence_count, kept.evidence.count()) == (WORDS["words"], 1, 0)
    event = Event.objects.get(action="notes deleted")
    assert event.values == {"notes": 1, "views": 6}
    assert "Words" not in caplog.text


def test_task_deletes_what_is_due_and_may_run_twice(made):
    note_of(made, made.lead)
    FindingFactory(review=made.review)
    made.review.moderated_at = made.review.released_at = AFTERWARDS - timedelta(days=900)
    made.review.save()

    assert [delete_notes_of_reviews(), delete_notes_of_reviews()] == [1, 0]
    assert not Note.objects.exists()


def delete_at(made, moment):
    return delete_notes_of(review=made.review, now=moment)


def test_where_nothing_is_released_notes_go_a_year_after_the_day(made):
    finding = worded(made)
    note = note_of(made, made.lead)
    told = {"finding": finding, "by": made.lead, "now": AFTERWARDS}
    finding = choose_evidence(shown=[note.pk], ticked=[note.pk], **told)
    for person in made.team[1:]:
        agree(made, person, finding)
    due = made.day.ends_at + timedelta(days=365)

    done = [delete_at(made, due - timedelta(seconds=1)), delete_at(made, due), delete_at(made, due)]
    end(made)

    assert done == [False, True, False]
    assert not Note.objects.exists()
    assert not View.objects.exists()
    assert Finding.objects.get().evidence_count == 1
    assert [row.pieces for row in findings_of(made.review, (), made.lead.pk)] == [1]


def test_nothing_is_written_where_notes_are_deleted(made):
    note = note_of(made, made.lead)
    told = {"review": made.review, "by": made.lead, "now": AFTERWARDS + timedelta(days=400)}
    made.review.steps.update(views_at=None)
    delete_at(made, told["now"])

    with pytest.raises(WritingHasEnded):
        add_note(note=sent("Late."), **told)
    with pytest.raises(AllViewsAreIn):
        keep_view(theme=made.themes[0], changes={"strengths": "Late."}, seen_version=0, **told)

    assert not Note.objects.filter(pk=note.pk).exists()


def test_notes_of_a_day_that_was_called_off_go_ninety_days_after_its_date(made):
    note_of(made, made.lead)
    due = made.day.ends_at + timedelta(days=90)
    assert delete_at(made, due) is False
    call_off_day(day=made.day, because="Snow", by=made.cycle.organiser, now=AFTERWARDS)

    done = [delete_at(made, due - timedelta(seconds=1)), delete_at(made, due)]

    assert done == [False, True]
    assert not Note.objects.exists()
    assert not View.objects.exists()


def test_audit_keeps_no_word_of_what_was_found(made):
    finding = worded(made)
    change_finding(
        finding=finding, changes={"words": "Secret words."}, by=made.lead, now=AFTERWARDS
    )
    give_label(
        review=made.review,
        theme=made.themes[0],
        judgement=made.labels[0],
        changed_in_talk="Secret talk.",
        by=made.lead,
        now=AFTERWARDS,
    )

    said = repr(list(Event.objects.values()))

    assert Event.objects.filter(action="finding changed").exists()
    for hidden in ("Secret", "Pupils explain", made.labels[0].label, made.review.school.name):
        assert hidden not in said
