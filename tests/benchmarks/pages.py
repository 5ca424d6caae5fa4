"""What is measured, and what each page promises."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Form:
    """Where a form is shown, and what is typed into it the nth time."""

    path: str
    typed: Callable[[int], dict[str, str]]


@dataclass(frozen=True)
class Page:
    """A page, who asks for it, and the most it may cost: CPU in floors, and statements.

    One that `is_known` is asked for again by whoever has it: whether anything has changed.
    """

    name: str
    path: str
    who: str
    ratio: float
    queries: int
    form: Form | None = None
    is_list: bool = False
    is_known: bool = False

    def floor(self, path):
        return replace(self, name="the floor", path=path, who="nobody", form=None, is_known=False)


def pages(places):
    school, alliance, meeting = places["school"], places["alliance"], places["meeting"]
    hub = f"/workhubs/{places['workhub']}/"
    year = f"{hub}{places['year']}/"
    feeds = {who: f"/diary/feeds/{secret}.ics" for who, secret in places["feeds"].items()}
    narrowed = f"/schools/?authority={places['authority']}&phase=Primary&status=Open"
    return [
        Page("schools", "/schools/", "head", 5, 6, is_list=True),
        Page("schools, filtered", narrowed, "head", 6, 6, is_list=True),
        Page("schools, searched", "/schools/?text=st+mary", "head", 7, 6, is_list=True),
        Page("search", "/search/?q=st+mary", "head", 7, 6),
        Page("search, misspelt", "/search/?q=primary+sadleworth", "head", 7, 6),
        Page("school", f"/schools/{school}/", "head", 3, 9),
        Page("alliances", "/alliances/", "head", 5, 6, is_list=True),
        Page("alliance", f"/alliances/{alliance}/", "director", 3, 9),
        Page("meetings", "/meetings/", "director", 5, 6, is_list=True),
        Page("meeting, as a head", f"/meetings/{meeting}/", "head", 3, 9),
        Page("meeting, as a director", f"/meetings/{meeting}/", "director", 3, 9),
        Page("workhubs", "/workhubs/", "director", 5, 6, is_list=True),
        Page("workhub", hub, "head", 3, 9),
        Page("a workhub's year", year, "head", 3, 9),
        Page("caseload", "/support/", "director", 5, 6, is_list=True),
        Page("caseload, filtered", "/support/?late=on&order=due", "director", 6, 6, is_list=True),
        Page("programme", f"/support/{places['programme']}/", "director", 3, 9),
        *progress_pages(places["progress"]),
        *review_pages(places["reviews"]),
        Page("desk", "/desk/", "head", 4, 10),
        Page("diary", "/diary/", "head", 5, 9),
        Page("feed of 300 entries", feeds["director"], "nobody", 4, 3),
        Page("feed, not modified", feeds["director"], "nobody", 0.6, 2, is_known=True),
        Page("feed of a head", feeds["head"], "nobody", 4, 3),
        Page("feed of a head, not modified", feeds["head"], "nobody", 0.6, 2, is_known=True),
        Page("form to edit an alliance", f"/alliances/{alliance}/edit/", "director", 3, 6),
        Page("form to edit a meeting", f"/meetings/{meeting}/edit/", "director", 3, 6),
        Page("form to edit a workhub", f"{year}edit/", "director", 3, 6),
    ]


def progress_pages(places):
    """Support under way: one programme of it, and 5,000 in an alliance."""
    programme, alliance = f"/support/{places['programme']}/", places["alliance"]
    return [
        Page("support: desk of its head", "/desk/", "supported_head", 4, 10),
        Page("support: desk of its director", "/desk/", "many_director", 4, 10),
        Page("support: caseload of 5,000", "/support/", "many_director", 5, 6, is_list=True),
        Page("support: programme, as its head", programme, "supported_head", 3, 9),
        Page("support: programme, as director", programme, "many_director", 3, 9),
        Page("support: visits", f"{programme}visits/", "supported_head", 5, 9),
        Page("support: measures", f"{programme}measures/", "supported_head", 5, 9),
        Page("support: reviews", f"{programme}reviews/", "many_director", 5, 9),
        Page("support: 5,000 programmes", f"/support/overview/{alliance}/", "many_director", 10, 9),
        Page("support: the board's page", f"/support/board/{alliance}/", "many_director", 3, 9),
    ]


def review_pages(places):
    """A day with 600 notes, a cycle of 100 hosts, and themes over 1,000 reports."""
    day, cycle = f"/reviews/days/{places['day']}/", f"/reviews/{places['cycle']}/"
    return [
        Page("reviews: day with 600 notes", day, "reviewing", 3, 9),
        Page("reviews: day, as its host", day, "hosting", 3, 9),
        Page("reviews: own notes of it", f"{day}notes/", "reviewing", 5, 9),
        Page("reviews: moderation of it", f"{day}moderation/", "reviewing", 5, 9),
        Page("reviews: preparation of it", f"{day}preparation/", "hosting", 5, 9),
        Page("reviews: cycle of 100 hosts", cycle, "reviews_director", 5, 9),
        Page("reviews: year of 100 hosts", f"{cycle}year/", "reviews_director", 10, 9),
        Page(
            "reviews: themes, 1,000 reports",
            f"/reviews/{places['reports']}/themes/",
            "reviews_director",
            5,
            9,
        ),
        Page("reviews: desk of a reviewer", "/desk/", "reviewing", 4, 10),
    ]


def posts(places):
    """Forms that write, each with its audit row; every post changes something."""
    meeting, alliance = f"/meetings/{places['meeting']}/", f"/alliances/{places['alliance']}/"
    year = f"/workhubs/{places['workhub']}/{places['year']}/"

    def answer(number):
        return {"answer": ("yes", "no")[number % 2]}

    def workhub(number):
        return {"name": "Reading", "lead": places["lead"], "priority": f"Priority {number}"}

    def vision(number):
        said = {"name": "Schools Alliance 0", "kind": "heads_association", "area": "North"}
        return said | {"vision": f"Vision {number}"}

    reply = f"{meeting}replies/{places['reply']}/"
    return [
        Page("post: answer a meeting", reply, "head", 2.2, 8, Form(meeting, answer)),
        Page(
            "post: save a workhub",
            f"{year}edit/",
            "director",
            2.2,
            8,
            Form(f"{year}edit/", workhub),
        ),
        Page(
            "post: save an alliance",
            f"{alliance}edit/",
            "director",
            2.2,
            8,
            Form(f"{alliance}edit/", vision),
        ),
    ]
