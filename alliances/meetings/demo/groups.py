"""The demo's further groups, and what they talk about."""

from __future__ import annotations

from dataclasses import dataclass

from alliances.meetings.demo.stories import (
    CLOSING,
    MISSING,
    OPENING,
    Coming,
    Item,
    Past,
    Purpose,
    Task,
)
from alliances.meetings.models import Body
from alliances.schools.models import SchoolPost

Kind = Body.Kind


@dataclass(frozen=True)
class Group:
    """A group besides board and heads: who sits in it, and its year."""

    alliance: str
    name: str
    kind: str
    about: str
    place: str
    meetings: tuple[Past | Coming, ...]
    post: str = SchoolPost.Kind.HEAD
    quorum: str = "1/2"
    proposal: str = ""


BUSINESS = (
    OPENING,
    Item(
        "Contracts that end in spring",
        30,
        Purpose.DECISION,
        "Buying together",
        is_presented=True,
        said="Four schools leave the same photocopier firm in March.",
        decided="We ask for one offer for all four.",
        task=Task("Collect the meter readings of the four schools", 1, 14),
    ),
    CLOSING,
)
SENCOS = (
    OPENING,
    Item(
        "Plans that come back from the authority",
        30,
        section="Children",
        is_presented=True,
        said="The waiting time has fallen from nineteen weeks to fifteen. Plans with numbers in "
        "them come back less often.",
        task=Task("Share two plans without names as examples", 0, 20, "In the papers.", 15),
    ),
    Item(
        "Who may borrow what: the sensory kit",
        15,
        Purpose.DECISION,
        "Children",
        said="It has stood in one cupboard since June.",
        decided="The kit travels by half term; the list stands on the wall of the host school.",
    ),
    CLOSING,
)
PUPILS = (
    Item(
        "What our schools’ councils asked for",
        25,
        section="What pupils say",
        said="Five of seven councils ask for longer at lunch and for something to do in the rain.",
        decided="Each school tries an indoor games lunch once before Christmas.",
        task=Task("Ask the councils what they thought of it", 1, 40),
    ),
    Item(
        "A day for all councils in the spring",
        20,
        Purpose.DECISION,
        "What pupils say",
        said="The big hall holds ninety.",
        decided="We meet in the week before half term.",
    ),
)
GOVERNORS = (
    OPENING,
    Item(
        "What we ask our heads about workload",
        30,
        section="Governing well",
        is_presented=True,
        said="Most boards ask for the same report three times a year in three forms.",
        decided="One form for all our boards, at most four pages.",
        task=Task("Draft the form", 0, 45),
    ),
    Item(
        "Finding governors",
        20,
        section="Governing well",
        said="Eleven places are empty across the partnership.",
    ),
    CLOSING,
)
WHOLE = (
    OPENING,
    Item(
        "What the six areas will do this year",
        45,
        Purpose.INFORMATION,
        "The year ahead",
        is_presented=True,
        said="Each lead had five minutes and used six.",
    ),
    Item(
        "Which two areas each school joins",
        30,
        Purpose.DECISION,
        "The year ahead",
        said="All but one school put its name to two areas.",
        decided="Every school works in at least two areas this year.",
        task=Task("Tell the leads who has joined", 2, 10, "Done the same week.", 4),
    ),
    CLOSING,
)
SHORT = (
    Item("What we promised last time", 15, Purpose.INFORMATION, "Opening"),
    Item("What is on everybody’s mind", 40, section="Today", is_presented=True),
    Item("Any other business", 10, Purpose.INFORMATION, "Close"),
)
POLICY = (
    Item("What the schools said of the first draft", 25, section="The policy", is_presented=True),
    Item("Fines: when, and who decides", 25, Purpose.DECISION, "The policy"),
)
GROUPS = (
    Group(
        "oldham-schools-alliance",
        "Business managers",
        Kind.BUSINESS_MANAGERS,
        "Gets better prices by asking together, and answers each other’s questions.",
        "Staff room, Greenfield Primary School",
        (
            Past("Business managers: contracts of the spring", -19, BUSINESS, "none", minutes=60),
            Coming("Business managers: energy and cleaning", 16, called_before=24),
        ),
        post=SchoolPost.Kind.BUSINESS_MANAGER,
    ),
    Group(
        "oldham-schools-alliance",
        "SENCO network",
        Kind.SENCOS,
        "Shares what works for children with special needs, and who can help whom.",
        "Rainbow room, Springhead Infant and Nursery School",
        (
            Past("SENCO network: plans and kit", -26, SENCOS, "drafted", minutes=75),
            Coming("SENCO network: before Christmas", 5, SHORT, MISSING, called_before=20),
        ),
        post=SchoolPost.Kind.SENCO,
        quorum="2/3",
        proposal="Reading tests that work for children who can’t see the print",
    ),
    Group(
        "oldham-schools-alliance",
        "Attendance policy",
        Kind.WORKING_PARTY,
        "Words one attendance policy for all who want it, and asks the others what they think.",
        "Meeting room, Knowsley Junior School",
        (Past("Attendance policy: the second draft", -2, POLICY, "unheld", minutes=60),),
        quorum="",
    ),
    Group(
        "dovestone-learning-partnership",
        "Chairs of governors",
        Kind.CHAIRS_OF_GOVERNORS,
        "Chairs compare what they ask of their heads and of themselves.",
        "Parish hall, next to Diggle School",
        (
            Past("Chairs of governors: workload and places", -30, GOVERNORS, hour=18),
            Coming("Chairs of governors: the form", 25, SHORT, hour=18),
        ),
        post=SchoolPost.Kind.CHAIR_OF_GOVERNORS,
    ),
    Group(
        "four-oaks-learning-trust",
        "Pupil council",
        Kind.PUPIL_COUNCIL,
        "What the school councils ask of all our schools; an adult of each school answers for it.",
        "Big hall, Four Oaks Primary School",
        (
            Past("Pupil council: lunchtimes", -20, PUPILS, hour=14, minutes=60),
            Coming("Pupil council: our day in the spring", 13, SHORT, hour=14, minutes=60),
        ),
        post=SchoolPost.Kind.OTHER,
        quorum="1/3",
    ),
    Group(
        "southwark-teaching-school-alliance",
        "Whole alliance",
        Kind.WHOLE_ALLIANCE,
        "All partners, once a term: what the six areas do and what they need.",
        "The hall, Charles Dickens Primary School",
        (
            Past("Whole alliance: the year ahead", -55, WHOLE, minutes=120),
            Coming("Whole alliance: what the areas found", 30, SHORT, minutes=120),
        ),
    ),
)
