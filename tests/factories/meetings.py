from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from alliances.meetings.models import Action, AgendaItem, Body, Meeting, MeetingReply, Seat
from tests.factories.alliances import AllianceFactory
from tests.factories.people import PersonFactory

STARTS_AT = datetime(2027, 1, 12, 16, 0, tzinfo=UTC)


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Body {n}")
    kind = Body.Kind.HEADS


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    class Params:
        called = factory.Trait(
            state=Meeting.State.CALLED,
            called_by=factory.SelfAttribute("prepared_by"),
            called_at=STARTS_AT - timedelta(days=28),
            agenda_published_at=STARTS_AT - timedelta(days=28),
            answer_by=STARTS_AT - timedelta(days=4),
        )

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Meeting {n}")
    starts_at = STARTS_AT
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(minutes=90))
    place = "Greenfield Primary School"
    prepared_by = factory.SubFactory(PersonFactory)


class MeetingReplyFactory(DjangoModelFactory):
    class Meta:
        model = MeetingReply

    meeting = factory.SubFactory(MeetingFactory, called=True)
    person = factory.SubFactory(PersonFactory)
    asked_at = STARTS_AT - timedelta(days=28)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 101)
    title = factory.Sequence(lambda n: f"Item {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Action {n}")
    owner = factory.SubFactory(PersonFactory)
    due_at = STARTS_AT
    given_by = factory.SubFactory(PersonFactory)
    given_at = STARTS_AT - timedelta(days=56)
