"""What people owe workhubs: answers to invitations, to requests to join, and to proposed topics."""

from partnership.toolkit.registers import DutyKind
from workhubs.hubs.duties.places import (
    ANSWER_FOR_HEAD,
    PLACE_DUTIES,
    invitations_to_answer,
    invitations_to_answer_for_heads,
    requests_to_answer,
    requests_to_answer_as_deputy,
)
from workhubs.hubs.duties.topics import (
    TOPIC_DUTIES,
    topics_to_answer,
    topics_to_answer_as_deputy,
)

__all__ = [
    "ANSWER_FOR_HEAD",
    "DUTIES",
    "invitations_to_answer",
    "invitations_to_answer_for_heads",
    "requests_to_answer",
    "requests_to_answer_as_deputy",
    "topics_to_answer",
    "topics_to_answer_as_deputy",
]

DUTIES: tuple[DutyKind, ...] = (*PLACE_DUTIES, *TOPIC_DUTIES)
