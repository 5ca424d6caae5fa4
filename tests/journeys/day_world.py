import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from reviews.days.services.checking import say_accurate, send_report
from reviews.days.services.dating import keep_dates
from reviews.days.services.releasing import release_report
from reviews.days.services.reporting import draft_report
from tests.factories.days import FindingFactory
from tests.factories.reviews import FrameworkFactory, ThemeFactory
from tests.journeys.review_world import Saddleworth, cycle_of, publish, saddleworth

STRENGTH = "Pupils write with purpose."
SLOW = "Feedback comes late."
DEVELOPMENT = f"{SLOW} It isn’t used in every class."
EXCELLENCE = "Music for everybody."
FINDINGS = (("strength", STRENGTH), ("development", DEVELOPMENT), ("excellence", EXCELLENCE))


@dataclass
class Visit:
    """A review day of the first school; the second head leads the team, the third goes along."""

    world: Saddleworth
    day: Any
    review: Any
    theme: Any

    @property
    def host(self):
        return self.world.heads[0]

    @property
    def lead(self):
        return self.world.heads[1]

    @property
    def school(self):
        return self.world.schools[0]

    @property
    def page(self):
        return f"/reviews/days/{self.day.pk}"


def visit_on(day, *, count=3):
    """Published, and nobody has answered yet."""
    world = saddleworth(count=count)
    cycle = cycle_of(world, starts_on=day, ends_on=day)
    cycle.framework = FrameworkFactory(alliance=world.alliance)
    cycle.save()
    theme = ThemeFactory(framework=cycle.framework, name="Feedback")
    (made,) = publish(cycle, day, teams=[(1, 2)])
    keep_dates([made.pk], timezone.now())
    return Visit(world, made, made.review, theme)


def visited(*, days_ago, count=3):
    """The team went, and the day is over."""
    now = timezone.now()
    began = now - timedelta(days=days_ago, hours=8)
    visit = visit_on(began.date(), count=count)
    visit.day.starts_at, visit.day.ends_at = began, began + timedelta(hours=7)
    visit.day.state, visit.day.held_at = "held", visit.day.ends_at
    visit.day.save()
    visit.day.places.update(answer="accepted", answered_at=began - timedelta(days=20))
    keep_dates([visit.day.pk], now)
    visit.review.refresh_from_db()
    return visit


def moderated(*, days_ago=3, count=3):
    """A finding of each kind is agreed."""
    visit = visited(days_ago=days_ago, count=count)
    for meaning, words in FINDINGS:
        FindingFactory(
            review=visit.review,
            meaning=meaning,
            words=words,
            theme=visit.theme,
            written_by=visit.lead,
        )
    visit.review.moderated_at = visit.day.ends_at + timedelta(days=1)
    visit.review.moderated_by = visit.lead
    visit.review.save()
    return visit


def released(*, days_ago=10, count=4):
    """So many days ago the school got its report, which it had found accurate."""
    visit = moderated(days_ago=days_ago + 6, count=count)
    at = timezone.now() - timedelta(days=days_ago)
    told = {"review": visit.review}
    draft_report(**told, by=visit.lead, now=at - timedelta(days=3))
    send_report(**told, by=visit.lead, now=at - timedelta(days=2))
    say_accurate(**told, by=visit.host, now=at - timedelta(days=1))
    visit.review = release_report(**told, by=visit.lead, now=at)
    return visit


def link_about(person, name, about):
    """One of several links of a name: screen readers are told what each is about."""
    return person.page.get_by_role("link", name=re.compile(f"^{name} ?: {re.escape(about)}"))
