from datetime import UTC, datetime, timedelta

import pytest

from alliances.schools.models import SchoolPost
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.models import DeclarationAsked
from support.programmes.services import declare_interests
from tests.factories import (
    DeclarationAskedFactory,
    PersonFactory,
    ProgrammeFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def programme():
    return ProgrammeFactory(state="open", matched_at=NOW, director=PersonFactory(), judged_at=NOW)


def head_of(programme, **facts):
    post = SchoolPostFactory(school=programme.school, kind=SchoolPost.Kind.HEAD, **facts)
    DeclarationAskedFactory(programme=programme, person=post.person, school=programme.school)
    return post.person


def owed(now=NOW, **window):
    rows = all_duties(DutyWindow(kinds=["programmes.declare"], now=now, **window))
    return sorted(Duty(*row).person_id for row in rows)


def test_everybody_asked_owes_a_declaration_until_it_is_given(programme):
    head = head_of(programme)
    practitioner = PersonFactory()
    DeclarationAskedFactory(programme=programme, person=practitioner, side="practitioner")

    assert owed() == sorted([head.pk, practitioner.pk])

    declare_interests(programme=programme, has_conflict=False, by=practitioner, now=NOW)

    assert owed() == [head.pk]
    assert owed(person_ids=[practitioner.pk]) == []
    assert owed(person_ids=[practitioner.pk], with_done=True) == [practitioner.pk]


def test_of_several_heads_of_a_school_one_is_enough(programme):
    heads = [head_of(programme), head_of(programme)]

    declare_interests(programme=programme, has_conflict=False, by=heads[1], now=NOW)

    assert owed() == []


def test_a_new_head_owes_what_the_one_before_her_was_asked_and_declares(programme):
    head_of(programme, ends_on=NOW.date())
    later = NOW + timedelta(days=1)
    follower = SchoolPostFactory(
        school=programme.school, kind=SchoolPost.Kind.HEAD, starts_on=later.date()
    ).person

    assert owed(now=later) == [follower.pk]
    assert owed(now=later, person_ids=[follower.pk]) == [follower.pk]

    declare_interests(programme=programme, has_conflict=False, by=follower, now=later)

    assert owed(now=later) == []
    assert DeclarationAsked.objects.get().person == follower


@pytest.mark.parametrize(
    "changes", [{"matched_at": None}, {"signed_at": NOW}, {"state": "stopped"}]
)
def test_nothing_is_owed_before_support_is_found_or_once_all_have_signed(programme, changes):
    head_of(programme)
    for name, value in changes.items():
        setattr(programme, name, value)
    programme.save()

    assert owed() == []


def test_reminder_is_planned_once_and_names_no_school(programme):
    head = head_of(programme)

    for _again in range(2):
        plan_reminders(now=datetime(2026, 11, 30, 11, tzinfo=UTC))

    notices = Notice.objects.filter(recipient=head)
    assert notices.count() == 1
    assert programme.school.name not in str(notices.values_list("facts", flat=True))
