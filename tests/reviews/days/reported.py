"""A review whose findings are agreed, its report as far as a test wants it, and everybody around."""

from datetime import UTC, date, datetime, timedelta

from alliances.meetings.models import Body
from reviews.days.models import Finding, ReportComment, ReportPart
from reviews.days.services.checking import comment_on, say_accurate, send_report
from reviews.days.services.consenting import give_consent
from reviews.days.services.releasing import release_report
from reviews.days.services.reporting import draft_report, word_report
from tests.factories.alliances import AlliancePostFactory, MembershipFactory
from tests.factories.days import FindingFactory, ReviewPersonFactory
from tests.factories.meetings import BodyFactory, SeatFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import CycleReviewerFactory, DayPlaceFactory, ReviewDayFactory
from tests.factories.schools import DelegationFactory, SchoolPostFactory
from tests.reviews.days.moderated import make_team

NOW = datetime(2027, 1, 25, 10, tzinfo=UTC)
WORDS = (
    "Pupils write with purpose.",
    "Feedback comes late. It isn’t used.",
    "Music for everybody.",
)
SECRET = "Feedback comes late"


def make_agreed():
    """The team of three has agreed on one finding of each kind."""
    made = make_team()
    made.officer = made.staff
    for meaning, words in zip(("strength", "development", "excellence"), WORDS, strict=True):
        FindingFactory(review=made.review, meaning=meaning, words=words, theme=made.themes[0])
    made.review.moderated_at = NOW - timedelta(days=1)
    made.review.save()
    return made


def with_everybody(made):
    """Whoever could have, or wish for, a part in it, by what she is to it."""
    school, alliance = made.review.school, made.cycle.alliance
    MembershipFactory(alliance=alliance, school=school, starts_on=date(2026, 9, 1))
    named = ReviewPersonFactory(review=made.review, named_by=made.head).person
    board = BodyFactory(alliance=alliance, kind=Body.Kind.BOARD)
    other_day = ReviewDayFactory(cycle=made.cycle)
    other = DayPlaceFactory(
        day=other_day, reviewer=CycleReviewerFactory(cycle=made.cycle), answer="accepted"
    )
    held = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 8, 31), "given_by": made.head}
    made.people = {
        "head": made.head,
        "named": named,
        "lead": made.lead,
        "reviewer": made.team[1],
        "governor": SchoolPostFactory(school=school, kind="governor").person,
        "board": SeatFactory(body=board, school=None, person=PersonFactory()).person,
        "colleague": SchoolPostFactory(school=school, kind="teacher").person,
        "director": AlliancePostFactory(alliance=alliance, kind="director").person,
        "other_reviewer": other.person,
        "officer": made.officer,
        "stranger": PersonFactory(),
    }
    for name, kind in (("acting", "reviews"), ("releasing", "releasing")):
        deputy = SchoolPostFactory(school=school, kind="deputy").person
        DelegationFactory(school=school, deputy=deputy, kind=kind, **held)
        made.people[name] = deputy
    return made


def drafted(made, now=NOW):
    report = draft_report(review=made.review, by=made.team[1], now=now)
    words = {"opening": "We were made welcome.", "closing": "Come and see ours."}
    return word_report(review=made.review, changes=words, by=made.team[1], now=report.drafted_at)


def sent(made, now=NOW):
    drafted(made, now)
    return send_report(review=made.review, by=made.lead, now=now)


def commented(made, now=NOW):
    report = sent(made, now)
    told = {"part": part_of(made), "quoted": f"{SECRET}.", "words": "It is given in the lesson."}
    comment_on(review=made.review, by=made.head, now=now, **told)
    return report


def checked(made, now=NOW):
    sent(made, now)
    return say_accurate(review=made.review, by=made.head, now=now)


def released(made, now=NOW):
    checked(made, now)
    made.review = release_report(review=made.review, by=made.lead, now=now)
    return made.review.report


def shared(made, *audiences, now=NOW):
    released(made, now)
    for audience in audiences:
        give_consent(review=made.review, audience=audience, by=made.head, now=now)


def part_of(made, meaning="development"):
    return ReportPart.objects.get(report__review=made.review, meaning=meaning)


def comment_of(made):
    return ReportComment.objects.get(report__review=made.review)


def finding_of(made, meaning="development"):
    return Finding.objects.get(review=made.review, meaning=meaning)
