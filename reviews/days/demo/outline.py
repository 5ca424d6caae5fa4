"""What the demo's invented schools tell and hear; nothing of it is about a real school."""

from __future__ import annotations

from dataclasses import dataclass

from reviews.days.models import Meaning, Priority

Area = Priority.Area
STRENGTH, DEVELOPMENT, EXCELLENCE = Meaning.STRENGTH, Meaning.DEVELOPMENT, Meaning.EXCELLENCE
PARTNERS = (
    "Assistant headteacher",
    "English lead",
    "Mathematics lead",
    "Early years lead",
    "SENCO",
)
DSL = ("Jo Firth", "0161 496 0123")
CHAIR, LADO = "Malcolm Rhodes, 0161 496 0145", "0161 496 0171"


@dataclass(frozen=True)
class FoundOut:
    """One finding: what it says of which theme, and how the team came to it."""

    meaning: Meaning
    theme: int
    words: str
    talk: str = ""


@dataclass(frozen=True)
class Changed:
    """What a school says ninety days later of its area for development."""

    extent: str
    words: str
    for_whom: str
    evidence: str


@dataclass(frozen=True)
class Story:
    """One review: what the school says of itself, what the team sees, and what comes of it."""

    context: str
    going_well: str
    to_improve: str
    evidence: str
    priorities: tuple[tuple[Priority.Area, str, str], ...]
    focus: str
    lines: tuple[str, ...]
    notes: tuple[tuple[int, str, str], ...]
    findings: tuple[FoundOut, ...]
    opening: str
    closing: str
    disputed: tuple[str, str]
    answered: str
    actions: tuple[str, ...]
    changed: tuple[Changed, ...]


