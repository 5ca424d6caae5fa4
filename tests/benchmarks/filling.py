"""A portal of 1,000 or 50,000 schools: `python -m tests.benchmarks.filling 1000`.

Bulk inserts instead of services, because the time of filling is nobody's concern. Prints whom and
what to visit as JSON.
"""

import json
import secrets
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the set-up, as the rest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from alliances.meetings.models import AgendaItem, Body, Meeting, MeetingReply, Seat  # noqa: E402
from alliances.membership.models import Alliance, AlliancePost, Membership  # noqa: E402
from alliances.schools.models import RegisterFile, School, SchoolPost  # noqa: E402
from partnership.calendar.models import DiaryFeed  # noqa: E402
from partnership.calendar.years import AcademicYear  # noqa: E402
from partnership.notices.models import Notice  # noqa: E402
from partnership.people.models import Person  # noqa: E402
from partnership.toolkit.folding import folded  # noqa: E402
from tests.benchmarks.make_schools import make_schools  # noqa: E402
from tests.benchmarks.progressing import progress_in  # noqa: E402
from tests.benchmarks.reviewing import reviews_in  # noqa: E402
from tests.benchmarks.supporting import programmes_of  # noqa: E402
from workhubs.hubs.models import (  # noqa: E402
    Objective,
    Progress,
    Workhub,
    WorkhubSchool,
    WorkhubYear,
)

ALLIANCES = 100
MEMBERS = 20
WORKHUBS = 200
MEETINGS = 5_000
FIRST_ALLIANCE_WORKHUBS = 60
FIRST_ALLIANCE_MEETINGS = 300
PRIORITIES = (
    "Reading for pleasure", "Early mathematics", "Oracy", "Attendance", "Inclusion", "Curriculum",
    "Assessment", "Transition to Year 7", "Pupil premium", "Wellbeing of staff", "Phonics", "SEND",
)  # fmt: skip
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
THIS_YEAR = AcademicYear.containing(TODAY)


def bulk(model, rows):
    return model.objects.bulk_create(rows, batch_size=2_000)


def all_schools(count):
    """Schools of the real extracts under ever new names, spread over many authorities."""
    make_schools(count)
    RegisterFile.objects.create(name="made.csv", published_on=TODAY, imported_at=NOW, new=count)
    return list(School.objects.order_by("pk"))


def people(count, stem):
    names = ("Amina Hussain", "Margaret O’Brien", "Tom Whitworth", "Priya Shah", "Zoë Adeyemi")
    rows = [
        Person(
            email=f"{stem}{n}@benchmark.example",
            name=f"{names[n % len(names)]} {n}",
            search_name=folded(f"{names[n % len(names)]} {n}"),
            joined_at=NOW - timedelta(days=400),
            password="!",
        )
        for n in range(count)
    ]
    return bulk(Person, rows)


def alliances_with_members(schools):
    alliances = bulk(
        Alliance,
        [
            Alliance(
                name=f"Schools Alliance {n}",
                slug=f"schools-alliance-{n}",
                kind=Alliance.Kind.HEADS_ASSOCIATION,
                area=f"District {n}",
                vision="Every child in a school that helps others and is helped.",
                aims="Share what works.\nLet nobody work alone.\nMeet every half term.",
                search_text=folded(f"Schools Alliance {n} District {n}"),
            )
            for n in range(ALLIANCES)
        ],
    )
    members = {
        alliance: [schools[(n * MEMBERS + k) % len(schools)] for k in range(MEMBERS)]
        for n, alliance in enumerate(alliances)
    }
    bulk(
        Membership,
        [
            Membership(alliance=alliance, school=school, starts_on=date(2020, 9, 1))
            for alliance, some in members.items()
            for school in some
        ],
    )
    return members


def heads_of(members):
    joined = list({school.pk: school for some in members.values() for school in some}.values())
    heads = people(len(joined), "head")
    deputies = people(len(joined), "deputy")
    kinds = ((SchoolPost.Kind.HEAD, heads), (SchoolPost.Kind.DEPUTY, deputies))
    bulk(
        SchoolPost,
        [
            SchoolPost(school=school, person=person, kind=kind)
            for kind, some in kinds
            for school, person in zip(joined, some, strict=True)
        ],
    )
    return {school.pk: head for school, head in zip(joined, heads, strict=True)}


