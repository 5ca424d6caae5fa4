from partnership.audit.permissions import can_read_audit
from tests.factories.people import PersonFactory


def test_only_portal_staff_read_the_whole_trail():
    assert can_read_audit(PersonFactory.build(staff=True))
    assert not can_read_audit(PersonFactory.build())
