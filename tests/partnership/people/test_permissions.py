from partnership.people.permissions import can_change_staff, can_deactivate, can_work_in_office
from tests.factories.people import PersonFactory


def person(pk, **facts):
    return PersonFactory.build(pk=pk, **facts)


def test_only_active_portal_staff_work_in_the_office():
    assert can_work_in_office(person(1, staff=True))
    assert not can_work_in_office(person(2))
    assert not can_work_in_office(person(3, staff=True, is_active=False))


def test_staff_close_accounts_but_never_their_own():
    staff = person(1, staff=True)

    assert can_deactivate(staff, person(2))
    assert not can_deactivate(staff, staff)
    assert not can_deactivate(person(3), person(2))


def test_staff_appoint_others_but_never_themselves():
    staff = person(1, staff=True)

    assert can_change_staff(staff, person(2))
    assert not can_change_staff(staff, staff)
    assert not can_change_staff(person(3), person(2))
