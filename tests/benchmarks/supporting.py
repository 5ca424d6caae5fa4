"""5,000 support programmes, those of the first alliance above all, at every stage."""

from datetime import timedelta
from itertools import cycle, islice, product

from django.utils import timezone

from support.directory.models import SupportArea, SupportRules
from support.programmes.models import Programme, ProgrammePerson, SwiftReview
from support.programmes.models.programmes import STEPS

PROGRAMMES = 5_000
AREAS = (
    "Early years", "Phonics", "Reading", "Writing", "Mathematics", "Curriculum", "Behaviour",
    "Attendance", "SEND", "Pupil premium", "Leadership", "Governance", "Finance",
)  # fmt: skip
NOW = timezone.now()


def bulk(model, rows):
    return model.objects.bulk_create(rows, batch_size=2_000)


def programmes_of(members, directors, heads):
    """The key of one of the first alliance's that waits for its agreement."""
    bulk(SupportRules, [SupportRules(alliance=alliance) for alliance in members])
    areas = bulk(
        SupportArea,
        [SupportArea(alliance=alliance, name=name) for alliance in members for name in AREAS],
    )
    by_alliance = {}
    for area in areas:
        by_alliance.setdefault(area.alliance_id, []).append(area)
    states = cycle([Programme.State.OPEN] * 3 + [Programme.State.FINISHED])
    rows = []
    for turn, (alliance, schools) in enumerate(members.items()):
        most = None if turn == 0 else PROGRAMMES // len(members)
        pairs = islice(product(enumerate(schools, 1), by_alliance[alliance.pk]), most)
        for (place, school), area in pairs:
            number = len(rows)
            gone = [moment for moment, _stage in STEPS[: number % (len(STEPS) + 1)]]
            rows.append(
                Programme(
                    alliance=alliance,
                    school=school,
                    area=area,
                    state=next(states) if gone else Programme.State.ASKED,
                    need="Writing in Years 5 and 6 is not where we want it.",
                    asked_by=heads[school.pk],
                    director=directors[turn],
                    asked_at=NOW - timedelta(hours=number),
                    answer_by=NOW + timedelta(days=2),
                    supporting_school=schools[place % len(schools)],  # each helps the one before
                    **dict.fromkeys(gone, NOW - timedelta(hours=1)),
                )
            )
    programmes = bulk(Programme, rows)
    started = [programme for programme in programmes if programme.answered_at]
    bulk(
        SwiftReview,
        [
            SwiftReview(programme=each, assessor=each.director, due_at=NOW + timedelta(days=5))
            for each in started
        ],
    )
    bulk(
        ProgrammePerson,
        [
            ProgrammePerson(
                programme=each,
                person=each.director,
                side="director",
                starts_on=NOW.date(),
                named_by=each.director,
            )
            for each in started[::5]
        ],
    )
    return next(each.pk for each in programmes if each.judged_at and not each.matched_at)
