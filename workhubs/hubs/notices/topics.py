"""What is told of proposed topics; the mail says neither the topic nor which school it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_moment
from workhubs.hubs.models import TopicProposal

TOPIC_PROPOSED = "hubs.topic_proposed"
TOPIC_ANSWERED = "hubs.topic_answered"
TOPIC_WITHDRAWN = "hubs.topic_withdrawn"
GONE = Stale("The topic is gone.")


def _worded(
    notices: Sequence[Notice], say: Callable[[TopicProposal], Letter | Stale]
) -> dict[int, Letter | Stale]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    topics = TopicProposal.objects.select_related("workhub_year__workhub__alliance").in_bulk(ids)
    found = {notice.pk: topics.get(notice.thing_id or 0) for notice in notices}
    return {pk: GONE if topic is None else say(topic) for pk, topic in found.items()}


def _letter(topic: TopicProposal, *, subject: str, why: str, facts: Sequence[str] = ()) -> Letter:
    year = topic.workhub_year
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        facts=(f"Workhub: {year.workhub}", f"Year: {year.academic_year}", *facts),
        button_label="Look at it",
        button_url=f"{settings.PORTAL_URL}{topic.get_absolute_url()}",
        sender_name=str(year.workhub.alliance),
        thread=f"hubs.topic:{topic.pk}",
    )


def letters_of_topics(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever answers for the workhub, while the topic waits."""
    return _worded(notices, _proposes)


def _proposes(topic: TopicProposal) -> Letter | Stale:
    if not topic.is_open:
        return Stale("The topic is settled.")
    return _letter(
        topic,
        subject=f"A topic is proposed for “{topic.workhub_year.workhub}”",
        why="You answer for this workhub, and a school proposes a topic for it.",
        facts=(f"Please answer by {spoken_moment(topic.answer_by)}",),
    )


def letters_of_topic_answers(
    notices: Sequence[Notice], _now: datetime
) -> Mapping[int, Letter | Stale]:
    """To the school; what the answer is stands behind its sign-in."""
    return _worded(notices, _answers)


def _answers(topic: TopicProposal) -> Letter | Stale:
    return _letter(
        topic,
        subject=f"“{topic.workhub_year.workhub}” answers your topic",
        why="Your school proposed a topic for this workhub, and it is answered.",
    )


def letters_of_topic_withdrawals(
    notices: Sequence[Notice], _now: datetime
) -> Mapping[int, Letter | Stale]:
    """To whoever would have had to answer."""
    return _worded(notices, _withdraws)


def _withdraws(topic: TopicProposal) -> Letter | Stale:
    return _letter(
        topic,
        subject=f"A topic for “{topic.workhub_year.workhub}” is taken back",
        why="You answer for this workhub. The school has taken its topic back; there is nothing "
        "to do.",
    )
