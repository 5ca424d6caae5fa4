"""Reviews: a cycle of 100 hosts at every stage, a day with 600 notes, and 1,000 released reports."""

import uuid
from datetime import timedelta
from itertools import cycle as turns

from django.utils import timezone

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    Framework,
    ReviewDay,
    Reviewer,
    Theme,
)
from reviews.days.models import (
    Agreement,
    Finding,
    Note,
    Report,
    ReportConsent,
    ReportPart,
    Review,
    TeamStep,
    TimetableEntry,
    View,
)
from reviews.days.services.dating import keep_dates
from tests.benchmarks.supporting import bulk

HOSTS, REPORTS, TEAM, NOTES, THEMES, FINDINGS = 100, 1_000, 4, 600, 6, 20
NOW = timezone.now()
DAY = timedelta(days=1)
WORDS = "History, Year 5: one page of connected text in six weeks, and notes beside pictures. " * 3
MEANINGS = ("strength", "development", "excellence")


def _people(count):
    return bulk(
        Person,
        [
            Person(
                email=f"reviewer{number}@reviews.example",
                name=f"Reviewer {number}",
                search_name=folded(f"Reviewer {number}"),
                joined_at=NOW,
                password="!",
            )
            for number in range(count)
        ],
    )


def reviews_in(schools):
    """Whom to sign in and what to visit."""
    alliance = Alliance.objects.create(
        name="Alliance of Many Reviews",
        slug="many-reviews",
        kind=Alliance.Kind.HEADS_ASSOCIATION,
        search_text="alliance of many reviews",
    )
    people = _people(HOSTS + 1)
    director, reviewers = people[0], people[1:]
    AlliancePost.objects.create(alliance=alliance, person=director, kind=AlliancePost.Kind.DIRECTOR)
    hosts = schools[:HOSTS]
    bulk(
        Membership,
        [
            Membership(alliance=alliance, school=each, starts_on=NOW.date() - 400 * DAY)
            for each in schools
        ],
    )
    bulk(
        SchoolPost,
        [
            SchoolPost(school=school, person=person, kind=SchoolPost.Kind.HEAD)
            for school, person in zip(hosts, reviewers, strict=True)
        ],
    )
    framework = Framework.objects.create(
        alliance=alliance, name="Framework", made_by=director, made_at=NOW, settled_at=NOW
    )
    themes = bulk(
        Theme,
        [
            Theme(framework=framework, place=number, name=f"Theme {number}")
            for number in range(THEMES)
        ],
    )
    this = _cycle(alliance, framework, director, "Review days")
    pool = bulk(
        Reviewer,
        [
            Reviewer(alliance=alliance, person=person, school=school, starts_on=NOW.date())
            for school, person in zip(hosts, reviewers, strict=True)
        ],
    )
    going = bulk(CycleReviewer, [CycleReviewer(cycle=this, reviewer=each) for each in pool])
    days = _days(this, hosts)
    _places(days, going)
    reviews = {each.day_id: each for each in Review.objects.filter(cycle=this)}
    first = reviews[days[0].pk]
    _prepare(first)
    team = [going[number].reviewer.person for number in range(1, TEAM + 1)]
    _write(first, team, themes)
    that = _cycle(alliance, framework, director, "Reports")
    _report(that, schools[:REPORTS], director, themes)
    return {
        "people": {"reviewing": team[0], "hosting": reviewers[0], "reviews_director": director},
        "day": days[0].pk,
        "cycle": this.pk,
        "reports": that.pk,
    }


def _cycle(alliance, framework, director, name):
    return Cycle.objects.create(
        alliance=alliance,
        year=NOW.year,
        name=name,
        framework=framework,
        state=Cycle.State.PUBLISHED,
        team_size=TEAM,
        starts_on=NOW.date() - 100 * DAY,
        ends_on=NOW.date() + 200 * DAY,
        organiser=director,
        made_by=director,
        made_at=NOW,
        opened_at=NOW,
        published_at=NOW,
    )


def _days(cycle, schools, before=20):
    """One host a day, some held and most to come; each with its review."""
    hosts = bulk(CycleHost, [CycleHost(cycle=cycle, school=each) for each in schools])
    starts = [NOW.replace(hour=9) + (number - before) * DAY for number in range(len(hosts))]
    starts[0] = NOW - DAY
    days = bulk(
        ReviewDay,
        [
            ReviewDay(
                cycle=cycle,
                host=host,
                school_id=host.school_id,
                day=at.date(),
                last_day=at.date(),
                starts_at=at,
                ends_at=at + timedelta(hours=7),
                state="held" if at < NOW - timedelta(hours=8) else "planned",
                held_at=at + timedelta(hours=8) if at < NOW - timedelta(hours=8) else None,
                published_at=NOW,
                changed_at=NOW,
            )
            for host, at in zip(hosts, starts, strict=True)
        ],
    )
    for begin in range(0, len(days), 200):
        keep_dates([day.pk for day in days[begin : begin + 200]], NOW)
    return days


