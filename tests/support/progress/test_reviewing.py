from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from partnership.audit.models import Event
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from support.progress.course.ratings import differing
from support.progress.models import Course, TermReview, TermView
from support.progress.services import (
    ClosedAlready,
    GivenAlready,
    NoExitStrategy,
    NoPlanYet,
    NoSuchTerm,
    NothingToTalkAbout,
    NotShownYet,
    NotTalkedYet,
    OpenedAlready,
    TooEarlyToShow,
    close_review,
    open_due_reviews,
    open_review,
    raise_concern,
    show_without,
    write_talk,
)
from support.progress.services.going_on import NotGoingOn
from tests.factories import DelegationFactory, SchoolPostFactory
from tests.factories.progress import PlanFactory
from tests.support.progress.begun import TERMS, begin, make_begun
from tests.support.progress.reviewed import (
    BEFORE_END,
    DUE,
    give,
    give_all,
    make_planned,
    make_reviewed,
    people_of,
)

pytestmark = pytest.mark.django_db
TWO_WEEKS_BEFORE = datetime(2027, 3, 11, 7, 20, tzinfo=UTC)


def acting_for(head, school, *, kind="support"):
    deputy = SchoolPostFactory(school=school, kind="business_manager").person
    days = {"starts_on": TWO_WEEKS_BEFORE.date(), "ends_on": DUE.date()}
    DelegationFactory(school=school, deputy=deputy, given_by=head, kind=kind, **days)
    return deputy


def shown(review):
    review.refresh_from_db()
    return review.shown_at is not None


def test_review_opens_two_school_weeks_before_the_term_ends_and_once():
    made = make_planned()

    counts = [
        open_due_reviews(now=now)
        for now in (TWO_WEEKS_BEFORE - timedelta(days=1), TWO_WEEKS_BEFORE, BEFORE_END)
    ]

    assert counts == [0, 1, 0]
    review = TermReview.objects.get(programme=made.programme)
    assert (review.term, review.due_at, review.is_midpoint) == (1, DUE, False)
    told = Notice.objects.filter(kind="programmes.your_turn").values_list("recipient", flat=True)
    assert set(told) == {person.pk for person in people_of(made).values()}


@pytest.mark.parametrize(
    ("make", "facts", "refusal"),
    [(make_begun, {}, NoPlanYet), (make_planned, {"state": "paused"}, NotGoingOn)],
)
def test_review_waits_for_a_plan_and_rests_with_the_programme(make, facts, refusal):
    made = make(**facts)

    assert open_due_reviews(now=BEFORE_END) == 0
    with pytest.raises(refusal):
        open_review(programme=made.programme, term=1, by=made.director, now=BEFORE_END)


def test_review_that_a_holiday_overtook_opens_in_it_with_time_to_answer():
    make_planned()
    in_holiday = datetime(2027, 4, 1, 8, tzinfo=UTC)

    assert open_due_reviews(now=in_holiday) == 1
    assert TermReview.objects.get().due_at == datetime(2027, 4, 8, 17, tzinfo=UK)


def test_director_opens_the_review_of_a_term_that_has_begun_earlier():
    made = make_planned()
    early = datetime(2027, 1, 20, 9, tzinfo=UTC)
    told = {"programme": made.programme, "by": made.director, "now": early}

    assert open_review(term=1, **told).due_at == DUE
    with pytest.raises(OpenedAlready):
        open_review(term=1, **told)
    for term in (2, 9):
        with pytest.raises(NoSuchTerm):
            open_review(term=term, **told)


def test_third_of_five_terms_is_the_midpoint():
    made = make_planned()
    now = datetime(2027, 12, 6, 9, tzinfo=UTC)

    assert open_review(programme=made.programme, term=3, by=None, now=now).is_midpoint


def test_views_are_shown_with_the_third_and_not_before():
    made = make_reviewed()
    steps = []
    for side in ("director", "school", "supporter"):
        give(made, side)
        steps.append(shown(made.review))

    assert steps == [False, False, True]
    assert (made.review.differs, made.review.talk_by) == (False, None)


def test_difference_is_talked_about_within_ten_school_days_and_written_once():
    made = make_reviewed()
    told = {"review": made.review, "words": "Look at books together.", "now": BEFORE_END}
    with pytest.raises(NothingToTalkAbout):
        write_talk(by=made.head, **told)

    review = give_all(made, school=("on_course", "slower"), director=("on_course", "too_early"))

    assert (review.differs, review.talk_by) == (True, datetime(2027, 3, 31, 17, tzinfo=UK))
    write_talk(by=made.head, **told)
    review.refresh_from_db()
    assert (review.talked_by, review.talk_words) == (made.head, "Look at books together.")
    with pytest.raises(NothingToTalkAbout):
        write_talk(by=made.director, **told)


def test_dropped_objective_makes_no_difference():
    made = make_reviewed()
    give(made, "school", "stuck", "on_course")
    made.objectives[0].dropped_at = BEFORE_END
    made.objectives[0].save()
    give(made, "supporter")
    view = give(made, "director")

    assert not TermReview.objects.get().differs
    assert [rating.objective for rating in view.ratings.all()] == [made.objectives[1]]


