from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from partnership.invitations.models import Invitation
from tests.factories.people import PersonFactory

INVITED_AT = datetime(2026, 11, 16, 10, tzinfo=UTC)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        accepted = factory.Trait(
            accepted_at=INVITED_AT + timedelta(days=1),
            person=factory.SubFactory(PersonFactory, joined_at=INVITED_AT + timedelta(days=1)),
        )
        withdrawn = factory.Trait(withdrawn_at=INVITED_AT + timedelta(days=1))

    person = factory.SubFactory(PersonFactory, invited_only=True)
    invited_by = factory.SubFactory(PersonFactory, staff=True)
    invited_at = INVITED_AT
    sent_at = factory.SelfAttribute("invited_at")
    expires_at = factory.LazyAttribute(lambda invitation: invitation.sent_at + timedelta(days=14))