def offices(alliances):
    kinds = AlliancePost.Kind.DIRECTOR, AlliancePost.Kind.CHAIR, AlliancePost.Kind.ADMINISTRATOR
    staff = people(len(alliances) * len(kinds), "office")
    bulk(
        AlliancePost,
        [
            AlliancePost(alliance=alliance, person=staff[n * len(kinds) + k], kind=kind)
            for n, alliance in enumerate(alliances)
            for k, kind in enumerate(kinds)
        ],
    )
    return staff[:: len(kinds)]


def spread(total, first):
    """How many each alliance has of something: the first one a full page, the others alike."""
    rest, more = divmod(total - first, ALLIANCES - 1)
    return [first, *(rest + (n < more) for n in range(ALLIANCES - 1))]


def workhubs_of(members, directors, heads):
    places, seats, objectives = [], [], []
    shares = zip(members.items(), directors, spread(WORKHUBS, FIRST_ALLIANCE_WORKHUBS), strict=True)
    for (alliance, schools), director, count in shares:
        for n in range(count):
            name = f"{PRIORITIES[n % len(PRIORITIES)]} {n + 1}"
            lead = heads[schools[n % len(schools)].pk]
            body = Body.objects.create(
                alliance=alliance, name=name, kind=Body.Kind.WORKHUB, lead=lead
            )
            workhub = Workhub.objects.create(
                alliance=alliance, name=name, slug=f"{alliance.slug}-{n}", body=body
            )
            for start in (THIS_YEAR.start - 1, THIS_YEAR.start):
                year = WorkhubYear.objects.create(
                    workhub=workhub, year=start, lead=lead, priority=name, aims="Meet and share."
                )
                places += [_place(year, school, director) for school in partners(schools, n)]
                objectives += [
                    Objective(
                        workhub_year=year,
                        position=position,
                        words=f"Objective {position}",
                        measure="Start 4 schools, aim 11 by July",
                        progress=Progress.values[(n + position) % len(Progress.values)],
                        seen="Seven of eleven schools do it.",
                    )
                    for position in range(1, 4)
                ]
            seats += [Seat(body=body, school=school) for school in partners(schools, n)]
    bulk(WorkhubSchool, places)
    bulk(Objective, objectives)
    bulk(Seat, seats)


def partners(schools, number):
    """The member schools that take part in an alliance's nth workhub."""
    return schools[number % 3 :: 3]


def _place(year, school, director):
    asked = datetime(year.year, 9, 1, 9, tzinfo=UTC)
    return WorkhubSchool(
        workhub_year=year,
        school=school,
        invited_by=director,
        invited_at=asked,
        answer_by=asked + timedelta(days=14),
        answered_by=director,
        answered_at=asked + timedelta(days=2),
        joined_on=(asked + timedelta(days=2)).date(),
    )


def meetings_of(members, directors, heads):
    """Past and coming ones of heads and workhubs over a year and a half; three in four answered."""
    bodies = defaultdict(list)
    for alliance_id, pk in Body.objects.order_by("pk").values_list("alliance_id", "pk"):
        bodies[alliance_id].append(pk)
    circles = bulk(
        Body,
        [Body(alliance=a, name=f"Heads of {a.name}", kind=Body.Kind.HEADS) for a in members],
    )
    bulk(
        Seat,
        [
            Seat(body=circle, school=school)
            for circle, some in zip(circles, members.values(), strict=True)
            for school in some
        ],
    )
    rows, asked = [], []
    shares = zip(circles, members.values(), directors, strict=True)
    counts = spread(MEETINGS, FIRST_ALLIANCE_MEETINGS)
    for (circle, schools, director), count in zip(shares, counts, strict=True):
        for n in range(count):
            workhubs = bodies[circle.alliance_id]
            hub = n % len(workhubs) if workhubs and n % 6 else None
            body_id = circle.pk if hub is None else workhubs[hub]
            rows.append(_meeting(body_id, director, n, count))
            asked.append(schools if hub is None else partners(schools, hub))
    meetings = bulk(Meeting, rows)
    said = MeetingReply.Answer
    answers = cycle((said.YES, said.YES, said.NONE, said.MAYBE))
    bulk(
        MeetingReply,
        [
            _reply(meeting, heads[school.pk], school, next(answers))
            for meeting, schools in zip(meetings, asked, strict=True)
            for school in schools
        ],
    )
    bulk(
        AgendaItem,
        [
            AgendaItem(meeting=meeting, position=n + 1, title=f"Item {n + 1} of the agenda")
            for meeting in meetings
            for n in range(6)
        ],
    )


