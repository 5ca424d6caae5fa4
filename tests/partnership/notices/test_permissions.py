from partnership.notices.permissions import can_run_outbox
from partnership.people.models import Person


def test_only_portal_staff_who_may_sign_in_run_the_outbox():
    assert can_run_outbox(Person(is_staff=True))
    assert not can_run_outbox(Person(is_staff=False))
    assert not can_run_outbox(Person(is_staff=True, is_active=False))
