"""What the demo's workhubs are called, for what they are, and who takes part for sure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """A workhub as the demo tells it; `lead` and `sure` are schools by URN."""

    name: str
    priority: str
    aims: str
    topic: str
    lead: int | None = None
    sure: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()
    size: int = 6


KNOWSLEY, GREENFIELD, CHARLES_DICKENS, FOUR_OAKS_HEAD = 105670, 105667, 148012, 103390
OLDHAM = (
    Story(
        "Behaviour and Attendance",
        "calm starts and full classrooms",
        "Count lateness and absence in one way.\nRing home before ten, every day, in every school.",
        "First half term’s attendance, school by school",
        sure=(KNOWSLEY,),
        size=8,
    ),
    Story(
        "Business & Community",
        "neighbours, employers and families as partners",
        "Find three local firms that give time rather than money.",
        "What parents told us at the gates",
        size=5,
    ),
    Story(
        "Early Years Foundation Stage",
        "talk and language before five",
        "Visit each other’s nurseries twice a year.\nAgree what we look for in a two year old.",
        "What the autumn baseline shows",
        size=7,
    ),
    Story(
        "Finance",
        "buying together, and staying solvent",
        "Lay our energy and supply contracts side by side.\nBargain once for all.",
        "Supply: three quotes compared",
        size=6,
    ),
    Story(
        "Initial Teacher Training",
        "training our own teachers, and keeping them",
        "Give every trainee two contrasting schools.\nTrain a second mentor in each school.",
        "Mentors for the spring placements",
        size=5,
    ),
    Story(
        "Safeguarding & Wellbeing",
        "noticing early, and looking after staff too",
        "Test each other’s records once a term.\nMeet as designated leads, not as inspectors.",
        "Two hard cases, without names",
        size=9,
    ),
    Story(
        "Special Educational Needs and Disabilities",
        "good first teaching for every child",
        "Share specialist staff between neighbours.\nWrite plans that a supply teacher can use.",
        "Shared hours of a speech therapist",
        size=8,
    ),
    Story(
        "School to School Support",
        "asking for help early, and giving it gladly",
        "Keep an honest list of who is good at what.\nReturn every visit.",
        "Who asked, who went, what came of it",
        size=6,
    ),
    Story(
        "Teaching & Learning",
        "fluency and reasoning in Years 3 and 4",
        "Check recall of tables each half term in every school.\n"
        "Watch one lesson in another school each term, and be watched.\n"
        "Bring what didn’t work as well as what did.",
        "Five minutes a day: what changed",
        lead=GREENFIELD,
        sure=(KNOWSLEY,),
        size=10,
    ),
    Story(
        "The Oldham Curriculum",
        "what every child here should have seen, made and done",
        "Agree on eleven things before the age of eleven.\nWalk the mills, the moors and the canal.",
        "Which visits, and who pays for the coach",
        size=7,
    ),
    Story(
        "The Oldham Leader",
        "the next heads, grown at home",
        "Offer every deputy a term beside another head.\nKeep posts at risk on one list.",
        "Placements after Easter",
        size=5,
    ),
    Story(
        "Transition",
        "moving up without losing ground",
        "Use one form for every child who moves.\nTeach one unit that begins in Year 6 and ends in 7.",
        "The form, fourth draft",
        asked=(KNOWSLEY,),
        size=6,
    ),
)
ELSEWHERE = (
    (
        "four-oaks-learning-trust",
        Story(
            "Reading for Pleasure",
            "books that children choose",
            "Open the library at lunch.\nLet pupils of one school recommend to another.",
            "What boys in Year 5 borrow",
            lead=FOUR_OAKS_HEAD,
            size=5,
        ),
    ),
    (
        "southwark-teaching-school-alliance",
        Story(
            "Early Career Teachers",
            "the first two years, and the third",
            "Give each new teacher a friend in another school.",
            "What this year’s starters ask for",
            lead=CHARLES_DICKENS,
            size=3,
        ),
    ),
)
