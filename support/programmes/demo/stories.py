"""What the demo tells of schools that ask for support: invented schools alone."""

from __future__ import annotations

from dataclasses import dataclass

from support.programmes.models import Programme, Stage, Strand

HILL, MILL, BROOK, CLOUGH, MOOR, GREEN, BANK, LANE, EDGE, PARK = range(900_001, 900_011)
Urgency, Kind = Programme.Urgency, Strand.Kind


@dataclass(frozen=True)
class Story:
    """A school's request, and the step at which it stands on the demo's day."""

    urn: int
    area: str
    need: str
    outcomes: str
    stage: Stage
    asked_days_ago: int
    urgency: str = Urgency.TERM
    is_referred: bool = False


@dataclass(frozen=True)
class Otherwise:
    """A request that ended with its answer, or was taken back."""

    urn: int
    area: str
    need: str
    state: str
    words: str
    asked_days_ago: int
    workhub: str = ""


STORIES = (
    Story(
        HILL,
        "Writing",
        "Children write well when a teacher sits beside them and little when she doesn’t. Two "
        "teachers in Years 5 and 6 are new, and our English lead has never led a subject before.",
        "Teachers in Years 5 and 6 model writing each day\n"
        "The English lead plans and leads staff meetings\n"
        "Children write at length in other subjects",
        Stage.RUNNING,
        70,
    ),
    Story(
        HILL,
        "Attendance",
        "One child in six misses a day every fortnight. We telephone and write, and it changes "
        "nothing.",
        "Persistent absence falls by a third within a year",
        Stage.OWN_VIEW,
        9,
    ),
    Story(
        MILL,
        "Leadership",
        "The deputy post has been vacant for a year, and subject leaders wait to be told.",
        "Subject leaders lead their own meetings",
        Stage.ASKED,
        2,
        is_referred=True,
    ),
    Story(
        BROOK,
        "Phonics and early reading",
        "Half of our children begin without English. The scheme is new, and groups don’t move on.",
        "Every adult teaches phonics as the scheme means it",
        Stage.ASKED,
        11,
        Urgency.NOW,
    ),
    Story(
        CLOUGH,
        "Mathematics",
        "Children calculate quickly and can’t say why. Nobody on the staff has led mathematics.",
        "A mathematics lead who coaches colleagues",
        Stage.ASKED,
        2,
        Urgency.YEAR,
    ),
    Story(
        MOOR,
        "Behaviour",
        "Lunchtimes spill over into lessons, above all in Year 4.",
        "Lessons begin on time after lunch",
        Stage.ASSESSMENT,
        12,
    ),
    Story(
        GREEN,
        "Early years",
        "The nursery has moved, and outdoors nothing is planned.",
        "Outdoor learning every day, planned with children’s interests",
        Stage.REPLY,
        15,
    ),
    Story(
        BANK,
        "Curriculum",
        "Our plans came with three schemes that don’t speak to each other.",
        "One sequence in history and geography that teachers own",
        Stage.JUDGEMENT,
        18,
    ),
    Story(
        LANE,
        "Reading",
        "Children who have least read least, and our library stands locked.",
        "Each class is read to every day\nThe library is open at lunch",
        Stage.MATCHING,
        24,
    ),
    Story(
        EDGE,
        "SEND",
        "Support plans are written and not read. Teachers ask for adults instead of ideas.",
        "Teachers write and use plans themselves",
        Stage.AGREEMENT,
        30,
    ),
    Story(
        PARK,
        "Pupil premium",
        "We spend the grant on what we always did, and can’t say what it changes.",
        "A plan with three priorities, and a governor who asks about each",
        Stage.SIGNING,
        38,
    ),
    Story(
        MOOR,
        "Writing",
        "Handwriting is lovely and the content thin.",
        "Children write for somebody who reads it",
        Stage.WATCHED,
        60,
    ),
)
ANSWERED_OTHERWISE = (
    Otherwise(
        CLOUGH,
        "Attendance",
        "We would like to hear how others call families on the first day.",
        "signposted",
        "This is what the workhub talks about every half term. Come to its next meeting; I have "
        "told its lead that you will be there.",
        45,
        "Teaching & Learning",
    ),
    Otherwise(
        BANK,
        "Finance",
        "Could somebody do our budget this year?",
        "declined",
        "We stand beside people and don’t do their work for them. The council’s finance team does; "
        "I send you the name.",
        40,
    ),
    Otherwise(
        GREEN,
        "Governance",
        "Three governors leave at once.",
        "withdrawn",
        "Two parents and a former head have come forward.",
        33,
    ),
)
