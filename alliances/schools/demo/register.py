"""The demo's register: three real authorities, and example schools with inspections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alliances.schools.models import Authority, School
from alliances.schools.models.inspections import FRAMEWORKS
from alliances.schools.services import enter_inspection, found_example_school, import_register
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

DATA = Path(__file__).resolve().parents[1] / "data"
EXTRACTS = (
    "gias_353_oldham_20250717.csv",
    "gias_330_birmingham_20250717.csv",
    "gias_210_southwark_20250717.csv",
)
FOLLOWING = (
    "following/links_353_330_210_20250422.csv",
    "following/academiesmatmembership_353_330_210_20250901.csv",
)
INSPECTED = (
    ("ofsted_2019", date(2021, 11, 9), ("Good", "Good", "Good", "Outstanding", "Good")),
    ("ofsted_2025", date(2026, 2, 3), ("Met", "Strong standard", *4 * ("Expected standard",))),
)


@dataclass(frozen=True)
class Example:
    """An invented school: its name, what it is, where, and for which ages."""

    name: str
    type: str
    phase: str
    ages: tuple[int, int]
    locality: str = ""


EXAMPLES_IN_OLDHAM = (
    Example("Example Hill Primary School", "Community school", "Primary", (3, 11)),
    Example("Example Mill Junior School", "Foundation school", "Primary", (7, 11), "Lees"),
    Example("Example Brook Infant and Nursery School", "Community school", "Primary", (3, 7)),
    Example("Example Clough Primary School", "Academy converter", "Primary", (4, 11), "Shaw"),
    Example("Example Moor Primary School", "Community school", "Primary", (3, 11), "Moorside"),
    Example("Example Green CofE Primary School", "Voluntary aided school", "Primary", (4, 11)),
    Example("Example Bank Primary School", "Academy sponsor led", "Primary", (3, 11)),
    Example("Example Lane RC Primary School", "Voluntary aided school", "Primary", (4, 11)),
    Example("Example Edge Primary School", "Community school", "Primary", (3, 11), "Royton"),
    Example("Example Park High School", "Academy converter", "Secondary", (11, 16)),
    Example("Example Valley School", "Community special school", "Not applicable", (4, 16)),
)
EXAMPLES_IN_BIRMINGHAM = (
    Example("Example Heath Primary School", "Foundation school", "Primary", (3, 11)),
    Example("Example Wood Junior School", "Foundation school", "Primary", (7, 11)),
    Example(
        "Example Lodge School", "Foundation special school", "Not applicable", (4, 19), "Four Oaks"
    ),
)


def import_extracts(clock: DemoClock) -> None:
    """The register of three authorities, which school followed which, and trusts.

    Whatever a file says of inspections is left out: nothing of the demo judges a real school.
    """
    for path in EXTRACTS + FOLLOWING:
        name = Path(path).name
        imported = import_register(
            content=(DATA / path).read_bytes(),
            name=name,
            by=None,
            now=clock.at(-119, 9),
            with_inspections=False,
        )
        clock.say(f"{name}: {imported}")


def found_examples(clock: DemoClock, officer: Person) -> None:
    """Invented schools beside the real ones, each with inspections."""
    for code, town, postcode, examples in (
        ("353", "Oldham", "OL1 1AA", EXAMPLES_IN_OLDHAM),
        ("330", "Sutton Coldfield", "B75 1AA", EXAMPLES_IN_BIRMINGHAM),
    ):
        authority = Authority.objects.get(code=code)
        for example in examples:
            school = found_example_school(
                name=example.name,
                authority=authority,
                by=officer,
                now=clock.at(-118, 9),
                phase=example.phase,
                type=example.type,
                low_age=example.ages[0],
                high_age=example.ages[1],
                locality=example.locality,
                town=town,
                postcode=postcode,
            )
            _inspect(clock, officer, school)
    clock.say(f"{len(EXAMPLES_IN_OLDHAM) + len(EXAMPLES_IN_BIRMINGHAM)} example schools")


def _inspect(clock: DemoClock, officer: Person, school: School) -> None:
    """Invented results: nothing that judges a school may belong to a real one."""
    for framework, day, grades in INSPECTED:
        results = dict(zip(FRAMEWORKS[framework].areas, grades, strict=False))
        enter_inspection(
            school=school,
            framework=framework,
            inspected_on=day,
            results=results,
            by=officer,
            now=clock.at(-117, 9),
        )
