from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import (
    Duty,
    DutyWindow,
    ParticipationWindow,
    all_duties,
    notice_kinds,
    participation_of,
)
from reviews.days.duties.after import ACT, AFTERWARDS, ARRANGE, CHECK_BACK, SAY_HELD
from reviews.days.notices.after import AFTERWARDS as NOTICES
from reviews.days.participation import WORDS
from tests.factories.days import CheckBackFactory, ReviewActionFactory, WorkshopFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.followed import NOW, make_released

pytestmark = pytest.mark.django_db
LATE = NOW - timedelta(days=1)


@pytest.fixture
def made():
    return make_released()


def duties(**window):
    window = DutyWindow(kinds=[kind.key for kind in AFTERWARDS], now=NOW, **window)
    return [Duty(*row) for row in all_duties(window)]


def owed(**window):
    return sorted((duty.kind, duty.person_id) for duty in duties(**window))


def workshop(made, **more):
    return WorkshopFactory(
        review=made.review, champion=made.people["cem"], hold_by=NOW + timedelta(days=9), **more
    )


def test_host_arranges_the_workshop_until_a_champion_and_a_time_stand(made):
    held = workshop(made)
    asked = owed()
    held.arranged_at = NOW
    held.save()

    assert asked == [(ARRANGE, made.head.pk)]
    assert owed() == []


def test_host_says_what_came_of_a_workshop_that_is_over(made):
    held = workshop(made, arranged_at=LATE, starts_at=LATE, ends_at=LATE + timedelta(hours=1))
    asked = owed()
    held.held_at = NOW
    held.save()

    assert asked == [(SAY_HELD, made.head.pk)]
    assert owed() == []


def test_workshop_to_come_asks_for_no_outcome(made):
    workshop(made, arranged_at=LATE, starts_at=NOW, ends_at=NOW + timedelta(hours=1))

    assert owed() == []


def test_silence_on_the_check_back_goes_to_the_lead(made):
    back = CheckBackFactory(review=made.review, due_at=LATE)
    (duty,) = duties()
    led_to = duty.spec.up_url(duty)
    back.given_at = NOW
    back.save()

    assert (duty.kind, duty.person_id) == (CHECK_BACK, made.head.pk)
    assert duty.goes_up_to_id == made.people["ada"].pk
    assert led_to == duty.url == f"/reviews/days/{made.day.pk}/afterwards/"
    assert owed() == []


def test_actions_are_owed_by_their_owner_or_by_whoever_wrote_them_down(made):
    by_head = {"review": made.review, "made_by": made.head, "due_at": NOW}
    ReviewActionFactory(**by_head, owner=made.named)
    ReviewActionFactory(**by_head, owner=None, owner_words="Leader of English")
    ReviewActionFactory(**by_head, owner=made.head, done_at=NOW)
    ReviewActionFactory(**{**by_head, "made_by": PersonFactory()})
    ReviewActionFactory(**{**by_head, "due_at": None})

    assert owed() == sorted([(ACT, made.named.pk), (ACT, made.head.pk)])
    assert owed(person_ids=[made.head.pk]) == [(ACT, made.head.pk)]


def test_head_with_two_posts_owes_each_once(made):
    workshop(made)
    CheckBackFactory(review=made.review, due_at=LATE)
    SchoolPostFactory(school=made.school, person=made.head, kind="executive_head")

    assert [kind for kind, _person in owed(person_ids=[made.head.pk])] == [ARRANGE, CHECK_BACK]


def test_duties_and_letters_name_neither_school_nor_person_nor_finding(made):
    workshop(made, arranged_at=None, starts_at=LATE, ends_at=LATE)
    CheckBackFactory(review=made.review, due_at=LATE)
    ReviewActionFactory(review=made.review, owner=made.head, due_at=NOW, words="Hidden words")
    said = [
        repr(duty) + duty.title + duty.line + duty.spec.why(duty) + duty.url for duty in duties()
    ]
    assert len(said) == 4
    for kind in NOTICES:
        notice = Notice(pk=1, kind=kind.key, thing_id=made.review.pk, recipient=made.head)
        letter = notice_kinds()[kind.key].letters([notice], NOW)[1]
        assert f"/reviews/days/{made.day.pk}/" in letter.button_url
        said.append(repr(letter))

    words = " ".join(said)
    hidden = (
        made.school.name,
        "Hidden words",
        "Feedback",
        *(str(each) for each in (made.head, made.people["cem"])),
    )
    assert not [name for name in hidden if name in words]


def test_workshop_counts_as_given_by_the_champions_school_and_received_by_the_host(made):
    workshop(made, held_at=NOW)
    workshop_of = made.cem.reviewer.school

    def parts(school):
        window = ParticipationWindow(school.pk, made.cycle.year)
        return [
            (part.given, part.received) for part in participation_of(window) if part.words == WORDS
        ]

    assert parts(workshop_of) == [(1, 0)]
    assert parts(made.school) == [(0, 1)]
    assert parts(made.dora.reviewer.school) == []
