from datetime import datetime

import pytest

from partnership.audit.models import Event
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from support.progress.services import (
    NoReplyAsked,
    ResolvedAlready,
    add_step,
    raise_concern,
    reply_to_concern,
    resolve_concern,
)
from support.progress.services.going_on import NotGoingOn
from tests.factories import AlliancePostFactory
from tests.support.progress.begun import NOW, make_begun

pytestmark = pytest.mark.django_db
WORDS = "Meetings are called off the day before."


@pytest.fixture
def begun():
    return make_begun()


def raises(begun, *, side="director", by=None):
    by = by or begun.director
    return raise_concern(programme=begun.programme, words=WORDS, side=side, by=by, now=NOW)


def told():
    return set(Notice.objects.values_list("kind", "recipient"))


def test_head_is_asked_for_a_reply_within_five_school_days(begun):
    concern = raises(begun)

    assert concern.reply_by == datetime(2026, 11, 30, 17, tzinfo=UK)
    assert told() == {
        ("programmes.your_turn", begun.head.pk),
        ("programmes.changed", begun.supporting_head.pk),
    }


def test_head_who_raises_it_owes_no_reply(begun):
    concern = raises(begun, side="school", by=begun.head)

    with pytest.raises(NoReplyAsked):
        reply_to_concern(concern=concern, reply="Mine.", by=begun.head, now=NOW)
    assert told() == {
        ("programmes.changed", begun.supporting_head.pk),
        ("programmes.changed", begun.director.pk),
    }


def test_reply_stands_once_and_steps_are_added_until_it_is_resolved(begun):
    concern = raises(begun)
    by = {"concern": concern, "now": NOW}
    reply_to_concern(reply="We were ill.", by=begun.head, **by)
    with pytest.raises(NoReplyAsked):
        reply_to_concern(reply="Again.", by=begun.head, **by)
    add_step(words="We spoke.", is_further=False, by=begun.director, **by)
    step = add_step(words="Told the chair.", is_further=True, by=begun.director, **by)
    resolve_concern(how="A day a week is fixed.", by=begun.director, **by)

    concern.refresh_from_db()
    assert (concern.replied_by, concern.escalated_at, concern.resolved_by) == (
        begun.head,
        step.taken_at,
        begun.director,
    )
    with pytest.raises(ResolvedAlready):
        add_step(words="Late.", is_further=False, by=begun.director, **by)


def test_concern_may_be_raised_about_a_pause_and_not_after_the_end(begun):
    begun.programme.state = "paused"
    begun.programme.save()
    raises(begun)
    assert {kind for kind, _recipient in told()} == {"programmes.changed"}
    begun.programme.state = "finished"
    begun.programme.save()

    with pytest.raises(NotGoingOn):
        raises(begun)


def test_programme_and_audit_say_nothing_of_it(begun):
    other = AlliancePostFactory(alliance=begun.alliance, kind="director").person
    raises(begun)

    (event,) = Event.objects.exclude(model="person")
    assert (event.app, event.model, event.title) == ("progress", "concern", "Concern")
    assert (event.school_id, event.alliance_id, event.values) == (None, None, {})
    assert not Notice.objects.filter(recipient=other).exists()
    assert not any("concern" in key for key in Notice.objects.values_list("key", flat=True))
