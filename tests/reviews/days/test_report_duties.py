from datetime import UTC, datetime, timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import Duty, DutyWindow, all_duties, notice_kinds
from reviews.days.course import facts_of, whose_turn
from reviews.days.duties.reports import ANSWER, CHECK, RELEASE, SEND
from reviews.days.services.checking import answer_comment, comment_on, say_accurate
from reviews.days.services.releasing import release_report
from tests.reviews.days.reported import (
    NOW,
    SECRET,
    WORDS,
    comment_of,
    commented,
    drafted,
    make_agreed,
    released,
    sent,
)

pytestmark = pytest.mark.django_db
KINDS = [SEND, CHECK, ANSWER, RELEASE]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def made():
    return make_agreed()


def duties(now=LATER):
    return [Duty(*row) for row in all_duties(DutyWindow(kinds=KINDS, now=now))]


def owed(now=LATER):
    return sorted((duty.kind, duty.person_id) for duty in duties(now))


def test_lead_sends_the_report_once_the_findings_are_agreed(made):
    assert owed() == [(SEND, made.lead.pk)]
    drafted(made)
    assert owed() == [(SEND, made.lead.pk)]

    made.review.moderated_at = None
    made.review.save()

    assert owed() == []


def test_head_checks_what_was_sent_and_the_lead_releases_it(made):
    report = sent(made)
    assert owed() == [(CHECK, made.head.pk)]

    say_accurate(review=made.review, by=made.head, now=LATER)
    assert owed() == [(RELEASE, made.lead.pk)]
    assert duties()[0].due_at == datetime(2027, 1, 28, 17, tzinfo=UTC)

    release_report(review=made.review, by=made.lead, now=LATER)
    assert owed(report.check_by) == []


def test_lead_answers_comments_and_the_head_looks_again(made):
    commented(made)
    assert owed() == [(ANSWER, made.lead.pk)]

    kept = {"outcome": "kept", "answer": "We saw it.", "by": made.lead, "now": LATER}
    answer_comment(review=made.review, comment=comment_of(made), **kept)

    assert owed() == [(CHECK, made.head.pk)]


def test_silence_of_the_head_makes_it_the_leads_turn(made):
    report = sent(made)

    assert owed(report.check_by) == sorted([(CHECK, made.head.pk), (RELEASE, made.lead.pk)])


def test_a_day_that_is_called_off_asks_for_nothing(made):
    sent(made)
    made.review.day = None
    made.review.save()

    assert owed() == []


def turn(made, now=LATER):
    task = whose_turn(facts_of(made.review), now)
    return (task.key, task.whose)


def test_it_is_always_somebodys_turn(made):
    made.day.state = "held"
    made.day.save()
    turns = [turn(made)]
    report = commented(made)
    turns.append(turn(made))
    kept = {"outcome": "kept", "answer": "We saw it.", "by": made.lead, "now": LATER}
    answer_comment(review=made.review, comment=comment_of(made), **kept)
    turns.append(turn(made))
    report.refresh_from_db()
    turns.append(turn(made, report.check_by))
    say_accurate(review=made.review, by=made.head, now=LATER)
    turns.append(turn(made))
    release_report(review=made.review, by=made.lead, now=LATER)
    turns.append(turn(made))

    lead, host = "the lead reviewer", "the host"
    assert turns == [
        ("sent", lead),
        ("answered", lead),
        ("checked", host),
        ("released", lead),
        ("released", lead),
        ("workshop", host),
    ]


def test_the_team_is_told_of_comments_once_until_they_are_answered(made):
    commented(made)
    comment_on(review=made.review, words="Another.", by=made.head, now=LATER)

    assert Notice.objects.filter(kind="days.report_commented").count() == 3


def test_duties_and_letters_name_neither_school_nor_finding(made):
    commented(made)
    kept = {"outcome": "kept", "answer": "We saw it.", "by": made.lead, "now": LATER}
    before = duties()
    answer_comment(review=made.review, comment=comment_of(made), **kept)
    say_accurate(review=made.review, by=made.head, now=LATER)
    release_report(review=made.review, by=made.lead, now=LATER)

    words = [f"{duty.title} {duty.line} {duty.spec.why(duty)}" for duty in before]
    for kind in ("sent", "commented", "answered", "checked", "released"):
        key = f"days.report_{kind}"
        rows = list(Notice.objects.filter(kind=key))
        assert rows
        words += [repr(letter) for letter in notice_kinds()[key].letters(rows, LATER).values()]

    hidden = (made.review.school.name, SECRET, *WORDS, "We saw it", "given in the lesson")
    assert [word for word in hidden if word in " ".join(words)] == []


def test_letters_cost_as_many_queries_for_three_as_for_one(made, django_assert_num_queries):
    released(made)
    rows = list(Notice.objects.filter(kind="days.report_released"))

    for some in (rows[:1], rows):
        with django_assert_num_queries(1):
            assert len(notice_kinds()["days.report_released"].letters(some, NOW)) == len(some)
    assert len(rows) == 3
