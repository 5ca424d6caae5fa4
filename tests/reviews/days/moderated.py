from datetime import UTC, datetime
from types import SimpleNamespace

from reviews.days.services.dating import keep_dates
from tests.factories import PersonFactory, SchoolPostFactory
from tests.factories.days import NoteFactory, TeamStepFactory, ViewFactory
from tests.factories.reviews import (
    AT,
    CycleFactory,
    CycleHostFactory,
    DayPlaceFactory,
    FrameworkFactory,
    JudgementFactory,
    ReviewDayFactory,
    ThemeFactory,
)

AFTERWARDS = datetime(2027, 1, 20, 17, tzinfo=UTC)


def make_team(*, views=3, size=3):
    """A review after its day: a lead and two more, the first `views` of whom have given theirs."""
    made = SimpleNamespace()
    made.framework = FrameworkFactory()
    made.themes = [ThemeFactory(framework=made.framework) for _ in range(2)]
    made.labels = [JudgementFactory(framework=made.framework) for _ in range(2)]
    made.cycle = CycleFactory(
        alliance=made.framework.alliance,
        framework=made.framework,
        state="published",
        published_at=AT,
    )
    host = CycleHostFactory(cycle=made.cycle)
    made.head = SchoolPostFactory(school=host.school, kind="head").person
    made.day = ReviewDayFactory(cycle=made.cycle, host=host)
    made.places = [
        DayPlaceFactory(day=made.day, is_lead=not number, answer="accepted", answered_at=AT)
        for number in range(size)
    ]
    made.team = [place.person for place in made.places]
    made.lead = made.team[0]
    keep_dates([made.day.pk], AT)
    made.review = made.day.review
    made.staff = PersonFactory(is_staff=True)
    for person in made.team[:views]:
        give_views(made, person)
    return made


def give_views(made, person, at=AFTERWARDS):
    for theme in made.themes:
        ViewFactory(
            review=made.review,
            author=person,
            theme=theme,
            strengths=f"Strength seen by {person.pk} in {theme.pk}.",
            development=f"To develop, says {person.pk} of {theme.pk}.",
        )
    TeamStepFactory(review=made.review, person=person, views_at=at)


def note_of(made, person, **facts):
    return NoteFactory(review=made.review, author=person, **facts)
