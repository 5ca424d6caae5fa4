"""In each partnership a cycle of review days with a published rota: both heads host and review."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from reviews.cycles.links import SALT as PLACE_SALT
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
    unsettled = FrameworkFactory(
        alliance=alliance, name=f"{name} draft", made_by=director, settled_at=None
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
        "unsettled": unsettled,
        "unsettled_theme": ThemeFactory(framework=unsettled),
    }


def _cycle(_world, things):
    return [things["cycle"].pk]


def _alliance(_world, things):
    return [things["alliance"].slug]


def _framework(_world, things):
    return [things["framework"].pk]


def _unsettled(_world, things):
    return [things["unsettled"].pk]


def _unsettled_theme(_world, things):
    return [things["unsettled"].pk, "themes", things["unsettled_theme"].pk]


def _part(name):
    return lambda _world, things: [things["cycle"].pk, things[name].pk]


SETTING_UP = {
    "cycles:cycle_begin": _alliance,
    "cycles:cycle_export": lambda _world, _things: ["csv"],
    "cycles:cycle_edit": _cycle,
    "cycles:cycle_copy": _cycle,
    "cycles:cycle_ask": _cycle,
    "cycles:cycle_finish": _cycle,
    "cycles:cycle_call_off": _cycle,
    "cycles:host_list": _cycle,
    "cycles:host_add": _cycle,
    "cycles:host_end": _part("cycle_host"),
    "cycles:cycle_reviewer_list": _cycle,
    "cycles:cycle_reviewer_add": _cycle,
    "cycles:cycle_reviewer_end": _part("cycle_reviewer"),
    "cycles:organiser_name": _cycle,
    "cycles:organiser_end": _part("cycle_person"),
    "cycles:pair_rule_list": _cycle,
    "cycles:pair_rule_add": _cycle,
    "cycles:pair_rule_end": _part("pair_rule"),
    "cycles:framework_list": _alliance,
    "cycles:framework_begin": _alliance,
    "cycles:framework_detail": _framework,
    "cycles:framework_renew": _framework,
    "cycles:framework_edit": _unsettled,
    "cycles:framework_settle": _unsettled,
    "cycles:framework_retire": _unsettled,
    "cycles:worded_add": lambda _world, things: [things["unsettled"].pk, "themes"],
    "cycles:worded_edit": _unsettled_theme,
    "cycles:worded_move": _unsettled_theme,
    "cycles:worded_remove": _unsettled_theme,
}


def _day(_world, things):
    return [things["review_day"].pk]


def _place(_world, things):
    return [things["review_day"].pk, things["day_place"].pk]


THE_YEAR = {
    "cycles:day_detail": _day,
    "cycles:day_move": _day,
    "cycles:day_cancel": _day,
    "cycles:day_restore": _day,
    "cycles:day_held": _day,
    "cycles:day_not_held": _day,
    "cycles:day_team": _day,
    "cycles:reviewer_ask": lambda _world, things: [
        things["review_day"].pk,
        things["cycle_reviewer"].pk,
    ],
    "cycles:place_lead": _place,
    "cycles:place_end": _place,
    "cycles:place_answer": _place,
    "cycles:place_decline": _place,
    "cycles:place_answer_by_mail": lambda _world, things: [
        signing.dumps([things["day_place"].pk], salt=PLACE_SALT)
    ],
    "cycles:year_list": _cycle,
    "cycles:year_export": lambda _world, things: [things["cycle"].pk, "csv"],
    "cycles:given_list": _cycle,
    "cycles:given_export": lambda _world, things: [things["cycle"].pk, "csv"],
}


def _reviewer(_world, things):
    return [things["reviewer"].pk]


THE_ROTA = {
    "cycles:rota": _cycle,
    "cycles:rota_export": lambda _world, things: [things["cycle"].pk, "csv"],
    "cycles:rota_pdf": _cycle,
    "cycles:rota_history": _cycle,
    "cycles:replan_begin": _cycle,
    "cycles:draft_publish": lambda _world, things: [
        things["cycle"].pk,
        things["rota_draft"].number,
    ],
}


def _draft(_world, things):
    return [things["cycle"].pk, things["rota_draft"].number]


def _draft_host(_world, things):
    return [*_draft(_world, things), things["cycle_host"].pk]


DRAFTS = {
    "cycles:draft_new": _cycle,
    "cycles:draft_detail": _draft,
    "cycles:draft_compare": _draft,
    "cycles:draft_stop": _draft,
    "cycles:draft_again": _draft,
    "cycles:draft_give_up": _draft,
    "cycles:draft_discard": _draft,
    "cycles:draft_restore": _draft,
    "cycles:draft_day": _draft_host,
    "cycles:draft_day_fix": _draft_host,
}

CYCLE_ARGUMENTS = {
    **DRAFTS,
    **THE_ROTA,
    **SETTING_UP,
    **THE_YEAR,
    "cycles:cycle_detail": _cycle,
    "cycles:reviewer_list": lambda _world, things: [things["cycle"].alliance.slug],
    "cycles:reviewer_export": lambda _world, things: [things["cycle"].alliance.slug, "csv"],
    "cycles:reviewer_add": lambda _world, things: [things["cycle"].alliance.slug],
    "cycles:reviewer_detail": _reviewer,
    "cycles:reviewer_limits": _reviewer,
    "cycles:reviewer_end": _reviewer,
    "cycles:training_add": _reviewer,
    "cycles:training_remove": lambda _world, things: [
        things["reviewer"].pk,
        things["training"].pk,
    ],
    "cycles:cannot_review_add": _reviewer,
    "cycles:cannot_review_end": lambda _world, things: [
        things["reviewer"].pk,
        things["cannot_review"].pk,
    ],
    "cycles:school_dates": lambda _world, things: [things["cycle_host"].school.urn],
    "cycles:reviewer_dates": lambda _world, things: [
        things["cycle"].pk,
        things["cycle_reviewer"].pk,
    ],
    "cycles:host_dates": lambda _world, things: [things["cycle"].pk, things["cycle_host"].pk],
}