def _meeting(body_id, director, number, count):
    day = TODAY + timedelta(days=round(560 * number / count) - 380)
    starts_at = datetime.combine(day, time(15), tzinfo=UTC)
    past = starts_at < NOW
    title = f"Half-termly meeting {number + 1}"
    return Meeting(
        body_id=body_id,
        title=title,
        search_title=folded(title),
        state=Meeting.State.HELD if past else Meeting.State.CALLED,
        starts_at=starts_at,
        agenda_published_at=starts_at - timedelta(days=28),
        ends_at=starts_at + timedelta(hours=2),
        place="The library, Church Street",
        note="Please read the paper before.",
        answer_by=starts_at - timedelta(days=3),
        prepared_by=director,
        called_by=director,
        called_at=starts_at - timedelta(days=40),
    )


def _reply(meeting, person, school, answer):
    return MeetingReply(
        meeting=meeting,
        person=person,
        school=school,
        asked_at=meeting.called_at,
        answer=answer,
        answered_at=meeting.called_at + timedelta(days=1) if answer else None,
    )


def old_notices(heads):
    """An outbox that has been running for a while."""
    rows = [
        Notice(
            recipient=head,
            kind="notices.reminder",
            key=f"old:{n}",
            facts={},
            state=Notice.State.SENT,
            planned_at=NOW - timedelta(days=n + 1),
            send_after=NOW - timedelta(days=n + 1),
            settled_at=NOW - timedelta(days=n + 1),
        )
        for n in range(10)
        for head in heads.values()
    ]
    bulk(Notice, rows)


def feed_of(person):
    """The secret of the address at which calendars read her diary."""
    return DiaryFeed.objects.create(
        person=person, secret=secrets.token_urlsafe(32), made_at=NOW
    ).secret


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def fill(count):
    with transaction.atomic():
        schools = all_schools(count)
        members = alliances_with_members(schools)
        heads = heads_of(members)
        directors = offices(list(members))
        workhubs_of(members, directors, heads)
        meetings_of(members, directors, heads)
        old_notices(heads)
        programme = programmes_of(members, directors, heads)
        progress = progress_in(schools)
        reviews = reviews_in(schools[:1_000])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    first_alliance, first_schools = next(iter(members.items()))
    head = heads[first_schools[0].pk]
    coming = MeetingReply.objects.filter(person=head, meeting__state=Meeting.State.CALLED)
    reply = coming.order_by("-meeting__starts_at", "pk").first()
    return {
        "head": session_of(head),
        "director": session_of(directors[0]),
        "feeds": {"head": feed_of(head), "director": feed_of(directors[0])},
        "school": first_schools[0].urn,
        "alliance": first_alliance.slug,
        "workhub": f"{first_alliance.slug}-0",
        "year": THIS_YEAR.slug,
        "meeting": reply.meeting_id,
        "reply": reply.pk,
        "lead": WorkhubYear.objects.get(
            workhub__slug=f"{first_alliance.slug}-0", year=THIS_YEAR.start
        ).lead.name,
        "authority": schools[-1].authority.code,
        "programme": programme,
        **{who: session_of(person) for who, person in progress.pop("people").items()},
        **{who: session_of(person) for who, person in reviews.pop("people").items()},
        "progress": progress,
        "reviews": reviews,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))))
