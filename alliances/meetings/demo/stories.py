"""What boards and heads of the demo talk about: invented, in the words of today's schools."""

from __future__ import annotations

from dataclasses import dataclass

from alliances.meetings.models import AgendaItem

Purpose = AgendaItem.Purpose
HEAD = "head@demo.example"
SURE = ("yes", "yes", "yes", "no", "yes", "yes", "maybe", "yes", "", "yes")
MIXED = ("yes", "", "yes", "no", "", "yes", "maybe", "", "yes", "")
MISSING = ("no", "", "yes", "no", "maybe", "")


@dataclass(frozen=True)
class Task:
    """An action: whose, as a place among those asked or an address, and days after the meeting."""

    title: str
    owner: int | str
    days: int
    done: str = ""
    done_after: int = 0


@dataclass(frozen=True)
class Item:
    """An item of an agenda, and what was minuted under it."""

    title: str
    minutes: int
    purpose: str = Purpose.DISCUSSION
    section: str = ""
    is_presented: bool = False
    is_confidential: bool = False
    said: str = ""
    decided: str = ""
    task: Task | None = None


@dataclass(frozen=True)
class Past:
    """A meeting that has taken place, days ago; `ends` is how far its minutes are."""

    title: str
    days: int
    items: tuple[Item, ...]
    ends: str = "checked"
    hour: int = 16
    minutes: int = 90


@dataclass(frozen=True)
class Coming:
    """A meeting to come; without items its agenda is still to be published."""

    title: str
    days: int
    items: tuple[Item, ...] = ()
    pattern: tuple[str, ...] = MIXED
    hour: int = 16
    minutes: int = 75
    called_before: int = 28


OPENING = Item(
    "Welcome and apologies",
    5,
    Purpose.INFORMATION,
    "Opening",
    said="The chair welcomed everybody. The apologies stand in the register.",
)
CLOSING = Item("Any other business", 10, Purpose.INFORMATION, "Close", said="There was none.")
HEADS_NEW_YEAR = (
    OPENING,
    Item(
        "The collaboration agreement: does it still say what we want?",
        15,
        Purpose.DECISION,
        "Opening",
        said="It was read through once more. Two heads new to the alliance asked what a review "
        "day costs them: two days a year and one cup of tea for each visitor.",
        decided="The agreement of last year stands for this year.",
    ),
    Item(
        "Attendance: what each of us will try",
        40,
        section="Children in school",
        is_presented=True,
        said="Six schools spoke of the first three weeks. Fridays are the worst day everywhere. A "
        "letter that says how many lessons were missed has worked better than one about fines.",
        decided="Each school tries one of the three letters and brings its numbers in November.",
        task=Task("Send the three letters to all schools", 0, 7, "Sent on the Friday after.", 4),
    ),
    Item(
        "Supply teachers: what we pay",
        20,
        section="Money and people",
        said="Daily rates differ by forty pounds for the same agency.",
        task=Task(
            "Ask three agencies for one price for all of us",
            2,
            28,
            "Two have offered one; the third will not.",
            25,
        ),
    ),
    CLOSING,
)
HEADS_BUDGETS = (
    OPENING,
    Item(
        "What we agreed last time",
        10,
        Purpose.INFORMATION,
        "Opening",
        said="The minutes were right. The letters have gone out, and two agencies have answered.",
    ),
    Item(
        "Budgets: what falls on all of us",
        35,
        section="Money and people",
        is_presented=True,
        said="Energy and cleaning rise again. Those with a contract that ends in spring would "
        "rather wait for each other than sign alone.",
        task=Task("Put the six largest contracts of each school on one page", 1, 40),
    ),
    Item(
        "Buying phonics books together",
        15,
        Purpose.DECISION,
        "Money and people",
        said="Three offers lay on the table.",
        decided="We buy together, from the cheapest of the three that every school can use.",
        task=Task("Say how many sets your school needs", HEAD, 30),
    ),
    Item(
        "Cover for one school until Christmas",
        15,
        Purpose.DECISION,
        "Money and people",
        is_confidential=True,
        said="A head told of a long absence and of the cover that she has.",
        decided="Two schools lend a teacher for a day a week each until the end of term.",
        task=Task("Agree the two days with the head", 3, 5, "Tuesdays and Thursdays.", 3),
    ),
    CLOSING,
)
HEADS_COMING = (
    Item("Welcome, apologies and declarations", 5, Purpose.INFORMATION, "Opening"),
    Item(
        "Review days: who visits whom next term",
        25,
        Purpose.DECISION,
        "Learning from each other",
        is_presented=True,
    ),
    Item("Attendance after half term: what the letters changed", 25, section="Children in school"),
    Item("A head’s workload: what we will stop doing", 20, section="Money and people"),
    Item("Any other business", 10, Purpose.INFORMATION, "Close"),
)
HEADS_SPRING = (
    Item("Welcome and apologies", 5, Purpose.INFORMATION, "Opening"),
    Item("Year 6: what helps in the last ten weeks", 40, section="Children in school"),
    Item("Staffing for September: who is looking, who has", 30, section="Money and people"),
    Item("Any other business", 10, Purpose.INFORMATION, "Close"),
)
BOARD_PAST = (
    OPENING,
    Item(
        "What we owe each other: days given and received",
        25,
        Purpose.INFORMATION,
        "Working together",
        is_presented=True,
        said="Every school has given at least two days. Three have received more than ten.",
    ),
    Item(
        "The priorities of this year",
        35,
        Purpose.DECISION,
        "Working together",
        said="The workhubs’ leads had written down what changed last year. Those that ended with "
        "a clear question go on.",
        decided="Language in the early years comes first, then attendance, then mathematics.",
        task=Task(
            "Word the priorities for the public page", 1, 21, "On the page since Monday.", 18
        ),
    ),
    Item(
        "Time for those who lead",
        20,
        Purpose.DECISION,
        "Money",
        said="Half a day a week was not enough for two of the leads.",
        decided="Each lead of a workhub has half a day a week, paid from the common fund.",
        task=Task("Write to the heads of the leads", 2, 35),
    ),
    CLOSING,
)
BOARD_COMING = (
    Item("Welcome, apologies and declarations", 5, Purpose.INFORMATION, "Opening"),
    Item(
        "Halfway through the autumn: what the workhubs report",
        30,
        section="Working together",
        is_presented=True,
    ),
    Item("The common fund: what is left", 20, Purpose.DECISION, "Money"),
    Item(
        "A request from outside the alliance", 15, Purpose.DECISION, "Close", is_confidential=True
    ),
)
