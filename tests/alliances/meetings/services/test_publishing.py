from datetime import timedelta

import pytest

from alliances.meetings.models import AgendaItem
from alliances.meetings.services import (
    NotNow,
    add_item,
    carry_items,
    default_agenda_due_at,
    edit_item,
    hold_meeting,
    items_to_carry,
    publish_agenda,
    remove_item,
)
from partnership.audit.models import Event
from tests.alliances.meetings.acts import LATER, NOW, call, move, seated, told
from tests.factories import AgendaItemFactory, BodyFactory, MeetingFactory, PersonFactory
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db


def called(**facts):
    body = BodyFactory()
    heads = [seated(body) for _ in range(2)]
    return call(MeetingFactory(body=body, **facts)), heads


def test_a_call_with_items_publishes_them_without_another_mail():
    body = BodyFactory()
    seated(body)
    draft = AgendaItemFactory(meeting__body=body).meeting

    meeting = call(draft)

    assert meeting.agenda_published_at == NOW
    assert told("agenda") == []


def test_a_call_without_items_promises_the_agenda_five_school_days_before():
    meeting, _heads = called()

    assert meeting.agenda_published_at is None
    assert meeting.agenda_due_at.isoformat() == "2027-01-05T17:00:00+00:00"


def test_a_day_that_was_promised_is_kept_unless_it_has_passed():
    promised = STARTS_AT - timedelta(days=2)

    assert called(agenda_due_at=promised)[0].agenda_due_at == promised
    assert called(agenda_due_at=NOW)[0].agenda_due_at > NOW


def test_a_call_at_short_notice_leaves_a_day_or_until_the_meeting():
    soon, sooner = NOW + timedelta(days=3), NOW + timedelta(hours=5)

    assert default_agenda_due_at(soon, now=NOW) == NOW + timedelta(hours=24)
    assert default_agenda_due_at(sooner, now=NOW) == sooner


def test_a_move_promises_the_agenda_anew():
    meeting, _heads = called()

    moved = move(meeting)

    assert moved.agenda_due_at.isoformat() == "2027-01-12T17:00:00+00:00"


def test_publishing_tells_those_asked_once():
    meeting, heads = called()
    by = PersonFactory()
    add_item(meeting=meeting, title="Attendance", by=by, now=NOW)

    publish_agenda(meeting=meeting, by=by, now=LATER)
    with pytest.raises(NotNow, match="already"):
        publish_agenda(meeting=meeting, by=by, now=LATER)

    assert told("agenda") == heads
    assert Event.objects.get(action="agenda published").thing_id == meeting.pk


def test_nothing_is_no_agenda():
    meeting, _heads = called()

    with pytest.raises(NotNow, match="nothing on the agenda"):
        publish_agenda(meeting=meeting, by=PersonFactory(), now=LATER)


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_only_the_agenda_of_a_live_meeting_is_published(state):
    item = AgendaItemFactory(meeting__state=state)

    with pytest.raises(NotNow):
        publish_agenda(meeting=item.meeting, by=PersonFactory(), now=LATER)


def test_what_is_added_or_changed_knows_when():
    meeting, _heads = called()
    item = add_item(meeting=meeting, title="Attendance", by=PersonFactory(), now=NOW)
    edit_item(item=item, changes={"title": "Attendance"}, by=PersonFactory(), now=LATER)
    untouched = AgendaItem.objects.get().changed_at

    edit_item(item=item, changes={"minutes": 25}, by=PersonFactory(), now=LATER)

    assert (item.added_at, untouched, AgendaItem.objects.get().changed_at) == (NOW, None, LATER)


def held_before(meeting, **facts):
    earlier = MeetingFactory(
        body=meeting.body, called=True, starts_at=meeting.starts_at - timedelta(days=30)
    )
    item = AgendaItemFactory(meeting=earlier, **facts)
    hold_meeting(meeting=earlier, by=PersonFactory(), now=earlier.ends_at)
    return item


def test_items_of_the_last_held_meeting_are_carried_forward_as_they_were():
    meeting, _heads = called()
    item = held_before(
        meeting, title="Supply", section="Business", minutes=25, is_confidential=True
    )
    AgendaItemFactory(meeting=MeetingFactory(called=True))

    offered = items_to_carry(meeting)
    carried = carry_items(meeting=meeting, items=offered, by=PersonFactory(), now=LATER)

    assert offered == [item]
    assert [
        (one.title, one.section, one.minutes, one.is_confidential, one.carried_from)
        for one in carried
    ] == [("Supply", "Business", 25, True, item)]
    assert items_to_carry(meeting) == []


def test_carried_items_stand_at_the_end():
    meeting, _heads = called()
    add_item(meeting=meeting, title="Welcome", by=PersonFactory(), now=NOW)
    held_before(meeting, title="Supply")

    carry_items(meeting=meeting, items=items_to_carry(meeting), by=PersonFactory(), now=LATER)

    assert list(meeting.items.order_by("position").values_list("title", flat=True)) == [
        "Welcome",
        "Supply",
    ]


def test_what_is_minuted_stays_on_the_agenda():
    item = AgendaItemFactory(meeting__state="in_session")
    item.meeting.decisions.create(
        item=item, words="Agreed.", recorded_by=PersonFactory(), recorded_at=NOW
    )

    with pytest.raises(NotNow, match="minuted"):
        remove_item(item=item, by=PersonFactory(), now=NOW)

    assert AgendaItem.objects.filter(pk=item.pk).exists()