def test_view_is_kept_as_a_draft_and_given_once():
    made = make_reviewed()
    draft = give(made, "school", "stuck", "stuck", is_given=False)

    view = give(made, "school", "slower", "slower", seen_version=draft.version)

    assert (view.pk, view.given_at) == (draft.pk, BEFORE_END)
    assert {rating.course for rating in view.ratings.all()} == {"slower"}
    with pytest.raises(GivenAlready):
        give(made, "school")


def test_second_editor_of_a_side_is_told():
    made = make_reviewed()
    draft = give(made, "supporter", is_given=False)
    give(made, "supporter", is_given=False, seen_version=draft.version, words="Hers.")

    with pytest.raises(ChangedSince):
        give(made, "supporter", is_given=False, seen_version=draft.version)
    with pytest.raises(ChangedSince):
        give(made, "supporter", is_given=False, seen_version=0)


def test_audit_and_mails_keep_nothing_of_what_was_said():
    made = make_reviewed()
    give_all(made, school=("stuck", "on_course"))

    events = Event.objects.filter(app="programmes", thing_id=made.programme.pk)
    said = " ".join(f"{e.action} {e.title} {e.fields} {e.values}" for e in events)
    assert events.count() == 5
    assert "stuck" not in said.casefold()
    assert "Example" not in said


def test_silent_side_is_left_out_ten_school_days_after_and_only_once_the_director_gave_hers():
    made = make_reviewed()
    late = datetime(2027, 4, 13, 9, tzinfo=UTC)
    give(made, "school", "stuck", "on_course")
    give(made, "supporter", is_given=False)
    told = {"review": made.review, "by": made.director}
    with pytest.raises(TooEarlyToShow):
        show_without(now=late, **told)
    give(made, "director")
    with pytest.raises(TooEarlyToShow):
        show_without(now=DUE + timedelta(days=1), **told)

    show_without(now=late, **told)

    assert shown(made.review)
    assert made.review.differs
    assert set(TermView.objects.values_list("side", flat=True)) == {"school", "director"}
    with pytest.raises(GivenAlready):
        give(made, "supporter", now=late)


def test_director_closes_once_all_is_shown_and_talked_about():
    made = make_reviewed()
    told = {
        "review": made.review,
        "overall": "on_course",
        "next_on": TERMS[1][1],
        "by": made.director,
        "now": BEFORE_END,
    }
    with pytest.raises(NotShownYet):
        close_review(**told)
    give_all(made, school=("stuck", "on_course"))
    with pytest.raises(NotTalkedYet):
        close_review(**told)
    write_talk(review=made.review, words="More time.", by=made.head, now=BEFORE_END)

    closed = close_review(**told)

    assert (closed.overall, closed.closed_by, closed.next_on) == (
        "on_course",
        made.director,
        TERMS[1][1],
    )
    with pytest.raises(ClosedAlready):
        close_review(**told)


def test_middle_is_not_closed_without_an_exit_strategy():
    made = make_reviewed(term=3, now=datetime(2027, 12, 6, 9, tzinfo=UTC))
    give_all(made)
    told = {
        "review": made.review,
        "overall": "slower",
        "next_on": None,
        "by": made.director,
        "now": BEFORE_END,
    }

    with pytest.raises(NoExitStrategy):
        close_review(**told)
    assert close_review(exit_strategy="The English lead leads.", **told).exit_strategy


def test_paused_programme_takes_no_views():
    made = make_reviewed()
    made.programme.state = "paused"
    made.programme.save()

    with pytest.raises(NotGoingOn):
        give(made, "school")


def test_terms_of_a_renewed_agreement_count_alone():
    made = make_begun()
    made.programme.agreements.update(state="superseded")
    begin_late = [(first + timedelta(days=7), last + timedelta(days=7)) for first, last in TERMS]
    made.programme.agreements.update(number=9)
    begin(made.programme, made.director, terms=begin_late)
    PlanFactory(programme=made.programme, agreed_at=BEFORE_END)

    assert open_due_reviews(now=TWO_WEEKS_BEFORE) == 0


RATINGS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(Course.values)), max_size=9)


@given_that(RATINGS)
def test_differs_exactly_where_two_real_ratings_of_one_objective_are_unlike(ratings):
    unlike = {
        objective
        for objective, course in ratings
        for other, said in ratings
        if objective == other and course != said and Course.TOO_EARLY not in (course, said)
    }

    assert differing(ratings) == unlike


def test_who_acts_for_the_supported_head_is_told_with_her_except_of_concerns():
    made = make_planned()
    programme = made.programme
    acting = acting_for(made.head, programme.school)
    acting_for(made.head, programme.school, kind="replies")
    acting_for(made.supporting_head, programme.supporting_school)

    open_due_reviews(now=TWO_WEEKS_BEFORE)
    raise_concern(
        programme=programme, side="director", words="Visits fall out.", by=made.director, now=DUE
    )

    told = Notice.objects.values_list("key", "recipient")
    of_review = {person for key, person in told if key.startswith("review-1-opened")}
    assert of_review == {made.head.pk, acting.pk, made.supporting_head.pk, made.director.pk}
    assert {key.partition(":")[0] for key, person in told if person == acting.pk} == {
        "review-1-opened"
    }
