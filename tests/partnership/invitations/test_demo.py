from datetime import timedelta

import pytest

from partnership.invitations import demo as invitations_demo
from partnership.invitations.models import Invitation
from partnership.people import demo as people_demo
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from tests.factories.invitations import INVITED_AT


@pytest.mark.django_db
def test_everybody_to_sign_in_as_has_come_and_a_few_have_not_answered(settings):
    clock = DemoClock(now=INVITED_AT)
    people_demo.load(clock)
    invitations_demo.load(clock)

    sign_ins = {sign_in.email for sign_in in people_demo.DEMO_SIGN_INS}
    people = Person.objects.filter(email__in=sign_ins)
    states = [
        invitation.state_at(INVITED_AT + timedelta(hours=1))
        for invitation in Invitation.objects.filter(accepted_at__isnull=True)
    ]
    assert {person.email for person in people} == sign_ins
    assert all(person.check_password(settings.DEMO_PASSWORD) for person in people)
    assert [person.email for person in people if person.is_staff] == ["officer@demo.example"]
    assert sorted(states) == ["expired", "open", "open", "open"]


def test_there_are_enough_invented_people_and_each_is_one_of_a_kind():
    names = people_demo.invented_names()

    assert len(names) == len(set(names)) >= 140
    assert not set(names) & {sign_in.name for sign_in in people_demo.DEMO_SIGN_INS}
