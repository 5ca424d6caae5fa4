"""Many people who owe three answers each: `python -m tests.benchmarks.owing 100000`.

Every second one answers for the school that she heads, the others for themselves.
"""

import sys
from datetime import timedelta
from itertools import islice

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after the set-up, as the rest
from django.utils import timezone  # noqa: E402

from alliances.meetings.models import Body, Meeting, MeetingReply  # noqa: E402
from alliances.membership.models import Alliance  # noqa: E402
from alliances.schools.models import SchoolPost  # noqa: E402
from tests.benchmarks.filling import all_schools, bulk, people  # noqa: E402
from tests.benchmarks.moments import planned_moment  # noqa: E402

ANSWERS_EACH = 3
ASKED_TO_ONE = 20


def owe(number):
    with transaction.atomic():
        somebody = people(number, "owing")
        schools = all_schools((number + 1) // 2)
        heads = list(zip(somebody[::2], schools, strict=True))
        bulk(SchoolPost, [_head(person, school) for person, school in heads])
        meetings = bulk(Meeting, _meetings(somebody[0], number * ANSWERS_EACH // ASKED_TO_ONE))
        headed = {person.pk: school for person, school in heads}
        asked = (
            MeetingReply(
                meeting=meetings[(k * number + n) // ASKED_TO_ONE],
                person=person,
                school=headed.get(person.pk),
                asked_at=timezone.now() - timedelta(days=30),
            )
            for k in range(ANSWERS_EACH)
            for n, person in enumerate(somebody)
        )
        while some := list(islice(asked, 10_000)):
            bulk(MeetingReply, some)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _head(person, school):
    return SchoolPost(person=person, school=school, kind=SchoolPost.Kind.HEAD)


def _meetings(caller, number):
    alliance = Alliance.objects.create(name="Owing Alliance", slug="owing-alliance")
    body = Body.objects.create(alliance=alliance, name="All heads", kind=Body.Kind.HEADS)
    for n in range(number):
        due = planned_moment() + timedelta(days=1 + n % 5)
        yield Meeting(
            body=body,
            title=f"Meeting of the heads {n}",
            state=Meeting.State.CALLED,
            starts_at=due + timedelta(days=3),
            ends_at=due + timedelta(days=3, hours=2),
            answer_by=due,
            place="The library, Church Street",
            prepared_by=caller,
            called_by=caller,
            called_at=timezone.now() - timedelta(days=30),
        )


if __name__ == "__main__":
    owe(int(sys.argv[1]))
