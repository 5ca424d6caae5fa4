"""What begins with a report in another room: a topic for a workhub, in the head's own words."""

from __future__ import annotations

from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import hand_over
from reviews.days.demo.following import Following
from reviews.days.parts.crossings import PART
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services import create_workhub, propose_topic

WORKHUB = "Words that pupils use"
TOPIC = "Words for number in play"
ABOUT = (
    "We would like to agree on words for number in play, and to see in each other’s classes what "
    "children do with them."
)


def found_workhub(following: Following, number: int, director: Person) -> WorkhubYear:
    """The example schools' own, led by the head who led the team."""
    told = following.by(director, number)
    return create_workhub(
        alliance=following.review.cycle.alliance,
        name=WORKHUB,
        year=AcademicYear.containing(told["now"].astimezone(UK).date()),
        lead=following.lead,
        priority="talk and writing in every subject",
        aims="Each school tries one thing in each half term and shows it to another.",
        **told,
    )


def propose(following: Following, number: int, director: Person) -> None:
    """The host's head words what goes across; her topic waits for the workhub's lead."""
    workhub_year = found_workhub(following, number, director)
    part = following.areas()[0]
    propose_topic(
        workhub_year=workhub_year,
        school=following.review.school,
        topic=TOPIC,
        about=ABOUT,
        origin=hand_over(PART, part.pk, ABOUT, by=following.head),
        **following.by(following.head, number, 16),
    )
