"""What the demo tells of support that runs, rests, ended and lasts: invented schools alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from support.programmes.demo.stories import (
    BANK,
    BROOK,
    CLOUGH,
    EDGE,
    GREEN,
    HILL,
    LANE,
    MILL,
    PARK,
    Story,
)
from support.programmes.models import Stage


@dataclass(frozen=True)
class Goal:
    """An objective: its focus, how both know, year groups, and one action towards it."""

    words: str
    success: str
    action: str
    focus: str = "teaching"
    years: str = ""


@dataclass(frozen=True)
class Figure:
    """A measure: what the start was, what is planned, and what came of it, point by point."""

    kind: str
    year_group: str
    start: float
    planned: tuple[float, ...]
    actual: tuple[float, ...]
    pupils: int = 28
    group: str = "all"
    name: str = ""
    unit: str = "percent"
    checks: tuple[float, ...] = ()


@dataclass(frozen=True)
class CourseStory:
    """A programme that all have signed, and how far it has come on the demo's day.

    `begun` terms ago its first term began; it runs over `terms` of them.
    """

    urn: int
    area: str
    need: str
    outcomes: str
    begun: int
    goals: tuple[Goal, ...]
    figures: tuple[Figure, ...]
    terms: int = 5
    approach: str = "supportive"
    paused: str = ""
    stopped: str = ""
    differs_in: int | None = None
    is_silent: bool = False
    has_concern: bool = False
    is_story: bool = False
    ratings: tuple[str, ...] = field(default=("on_course", "on_course", "slower"))

    def asked(self, days_ago: int) -> Story:
        """Its beginning, as the room below tells it."""
        return Story(self.urn, self.area, self.need, self.outcomes, Stage.RUNNING, days_ago)


WRITING = (
    Goal(
        "Teachers in Years 5 and 6 model writing each day",
        "Seen in four of five lessons visited, and in the books",
        "Plan the first three weeks of a unit together",
        years="5,6",
    ),
    Goal(
        "The English lead plans and leads staff meetings",
        "She has led three, and colleagues say what they took from them",
        "Prepare the first meeting with the supporting head",
        focus="leadership",
    ),
    Goal(
        "Children write at length in other subjects",
        "A piece of a page or more in history and science each half term",
        "Choose two pieces in history and two in science",
        focus="curriculum",
        years="3,4,5,6",
    ),
)
READING = (
    Goal(
        "Every adult teaches phonics as the scheme means it",
        "Six of seven groups seen keep to the scheme",
        "Watch a lesson together each week and talk about one thing",
        years="R,1",
    ),
    Goal(
        "The reading lead checks groups every six weeks and moves children on",
        "Groups have changed after each check",
        "Do the first check side by side",
        focus="leadership",
    ),
)
MATHS = (
    Goal(
        "Children say why, not only what",
        "In each lesson seen two children explain to the class",
        "Collect ten good questions for each year group",
        years="3,4,5",
    ),
    Goal(
        "Subject leaders look at books with teachers each half term",
        "Notes of three rounds, and what was changed after each",
        "Look at books of Year 4 with the supporting school’s lead",
        focus="leadership",
    ),
)
LEADING = (
    Goal(
        "The senior team meets weekly with an agenda and actions",
        "Actions of six weeks in a row are done or handed on",
        "Agree what belongs on the agenda and what doesn’t",
        focus="leadership",
    ),
    Goal(
        "Lessons begin on time after lunch",
        "Seen on ten days of fifteen",
        "Walk the corridors together for a week",
        focus="behaviour",
    ),
)
COURSES = (
    CourseStory(
        HILL,
        "Curriculum",
        "What children write in other subjects is short, and teachers don’t see it as writing. Our "
        "English lead has never led a subject before.",
        "Teachers in Years 5 and 6 model writing each day\n"
        "The English lead plans and leads staff meetings",
        2,
        WRITING,
        (
            Figure("ks2_writing", "6", 58, (61, 64, 68, 72, 75), (60, 66), 31),
            Figure("ks2_writing", "6", 41, (45, 50, 55, 60, 64), (44, 48), 8, "disadvantaged"),
            Figure("ks2_writing", "6", 64, (67, 70, 73, 76, 79), (66, 72), 23, "others"),
            Figure("attendance", "", 92.8, (93, 93.4, 93.8, 94.2, 94.5), (92.9, 93.6), 214),
        ),
        differs_in=2,
        has_concern=True,
    ),
    CourseStory(
        BROOK,
        "Early years",
        "Half of our children begin without English. The scheme is new, and groups don’t move on.",
        "Every adult teaches phonics as the scheme means it",
        0,
        READING,
        (Figure("phonics", "1", 62, (66, 70, 74, 78, 82), (), 54),),
    ),
    CourseStory(
        MILL,
        "Writing",
        "Two classes share one teacher’s plans, and writing is taught on Fridays.",
        "Writing is taught every day, by everybody",
        1,
        WRITING,
        (Figure("ks2_writing", "6", 55, (58, 62, 66, 70, 74), (57,), 44),),
    ),
    CourseStory(
        CLOUGH,
        "Phonics and early reading",
        "Three of seven adults were never trained in the scheme.",
        "Six of seven groups keep to the scheme",
        3,
        READING,
        (Figure("phonics", "1", 66, (69, 72, 76, 80, 83), (70, 74, 75), 47),),
        approach="interventionist",
        differs_in=3,
        is_silent=True,
        ratings=("slower", "on_course", "on_course"),
    ),
    CourseStory(
        EDGE,
        "Mathematics",
        "Children calculate and can’t say why; nobody on the staff has led mathematics.",
        "A mathematics lead who coaches colleagues",
        4,
        MATHS,
        (Figure("ks2_maths", "6", 61, (64, 67, 70, 73, 76), (63, 68, 72, 75), 29),),
        ratings=("on_course", "on_course", "reached"),
    ),
    CourseStory(
        BANK,
        "Leadership",
        "The deputy post has been vacant for a year, and subject leaders wait to be told.",
        "Subject leaders lead their own meetings",
        2,
        LEADING,
        (Figure("attendance", "", 93.1, (93.4, 93.7, 94, 94.3, 94.6), (93.2,), 190),),
        paused="The head is away until after Christmas, and the acting head asks for quiet.",
    ),
    CourseStory(
        GREEN,
        "Reading",
        "Children who have least read least, and our library stands locked.",
        "Each class is read to every day\nThe library is open at lunch",
        5,
        READING,
        (Figure("ks2_reading", "6", 60, (64, 68, 72, 75), (65, 70, 73, 76), 27, checks=(76,)),),
        terms=4,
        ratings=("on_course", "on_course", "reached"),
        is_story=True,
    ),
    CourseStory(
        LANE,
        "Mathematics",
        "Tables are chanted and not known.",
        "Nine in ten children know their tables by the end of Year 4",
        5,
        MATHS,
        (Figure("tables", "4", 48, (58, 68, 78), (60, 71, 80), 58, checks=(81, 79)),),
        terms=3,
        ratings=("reached", "on_course", "reached"),
    ),
    CourseStory(
        PARK,
        "Behaviour",
        "Lunchtimes spill over into lessons.",
        "Lessons begin on time after lunch",
        3,
        LEADING,
        (),
        stopped="The school joined a trust that brings its own team; both heads agreed to end.",
    ),
)
NOTES = (
    (
        "Plan for the term",
        "We read three plans and two books of each class. Lessons begin well; the middle is thin.",
        "Teachers plan the middle of each lesson first. We look again in three weeks.",
    ),
    (
        "Modelled lessons in Years 5 and 6",
        "Two lessons taught by the lead, one by me. Children wrote for twenty minutes.",
        "The lead teaches one lesson a week in another class.",
    ),
    (
        "Books of Year 5",
        "Eight books side by side. Where marking asks a question, children answer it.",
        "One question in each piece of marking.",
    ),
    (
        "Coaching of the subject lead",
        "She led the staff meeting herself. Colleagues talked more than she did.",
        "She writes the agenda of the next one alone and sends it to me.",
    ),
    (
        "A morning in four classes",
        "Routines hold. In two rooms children wait for the adult before they begin.",
        "A first task on the board in every room from Monday.",
    ),
)
BOARD_WORDS = (
    "Modelling each day takes a term to become a habit, and then it stays.",
    "What helped most was a fixed hour for the lead.",
    "We would begin with books next time, and only then with lessons.",
    "Two days in another school changed more than a course.",
    "Short visits often were better than long ones seldom.",
)
