"""In each partnership a cycle of review days with a published rota: both heads host and review."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.reviews import (
    CannotReviewFactory,
    CycleFactory,
    CycleHostFactory,
    CyclePersonFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    FrameworkFactory,
    JudgementFactory,
    PairRuleFactory,
    ReviewDayFactory,
    ReviewerFactory,
    RotaChangeFactory,
    RotaDraftFactory,
    ThemeFactory,
    TrainingFactory,
)


def make_cycles(name, alliance, head, lead, director, school, lead_school):
    """The head hosts and the lead comes, a month from now; one more cycle is being prepared."""
    now = timezone.now()
    framework = FrameworkFactory(alliance=alliance, name=f"{name} framework", made_by=director)
    theme = ThemeFactory(framework=framework, place=1)
    JudgementFactory(framework=framework, place=1)
    cycle = CycleFactory(
        alliance=alliance,
        name=f"{name} review days",
        framework=framework,
        organiser=director,
        state="published",
        opened_at=now - timedelta(days=30),
        block_by=now - timedelta(days=10),
        published_at=now - timedelta(days=2),
        starts_on=now.date() - timedelta(days=5),
        ends_on=now.date() + timedelta(days=150),
        year=2026,
    )
    hosts = [CycleHostFactory(cycle=cycle, school=each) for each in (school, lead_school)]
    reviewers = []
    for person, home in ((head, school), (lead, lead_school)):
        reviewer = ReviewerFactory(alliance=alliance, person=person, school=home)
        TrainingFactory(reviewer=reviewer, entered_by=director)
        reviewers.append(CycleReviewerFactory(cycle=cycle, reviewer=reviewer))
    day = ReviewDayFactory(
        cycle=cycle, host=hosts[0], day=now.date() + timedelta(days=30), published_at=now
    )
    place = DayPlaceFactory(
        day=day,
        reviewer=reviewers[1],
        is_lead=True,
        asked_at=now - timedelta(days=2),
        answer_by=now + timedelta(days=5),
    )
    RotaChangeFactory(cycle=cycle, host=hosts[0])
    draft = RotaDraftFactory(
        cycle=cycle,
        number=1,
        days=[
            {
                "host": str(hosts[0].pk),
                "date": str(day.day),
                "lead": str(reviewers[1].pk),
                "team": [],
            }
        ],
    )
    return {
        "framework": framework,
        "theme": theme,
        "cycle": cycle,
        "cycle_host": hosts[0],
        "cycle_reviewer": reviewers[0],
        "reviewer": reviewers[0].reviewer,
        "training": reviewers[0].reviewer.trainings.get(),
        "cannot_review": CannotReviewFactory(reviewer=reviewers[0].reviewer, school=lead_school),
        "cycle_person": CyclePersonFactory(cycle=cycle),
        "pair_rule": PairRuleFactory(cycle=cycle, reviewer=reviewers[0], host=hosts[1]),
        "review_day": day,
        "day_place": place,
        "rota_draft": draft,
        "preparing": CycleFactory(
            alliance=alliance, name=f"{name} next", organiser=director, year=2027
        ),
        "unsettled": FrameworkFactory(
            alliance=alliance, name=f"{name} draft", made_by=director, settled_at=None
        ),
    }


def _cycle(_world, things):
    return [things["cycle"].pk]


CYCLE_ARGUMENTS = {
    "cycles:cycle_detail": _cycle,
    "cycles:school_dates": lambda _world, things: [things["cycle_host"].school.urn],
    "cycles:reviewer_dates": lambda _world, things: [
        things["cycle"].pk,
        things["cycle_reviewer"].pk,
    ],
    "cycles:host_dates": lambda _world, things: [things["cycle"].pk, things["cycle_host"].pk],
}
