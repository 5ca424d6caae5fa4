"""What happens in programmes under way: visits and their notes, reviews, measures, ends."""

from datetime import timedelta
from itertools import islice

from django.utils import timezone

from support.programmes.models import Programme
from support.progress.models import (
    Ending,
    FinalView,
    Measure,
    MeasureValue,
    NoteRelease,
    ObjectiveRating,
    Pause,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)
from tests.benchmarks.supporting import bulk

VISITS, MEASURES, POINTS, REVIEWS, OBJECTIVES = 12, 12, 5, 3, 3
ONE_IN = 60  # something of each kind is late in so many programmes
NOW = timezone.now()
DAY = timedelta(days=1)
BEGUN = NOW - 300 * DAY
AGO, SOON = NOW - 10 * DAY, NOW + 10 * DAY
State = Programme.State
COURSES = ("on_course", "reached", "on_course", "slower", "too_early", "stuck")
SIDES = ("school", "supporter", "director")
WORDS = "Two lessons in Year 5, and books of both classes beside the plan for writing. " * 6


def visits_of(programmes, practitioners, head):
    rows = []
    for n, programme in enumerate(programmes):
        for k in range(VISITS):
            starts_at = NOW + (k * 25 - 250) * DAY
            is_held = starts_at < NOW
            is_missing = is_held and k == 2 and n % ONE_IN == 1
            rows.append(
                Visit(
                    programme=programme,
                    visitor_id=practitioners[(2 * n + k % 2) % len(practitioners)].person_id,
                    purpose="Books of Year 5",
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(hours=6),
                    days=1,
                    state="held" if is_held else "planned",
                    planned_by=head,
                    planned_at=BEGUN,
                    held_at=starts_at if is_held else None,
                    note_by=starts_at + 7 * DAY if is_held else None,
                    noted_at=starts_at + DAY if is_held and not is_missing else None,
                    changed_at=BEGUN,
                )
            )
    visits = bulk(Visit, rows)
    notes = bulk(
        VisitNote,
        [
            VisitNote(
                visit=visit,
                with_whom="English lead, two teachers of Year 5",
                seen=WORDS,
                agreed="Model writing on Mondays.",
                written_by_id=visit.visitor_id,
                saved_at=visit.noted_at,
                given_at=visit.noted_at,
                check_by=visit.noted_at + 7 * DAY,
                accuracy="" if n % (12 * ONE_IN) == 0 else "accurate",
                checked_at=None if n % (12 * ONE_IN) == 0 else visit.noted_at + DAY,
            )
            for n, visit in enumerate(visits)
            if visit.noted_at
        ],
    )
    bulk(
        NoteRelease,
        [
            NoteRelease(
                note=note,
                layer=NoteRelease.Layer.BOARD,
                board_words=f"Writing is modelled each day now, {n}",
                given_by=head,
                given_at=BEGUN,
            )
            for n, note in enumerate(notes[::1_000])
        ],
    )


def reviews_of(programmes, objectives, head):
    reviews = bulk(
        TermReview,
        [_review(n, each, k) for n, each in enumerate(programmes) for k in range(REVIEWS)],
    )
    views = bulk(
        TermView,
        [
            TermView(
                review=review,
                side=side,
                overall=COURSES[n % len(COURSES)],
                words="It shows in classrooms.",
                written_by=head,
                saved_at=AGO,
                given_at=AGO if review.shown_at or side == "school" else None,
            )
            for n, review in enumerate(reviews)
            for side in SIDES
        ],
    )
    bulk(
        ObjectiveRating,
        [
            ObjectiveRating(
                view=view,
                objective=objectives[OBJECTIVES * (n // len(SIDES) // REVIEWS) + k],
                course=COURSES[(n + k) % len(COURSES)],
            )
            for n, view in enumerate(views)
            for k in range(OBJECTIVES)
        ],
    )


def _review(number, programme, k):
    is_last = k == REVIEWS - 1
    is_shown = not (is_last and number % ONE_IN == 2)
    is_closed = is_shown and not (is_last and number % 40 == 3)
    due_at = NOW + (k * 100 - 210) * DAY
    return TermReview(
        programme=programme,
        term=k + 1,
        is_midpoint=is_last,
        opened_at=due_at - 14 * DAY,
        due_at=due_at,
        shown_at=due_at if is_shown else None,
        differs=not is_closed,
        talk_by=AGO if is_shown else None,
        overall=COURSES[(number + k) % len(COURSES)] if is_closed else "",
        closed_at=due_at + DAY if is_closed else None,
    )


def measures_of(programmes, objectives, head):
    kinds = Measure.Kind.values
    measures = bulk(
        Measure,
        [
            Measure(
                programme=each,
                kind=kinds[k % len(kinds)],
                name=f"Measure {k}",
                year_group="5",
                objective=objectives[OBJECTIVES * n + k % OBJECTIVES],
                is_headline=k == 0,
                position=k,
                added_by=head,
                added_at=BEGUN,
            )
            for n, each in enumerate(programmes)
            for k in range(MEASURES)
        ],
    )
    values = (
        MeasureValue(
            measure=each,
            point=point,
            planned=50 + 3 * point,
            actual=50 + 2 * point + n % 7 if point < 3 else None,
            cohort=30,
            entered_by=head,
            entered_at=AGO,
        )
        for n, each in enumerate(measures)
        for point in range(POINTS)
    )
    while some := list(islice(values, 20_000)):
        bulk(MeasureValue, some)


def ends_of(programmes, head):
    over = [each for each in programmes if each.state in {State.FOLLOWED, State.FINISHED}]
    bulk(
        Ending,
        [
            Ending(programme=each, opened_at=AGO, due_at=AGO, closed_at=AGO, checkback_by=due)
            for each, due in _dated(over)
        ],
    )
    bulk(
        FinalView,
        [
            FinalView(
                programme=each,
                side=side,
                overall="reached",
                written_by=head,
                saved_at=AGO,
                given_at=AGO,
            )
            for each in over
            for side in ("school", "supporter")
        ],
    )
    bulk(
        SustainCheck,
        [
            SustainCheck(programme=each, number=number, due_at=due)
            for each, due in _dated(over)
            for number in (1, 2)
        ],
    )
    paused = [each for each in programmes if each.state == State.PAUSED]
    bulk(
        Pause,
        [
            Pause(
                programme=each,
                because="The head is away.",
                paused_by=head,
                paused_at=AGO,
                look_again_at=due,
            )
            for each, due in _dated(paused)
        ],
    )


def _dated(programmes):
    """Each with the day by which it is looked at again: one in twenty is late."""
    return [(each, AGO if n % 20 == 0 else SOON) for n, each in enumerate(programmes)]
