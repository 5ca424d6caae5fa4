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
    area: str = ""


KNOWSLEY, GREENFIELD, CHARLES_DICKENS, FOUR_OAKS_HEAD = 105670, 105667, 148012, 103390
REQUESTS = {
    1: (-5, None),
    4: (-20, True),
    5: (-24, False),
    6: (-11, None),
    8: (-4, None),
    10: (-2, None),
}
WHY = (
    "We have tried the same on our own, and would like to compare.",
    "Our new deputy has done this before and would bring it along.",
    "Two of our neighbours take part, and their children come to us next.",
)
OLDHAM = (
    Story(
        "Behaviour and Attendance",
        "calm starts and full classrooms",
        "Count lateness and absence in one way.\nRing home before ten, every day, in every school.",
        "First half term’s attendance, school by school",
        sure=(KNOWSLEY,),
        size=8,
        area="Well-being",
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
        area="Teaching and learning",
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
        area="Leadership and succession",
    ),
    Story(
        "Safeguarding & Wellbeing",
        "noticing early, and looking after staff too",
        "Test each other’s records once a term.\nMeet as designated leads, not as inspectors.",
        "Two hard cases, without names",
        size=9,
        area="Well-being",
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
        area="Leadership and succession",
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
        area="Teaching and learning",
    ),
    Story(
        "The Oldham Curriculum",
        "what every child here should have seen, made and done",
        "Agree on eleven things before the age of eleven.\nWalk the mills, the moors and the canal.",
        "Which visits, and who pays for the coach",
        size=7,
        area="Teaching and learning",
    ),
    Story(
        "The Oldham Leader",
        "the next heads, grown at home",
        "Offer every deputy a term beside another head.\nKeep posts at risk on one list.",
        "Placements after Easter",
        size=5,
        area="Leadership and succession",
    ),
    Story(
        "Transition",
        "moving up without losing ground",
        "Use one form for every child who moves.\nTeach one unit that begins in Year 6 and ends in 7.",
        "The form, fourth draft",
        asked=(KNOWSLEY,),
        size=6,
        area="Teaching and learning",
    ),
)
FOUR_OAKS, SOUTHWARK = "four-oaks-learning-trust", "southwark-teaching-school-alliance"
HARMONY, DOVESTONE = (
    "harmony-trust-teaching-school-alliance",
    "dovestone-learning-partnership",
)


def strand(name: str, priority: str, aims: str, topic: str) -> tuple[str, Story]:
    """One of Southwark's six areas, which work as workhubs do."""
    return SOUTHWARK, Story(name, priority, aims, topic, size=3, area=name)


ELSEWHERE = (
    (
        FOUR_OAKS,
        Story(
            "Reading for Pleasure",
            "books that children choose",
            "Open the library at lunch.\nLet pupils of one school recommend to another.",
            "What boys in Year 5 borrow",
            lead=FOUR_OAKS_HEAD,
            size=5,
            area="Learning together",
        ),
    ),
    (
        FOUR_OAKS,
        Story(
            "Joint Policies",
            "one wording for what we all must have",
            "Write six policies together, and read each other’s before an inspector does.",
            "Complaints: the second reading",
            size=4,
            area="One purse",
        ),
    ),
    (
        SOUTHWARK,
        Story(
            "Early Career Teachers",
            "the first two years, and the third",
            "Give each new teacher a friend in another school.",
            "What this year’s starters ask for",
            lead=CHARLES_DICKENS,
            size=3,
            area="Teacher training",
        ),
    ),
    strand(
        "Professional development",
        "courses that our own teachers teach",
        "Ask every school for one course a year.",
        "What was booked, and what was not",
    ),
    strand(
        "Leadership",
        "from the first team to the first headship",
        "A year of shadowing for everybody who wants to lead.",
        "Who shadows whom after Easter",
    ),
    strand(
        "School to school support",
        "somebody who has done it comes and helps",
        "Answer each request within a week.",
        "Three requests and who could go",
    ),
    strand(
        "Specialist leaders",
        "who is good at what, and free when",
        "Keep one list of days and subjects, and keep it true.",
        "Days that nobody has asked for",
    ),
    strand(
        "Research",
        "two classes before twenty",
        "Try one change at a time, and write down what didn’t work.",
        "What the spelling trial showed",
    ),
    (
        HARMONY,
        Story(
            "Expert Teachers",
            "days in our classrooms, and coaches in yours",
            "Open one classroom a fortnight to visitors.",
            "Who comes in the spring",
            size=2,
            area="Expert teachers",
        ),
    ),
    (
        DOVESTONE,
        Story(
            "Moving Up",
            "children change school without falling between two",
            "Visit the next school three times before the summer.",
            "The July week",
            size=5,
            area="Moving up",
        ),
    ),
    (
        DOVESTONE,
        Story(
            "Shared Staff",
            "posts across two or three schools",
            "Advertise together, and say openly who needs whom.",
            "A music teacher for three schools",
            size=4,
            area="Shared staff",
        ),
    ),
)