def _places(days, going):
    count = len(going)
    rows = [
        DayPlace(
            day=day,
            reviewer=going[(turn + 1 + number) % count],
            person_id=going[(turn + 1 + number) % count].reviewer.person_id,
            is_lead=number == 0,
            asked_at=NOW - 30 * DAY,
            answer_by=NOW - 20 * DAY,
            answer="accepted",
            answered_at=NOW - 25 * DAY,
        )
        for turn, day in enumerate(days)
        for number in range(TEAM)
    ]
    bulk(DayPlace, rows)


def _prepare(review):
    review.focus, review.lines = "How well do pupils write at length?", "Year 2\nYear 5"
    moments = ("focus_at", "files_at", "planning_at", "timetable_at", "contact_at")
    for name in moments:
        setattr(review, name, NOW - 10 * DAY)
    review.contact_name, review.contact_telephone = "Jo Firth", "0161 496 0123"
    review.save()
    bulk(
        TimetableEntry,
        [
            TimetableEntry(
                review=review,
                starts_time=f"{8 + number:02}:30",
                ends_time=f"{9 + number:02}:15",
                kind="walk",
                title="Learning walk",
                partner="Deputy",
            )
            for number in range(8)
        ],
    )


def _write(review, team, themes):
    """600 notes by four reviewers, all of whose views are in, and twenty findings."""
    bulk(
        TeamStep,
        [TeamStep(review=review, person=each, declared_at=NOW, views_at=NOW) for each in team],
    )
    authors = turns(team)
    notes = bulk(
        Note,
        [
            Note(
                review=review,
                author=next(authors),
                key=uuid.uuid4(),
                theme=themes[number % THEMES],
                activity="Visit to lessons",
                text=WORDS,
                written_at=NOW - timedelta(minutes=number),
                received_at=NOW,
                changed_at=NOW,
            )
            for number in range(NOTES)
        ],
    )
    bulk(
        View,
        [
            View(
                review=review,
                author=each,
                theme=theme,
                strengths=WORDS,
                development=WORDS,
                saved_at=NOW,
            )
            for each in team
            for theme in themes
        ],
    )
    findings = bulk(
        Finding,
        [
            Finding(
                review=review,
                theme=themes[number % THEMES],
                meaning=MEANINGS[number % 3],
                words=WORDS,
                evidence_count=5,
                written_by=team[0],
                written_at=NOW,
                changed_at=NOW,
            )
            for number in range(FINDINGS)
        ],
    )
    link = Finding.evidence.through
    bulk(
        link,
        [
            link(finding_id=finding.pk, note_id=note.pk)
            for turn, finding in enumerate(findings)
            for note in notes[turn * 5 : turn * 5 + 5]
        ],
    )
    bulk(
        Agreement,
        [Agreement(finding=each, person=one, agreed_at=NOW) for each in findings for one in team],
    )


def _report(cycle, schools, director, themes):
    """Each released, with six parts, and with consent to count."""
    _days(cycle, schools, before=len(schools) + 5)
    Review.objects.filter(cycle=cycle).update(
        moderated_at=NOW - 8 * DAY, released_at=NOW - 5 * DAY, released_by=director
    )
    reviews = list(Review.objects.filter(cycle=cycle).order_by("pk"))
    reports = bulk(
        Report,
        [
            Report(
                review=each,
                drafted_by=director,
                drafted_at=NOW,
                changed_at=NOW,
                sent_at=NOW - 7 * DAY,
                checked_at=NOW - 6 * DAY,
            )
            for each in reviews
        ],
    )
    bulk(
        ReportPart,
        [
            ReportPart(
                report=each,
                theme=themes[(turn + number) % THEMES],
                meaning=MEANINGS[number % 3],
                place=number,
                words=WORDS,
            )
            for turn, each in enumerate(reports)
            for number in range(6)
        ],
    )
    bulk(
        ReportConsent,
        [
            ReportConsent(
                review=each, audience="themes", given_by=director, given_at=NOW - turn * DAY / 1_000
            )
            for turn, each in enumerate(reviews)
        ],
    )
