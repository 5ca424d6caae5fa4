from datetime import UTC, date, datetime

import pytest

from alliances.schools.services import school_handovers
from partnership.audit.models import Event
from tests.factories import (
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
    TopicProposalFactory,
)
from workhubs.hubs.models import TopicProposal
from workhubs.hubs.services.topics import decline_topic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def test_topics_of_a_school_go_on_in_the_school_after():
    topic, answered = TopicProposalFactory.create_batch(2, school=SchoolPostFactory().school)
    decline_topic(proposal=answered, by=PersonFactory(), now=NOW)
    TopicProposal.objects.filter(pk=answered.pk).update(school=topic.school)
    other = TopicProposalFactory()
    after = SchoolPostFactory()
    for each in (topic, answered):
        MembershipFactory(alliance=each.workhub_year.workhub.alliance, school=after.school)
    [kind] = [each for each in school_handovers() if each.key == "workhub_topics"]
    told = {"to": after.school, "on": TODAY, "by": PersonFactory(is_staff=True), "now": NOW}
    Event.objects.all().delete()

    moved = [kind.pass_on(topic.school, **told) for _twice in range(2)]

    assert moved == [2, 0]
    seen = TopicProposal.objects.visible_to(after.person, on=TODAY)
    assert set(seen) == {topic, answered}
    assert other not in seen
    events = Event.objects.values_list("action", flat=True)
    assert list(events) == ["topic goes on with the school after"] * 2
