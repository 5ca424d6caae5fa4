"""A released report with two areas for development; Ada led its team, Cem and Dora may be champions."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from reviews.days.services.dating import keep_dates
from tests.factories.days import ReportFactory, ReportPartFactory, ReviewPersonFactory
from tests.factories.reviews import ThemeFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.cycles.year import made_year

RELEASED = datetime(2027, 1, 29, 10, tzinfo=UTC)
NOW = datetime(2027, 2, 8, 10, tzinfo=UTC)


def make_released(*, now=NOW, day=date(2027, 1, 20), released_at=RELEASED):
    """Neither workshop nor check-back has begun."""
    made = made_year(day=day, now=now - timedelta(days=60))
    for place in (made.lead, made.place):
        place.answer, place.answered_at = "accepted", place.asked_at
        place.save()
    made.day.state, made.day.held_at = "held", made.day.ends_at
    made.day.save()
    keep_dates([made.day.pk], now)
    made.review = made.day.review
    made.review.moderated_at = made.review.released_at = released_at
    made.review.save()
    made.school, made.alliance = made.host.school, made.cycle.alliance
    made.people = {
        name: getattr(made, name).reviewer.person for name in ("ada", "ben", "cem", "dora")
    }
    made.named = ReviewPersonFactory(
        review=made.review,
        named_by=made.head,
        person=SchoolPostFactory(school=made.school, kind="deputy").person,
    ).person
    report = ReportFactory(review=made.review, sent=True, drafted_by=made.people["ada"])
    themes = [ThemeFactory(name=name) for name in ("Feedback", "Writing")]
    made.parts = [
        ReportPartFactory(report=report, theme=theme, words=f"{theme} comes late, says the team.")
        for theme in themes
    ]
    made.strength = ReportPartFactory(report=report, meaning="strength", words="Reading is loved.")
    return made


def released_lately():
    """The same around the clock's own time, for pages."""
    now = timezone.now()
    return make_released(
        now=now, day=now.date() - timedelta(days=30), released_at=now - timedelta(days=10)
    )
