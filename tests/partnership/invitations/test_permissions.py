from partnership.invitations.models import Invitation
from partnership.invitations.permissions import can_invite, can_send_again, can_withdraw
from tests.factories.invitations import INVITED_AT
from tests.factories.people import PersonFactory

OPEN = Invitation()
ACCEPTED = Invitation(accepted_at=INVITED_AT)
WITHDRAWN = Invitation(withdrawn_at=INVITED_AT)


def test_only_active_portal_staff_invite():
    assert can_invite(PersonFactory.build(staff=True))
    assert not can_invite(PersonFactory.build())
    assert not can_invite(PersonFactory.build(staff=True, is_active=False))


def test_only_what_nobody_answered_is_sent_again_or_withdrawn():
    staff, person = PersonFactory.build(staff=True), PersonFactory.build()

    for rule in (can_send_again, can_withdraw):
        assert [rule(staff, each) for each in (OPEN, ACCEPTED, WITHDRAWN)] == [True, False, False]
        assert not rule(person, OPEN)
