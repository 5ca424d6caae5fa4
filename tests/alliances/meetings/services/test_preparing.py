from datetime import UTC, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting
from alliances.meetings.services import (
    NotNow,
    default_answer_by,
    discard_draft,
    edit_meeting,
    prepare_meeting,
)
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from tests.alliances.meetings.acts import NEW_DAY, NOW, call, seated
from tests.factories import BodyFactory, MeetingFactory, PersonFactory
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wished", "kept"),
    [
        (None, datetime(2027, 1, 8, 17, tzinfo=UTC)),
        (datetime(2027, 1, 4, 17, tzinfo=UTC), datetime(2027, 1, 4, 17, tzinfo=UTC)),
        (NOW - timedelta(days=3), datetime(2027, 1, 8, 17, tzinfo=UTC)),
        (STARTS_AT + timedelta(hours=1), datetime(2027, 1, 8, 17, tzinfo=UTC)),
    ],
    ids=["none", "a good one", "passed while it was a draft", "after the meeting"],
)
def test_answers_are_wanted_before_the_meeting_and_not_in_the_past(wished, kept):
    body = BodyFactory()
    seated(body)

    meeting = call(MeetingFactory(body=body, answer_by=wished))

    assert meeting.answer_by == kept


def test_a_meeting_called_at_the_last_moment_still_gives_time_to_answer():
    starts_at = NOW + timedelta(hours=2)

    assert default_answer_by(NOW + timedelta(hours=30), now=NOW) == NOW + timedelta(hours=4)
    assert default_answer_by(starts_at, now=NOW) == starts_at


def test_a_draft_is_prepared_edited_and_discarded_and_tells_nobody():
    body, chair = BodyFactory(), PersonFactory()
    seated(body)
    meeting = prepare_meeting(
        body=body,
        title="Spring",
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=1),
        by=chair,
        now=NOW,
    )

    edited = edit_meeting(
        meeting=meeting, changes={"title": "Summer", "place": "Hall"}, by=chair, now=NOW
    )
    assert (edited.title, edited.search_title, edited.place, edited.version) == (
        "Summer",
        "summer",
        "Hall",
        2,
    )
    discard_draft(meeting=meeting, by=chair, now=NOW)

    assert (Meeting.objects.count(), Notice.objects.count()) == (0, 0)
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "meeting prepared",
        "meeting edited",
        "draft discarded",
    ]


def test_a_called_meeting_is_moved_and_not_edited_in_time_and_never_discarded():
    meeting = MeetingFactory(called=True)

    with pytest.raises(NotNow, match="Move it"):
        edit_meeting(meeting=meeting, changes={"starts_at": NEW_DAY}, by=PersonFactory(), now=NOW)
    with pytest.raises(NotNow, match="Cancel it"):
        discard_draft(meeting=meeting, by=PersonFactory(), now=NOW)


def test_what_was_held_or_cancelled_stays_as_it_is():
    for state in ("held", "cancelled"):
        with pytest.raises(NotNow, match="stays as it is"):
            edit_meeting(
                meeting=MeetingFactory(state=state),
                changes={"title": "Other"},
                by=PersonFactory(),
                now=NOW,
            )


def test_the_second_editor_is_told():
    meeting = MeetingFactory()
    edit_meeting(
        meeting=meeting, changes={"title": "First"}, seen_version=1, by=PersonFactory(), now=NOW
    )

    with pytest.raises(ChangedSince) as raised:
        edit_meeting(
            meeting=meeting,
            changes={"title": "Second"},
            seen_version=1,
            by=PersonFactory(),
            now=NOW,
        )

    assert raised.value.current.title == "First"
