from datetime import UTC, datetime, timedelta

import pytest

from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.progress.models import SustainCheck
from support.progress.services import (
    close_review,
    give_sustain_check,
    keep_final_view,
    look_back,
    open_ending,
    write_talk,
)
from tests.factories import AlliancePostFactory
from tests.support.progress.begun import make_begun
from tests.support.progress.reviewed import BEFORE_END, DUE, give, give_all, make_reviewed

pytestmark = pytest.mark.django_db
LAST_TERM = datetime(2028, 6, 20, 9, tzinfo=UTC)
REVIEWS = ("view_school", "view_supporter", "view_director", "talk", "close_review")
ENDINGS = ("final_school", "final_supporter", "sustain", "checkback")


def owed(kinds, now, **window):
    keys = [f"progress.{kind}" for kind in kinds]
    duties = [Duty(*row) for row in all_duties(DutyWindow(kinds=keys, now=now, **window))]
    return sorted(duties, key=lambda duty: (duty.kind, duty.due_at))


def in_short(duties):
    return [(d.kind.removeprefix("progress."), d.person_id, d.goes_up_to_id) for d in duties]


@pytest.fixture
def reviewed():
    made = make_reviewed()
    made.chair = AlliancePostFactory(alliance=made.alliance, kind="chair").person
    return made


def test_each_side_owes_its_view_until_it_is_given(reviewed):
    director, chair = reviewed.director.pk, reviewed.chair.pk
    duties = owed(REVIEWS, BEFORE_END)
    give(reviewed, "school")
    left = owed(REVIEWS, BEFORE_END)

    assert {duty.due_at for duty in duties} == {DUE}
    assert in_short(duties) == [
        ("view_director", director, chair),
        ("view_school", reviewed.head.pk, director),
        ("view_supporter", reviewed.supporting_head.pk, director),
    ]
    assert in_short(left) == in_short([duties[0], duties[2]])
    assert in_short(owed(REVIEWS, BEFORE_END, person_ids=[reviewed.supporting_head.pk])) == [
        ("view_supporter", reviewed.supporting_head.pk, director)
    ]


def test_director_owes_the_talk_and_then_the_close(reviewed):
    give_all(reviewed, school=("stuck", "on_course"))
    seen = [in_short(owed(REVIEWS, BEFORE_END))]
    write_talk(review=reviewed.review, words="Talked.", by=reviewed.head, now=BEFORE_END)
    closing = owed(REVIEWS, BEFORE_END)
    seen.append(in_short(closing))
    told = {"overall": "slower", "next_on": None, "by": reviewed.director, "now": BEFORE_END}
    close_review(review=reviewed.review, **told)
    seen.append(in_short(owed(REVIEWS, BEFORE_END)))

    director, chair = reviewed.director.pk, reviewed.chair.pk
    assert seen == [[("talk", director, chair)], [("close_review", director, chair)], []]
    assert closing[0].due_at == BEFORE_END + timedelta(days=7)


def test_paused_programme_owes_nothing_and_duties_name_nobody(reviewed):
    duties = owed(REVIEWS, BEFORE_END)
    said = " ".join(" ".join([d.title, d.line, d.spec.why(d)]) for d in duties)
    for hidden in (reviewed.programme.school, reviewed.programme.area, reviewed.head):
        assert str(hidden) not in said
    reviewed.programme.state = "paused"
    reviewed.programme.save()

    assert owed(REVIEWS, BEFORE_END) == []


def test_ends_are_owed_one_after_the_other():
    begun = make_begun()
    programme, head, director = begun.programme, begun.head.pk, begun.director.pk
    told = {"programme": programme, "by": begun.head, "now": LAST_TERM}
    open_ending(**told)
    seen = [in_short(owed(ENDINGS, LAST_TERM))]
    for side in ("school", "supporter"):
        keep_final_view(side=side, changes={"changed": "Much."}, is_given=True, **told)
        seen.append(in_short(owed(ENDINGS, LAST_TERM)))
    for check in SustainCheck.objects.order_by("number"):
        said = {"stands": "reached", "words": "It stands."}
        give_sustain_check(number=check.number, **said, **told | {"now": check.due_at})
    seen.append(in_short(owed(ENDINGS, LAST_TERM)))
    look_back(changed="Much.", for_whom="All", evidence="Books.", **told)
    seen.append(in_short(owed(ENDINGS, LAST_TERM)))

    supporter = ("final_supporter", begun.supporting_head.pk, director)
    check, impact = ("sustain", head, director), ("checkback", head, director)
    assert seen == [
        [("final_school", head, director), supporter],
        [supporter],
        [impact, check, check],
        [impact],
        [],
    ]
    assert SustainCheck.objects.filter(given_at=None).count() == 0