WRITING = Story(
    context="Two forms of entry. Four in ten pupils speak another language at home.",
    going_well="Reading is at the heart of the day, and pupils talk about books with pleasure.",
    to_improve="Pupils write well in English lessons and far less well in other subjects.",
    evidence="Books of every year group in two terms; talk with pupils; moderation with neighbours.",
    priorities=(
        (Area.WRITING, "Writing at length in every subject", "Books in history read like English."),
        (
            Area.ASSESSMENT,
            "Feedback that is used in the same lesson",
            "Pupils improve work at once.",
        ),
        (Area.LANGUAGE, "Words of each subject taught and heard", "Pupils use them unprompted."),
    ),
    focus="How well do pupils in Years 2 and 5 write at length in subjects other than English, and "
    "what do teachers do with what they see?",
    lines=(
        "What do books in history and science show of writing at length?",
        "Who writes least, and what helps them?",
        "What do pupils do with the feedback that they get?",
    ),
    notes=(
        (
            0,
            "Pupils’ books",
            "History, Year 5: one page of connected text in six weeks; notes else.",
        ),
        (1, "Visit to lessons", "Year 2: teacher writes in front of the class and thinks aloud."),
        (1, "Visit to lessons", "Year 5: success criteria for spelling, none for meaning."),
        (2, "Talk with pupils", "Two groups know what to improve; one says “neater writing”."),
        (3, "Around the school", "Calm corridors; pupils hold doors and explain displays unasked."),
        (5, "Talk with staff", "Everybody names the priority; three ways of giving feedback."),
    ),
    findings=(
        FoundOut(STRENGTH, 1, "Teachers show how to write by writing in front of the class."),
        FoundOut(
            DEVELOPMENT,
            0,
            "Plan for one longer piece of writing in each half term of history and science.",
            "Two of us had seen this as a matter of time; the books showed that it is one of plans.",
        ),
        FoundOut(DEVELOPMENT, 2, "Agree one way of giving feedback that pupils use at once."),
        FoundOut(
            EXCELLENCE,
            3,
            "Pupils of all ages lead visitors through the school and explain their learning.",
        ),
    ),
    opening="The team was made welcome, and every door stood open.",
    closing="A workshop with the leads of history and science would be a good beginning.",
    disputed=("Agree one way", "A way has been agreed since September; it isn’t yet used by all."),
    answered="We keep the sentence: it is about a way that all use, and you say so yourself.",
    actions=(
        "Put one longer piece of writing into each half term’s plan of history",
        "Look at feedback in all classes together, with the staff, in the second week of term",
    ),
    changed=(
        Changed(
            "much",
            "Each class has written two longer pieces in history since the review.",
            "All pupils of Years 2 to 6; most of all those who wrote least",
            "Books of 30 pupils before and after, looked at with a neighbouring school.",
        ),
        Changed(
            "some",
            "Feedback is given in the lesson in most classes.",
            "Pupils of Years 1 to 4",
            "Two learning walks and talk with pupils.",
        ),
    ),
)
ATTENDANCE = Story(
    context="One form of entry on the edge of the town, with many families new to it.",
    going_well="Pupils feel safe, know each adult by name and say so.",
    to_improve="Too many pupils miss a day a week, and they are mostly the same ones.",
    evidence="Attendance week by week, talks with 20 families, pupils’ own survey.",
    priorities=(
        (
            Area.ATTENDANCE,
            "Families who want to come, and can",
            "Fewer than one in ten miss a day.",
        ),
        (Area.FAMILIES, "A first talk before a first letter", "Families ring us before we ring."),
        (Area.WELLBEING, "A person for every pupil who worries", "Pupils name whom they go to."),
    ),
    focus="What helps pupils who miss school most to come, and how would the school know?",
    lines=(
        "How soon is somebody who stays away missed, and by whom?",
        "What do families say of the first talk?",
    ),
    notes=(
        (3, "Talk with pupils", "Every group names two adults to whom they would go."),
        (
            3,
            "Figures of the school",
            "Days missed fall on Mondays and Fridays in three year groups.",
        ),
        (4, "Talk with families", "Four of six were rung on the first morning, two had a letter."),
        (5, "Plans", "Attendance stands in the plan with a date; who looks at it weekly is open."),
        (1, "Visit to lessons", "Pupils who were away get a partner and a page to catch up with."),
    ),
    findings=(
        FoundOut(STRENGTH, 1, "Whoever was away is met with a page and a partner to catch up."),
        FoundOut(STRENGTH, 3, "Pupils know whom to turn to, and do."),
        FoundOut(
            DEVELOPMENT,
            4,
            "Ring every family on the first morning, and let one person look at each week.",
            "One of us had rated this higher; the talks with families changed that.",
        ),
    ),
    opening="Pupils and families spoke openly, and the office showed us its lists.",
    closing="Two schools of the partnership have done this before; the head may wish to ring them.",
    disputed=("Ring every family", "All families are rung; letters go out beside the call."),
    answered="We keep the sentence: two of the six families we spoke with weren’t reached by telephone.",
    actions=("Ring on the first morning, and note whom nobody reached",),
    changed=(
        Changed(
            "some",
            "Every family is rung by ten; the office lead looks at each week on Friday.",
            "34 pupils who had missed most",
            "Days missed by these pupils fell by a third against the same weeks a year ago.",
        ),
    ),
)
EARLY_YEARS = Story(
    context="A nursery and one form of entry; half the children start with little English.",
    going_well="Children settle quickly, and families stay for the first half hour.",
    to_improve="Counting and comparing come up by chance and not every day.",
    evidence="A fortnight’s plans, children’s play watched with the local authority’s adviser.",
    priorities=(
        (
            Area.EARLY_YEARS,
            "Number in every day of the nursery",
            "Children count without being asked.",
        ),
        (Area.MATHEMATICS, "From counting to calculating in Year 1", "Fewer gaps at Christmas."),
        (Area.TRANSITION, "What the nursery knows goes along", "Year 1 begins where they are."),
    ),
    focus="How do children meet number in play, and what do adults make of it?",
    lines=("Where does number turn up in an ordinary morning?", "What do adults say next?"),
    notes=(
        (
            0,
            "Plans",
            "Number has its own table; it is not in the plans for outdoors or for the kitchen.",
        ),
        (
            1,
            "Visit to lessons",
            "Snack time: an adult lets children share out twelve pieces fairly.",
        ),
        (1, "Visit to lessons", "Building corner: two chances to compare lengths go by."),
        (
            2,
            "Children’s work",
            "Photographs in the folders show shapes far more often than number.",
        ),
        (5, "Talk with staff", "New colleagues ask for words to use; the lead has begun a list."),
    ),
    findings=(
        FoundOut(EXCELLENCE, 3, "Families are part of each morning, and feel that they are."),
        FoundOut(STRENGTH, 1, "Adults use snack time to let children share and count."),
        FoundOut(
            DEVELOPMENT,
            0,
            "Plan for number outdoors and in the building corner, with the words to use.",
            "We had each seen another corner; put together it is the same thing.",
        ),
    ),
    opening="We were part of the morning from the first song.",
    closing="The lead’s list of words is a good beginning, and others would be glad of it.",
    disputed=("Plan for number outdoors", "Outdoors has number on Wednesdays."),
    answered="We keep the sentence: it is about every day, and we saw a Tuesday.",
    actions=(
        "Finish the list of words and try it in the building corner",
        "Ask a neighbouring nursery to show its outdoor number trail",
    ),
    changed=(
        Changed(
            "much",
            "Number is in the plan for outdoors on every day.",
            "52 children of the nursery and reception",
            "Three mornings watched by the champion; the folders of ten children.",
        ),
    ),
)
STORIES = (WRITING, ATTENDANCE, EARLY_YEARS)
NOW = (ATTENDANCE, ATTENDANCE, EARLY_YEARS, ATTENDANCE, EARLY_YEARS, WRITING, ATTENDANCE)
"""This year's, as each school's age range allows: the second is a junior, the third an infant school."""
DOCUMENTS = ("School development plan, one page", "Attendance and context in figures")
