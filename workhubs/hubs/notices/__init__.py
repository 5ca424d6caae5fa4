"""What the room tells people by mail."""

from partnership.toolkit.registers import NoticeKind
from workhubs.hubs.notices.changes import (
    PERSON_ADDED,
    PLACE_ENDS,
    PLACE_GOES_ON,
    YEAR_CLOSED,
    letters_of_closing,
    letters_of_ends,
    letters_of_going_on,
    letters_to_people,
)
from workhubs.hubs.notices.invitations import SCHOOL_INVITED, invited_key, letters_of_invitation
from workhubs.hubs.notices.requests import (
    REQUEST_ANSWERED,
    REQUEST_MADE,
    REQUEST_WITHDRAWN,
    letters_of_answers,
    letters_of_requests,
    letters_of_withdrawals,
)
from workhubs.hubs.notices.topics import (
    TOPIC_ANSWERED,
    TOPIC_PROPOSED,
    TOPIC_WITHDRAWN,
    letters_of_topic_answers,
    letters_of_topic_withdrawals,
    letters_of_topics,
)
from workhubs.hubs.notices.years import LEADS, STAYS, letters_of_staying, letters_to_leads

__all__ = [
    "LEADS",
    "PERSON_ADDED",
    "PLACE_ENDS",
    "PLACE_GOES_ON",
    "REQUEST_ANSWERED",
    "REQUEST_MADE",
    "REQUEST_WITHDRAWN",
    "SCHOOL_INVITED",
    "STAYS",
    "TOPIC_ANSWERED",
    "TOPIC_PROPOSED",
    "TOPIC_WITHDRAWN",
    "YEAR_CLOSED",
    "invited_key",
]

WORDED = (
    (SCHOOL_INVITED, "A school is invited into a workhub", letters_of_invitation),
    (REQUEST_MADE, "A school asks to join a workhub", letters_of_requests),
    (REQUEST_ANSWERED, "A school’s request to join a workhub is answered", letters_of_answers),
    (REQUEST_WITHDRAWN, "A school takes back its request to join", letters_of_withdrawals),
    (TOPIC_PROPOSED, "A topic is proposed for a workhub", letters_of_topics),
    (TOPIC_ANSWERED, "A proposed topic is answered", letters_of_topic_answers),
    (TOPIC_WITHDRAWN, "A proposed topic is taken back", letters_of_topic_withdrawals),
    (PLACE_ENDS, "A school leaves a workhub", letters_of_ends),
    (PLACE_GOES_ON, "A school stays in a workhub after all", letters_of_going_on),
    (STAYS, "Schools stay in workhubs for another year", letters_of_staying),
    (LEADS, "Somebody leads a workhub, or is its deputy", letters_to_leads),
    (PERSON_ADDED, "Somebody takes part in a workhub", letters_to_people),
    (YEAR_CLOSED, "A workhub closes", letters_of_closing),
)
NOTICES = tuple(
    NoticeKind(key=key, words=words, letters=letters, in_alliance=True)
    for key, words, letters in WORDED
)
